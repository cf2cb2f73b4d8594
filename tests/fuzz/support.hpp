// What the programs here share.
#pragma once

#include <cstdio>
#include <cstdlib>

/// Ends the program, which libFuzzer reports together with the input that led here.
inline void require(bool condition, const char* what) {
  if (condition) return;
  std::fprintf(stderr, "broken: %s\n", what);
  std::abort();
}
