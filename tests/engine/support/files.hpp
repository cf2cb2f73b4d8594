// Fixtures that native, WebAssembly and browser tests share: tests/fixtures.
#pragma once

#include <cstdint>
#include <fstream>
#include <sstream>
#include <span>
#include <stdexcept>
#include <string>

#include "mlp/json.hpp"

namespace test {

inline std::string read_text(const std::string& name) {
  std::ifstream file(std::string(MLP_TEST_DATA) + "/../fixtures/" + name, std::ios::binary);
  if (!file) throw std::runtime_error("no fixture " + name);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

inline mlp::Value read_json(const std::string& name) { return mlp::parse_json(read_text(name)); }

/// 64-bit FNV-1a as 16 hexadecimal digits.
inline std::string hash(std::span<const float> values) {
  std::uint64_t result = 14695981039346656037ull;
  for (const std::byte byte : std::as_bytes(values)) result = (result ^ static_cast<std::uint64_t>(byte)) * 1099511628211ull;
  std::string text;
  for (int shift = 60; shift >= 0; shift -= 4) text += "0123456789abcdef"[result >> shift & 15u];
  return text;
}

}  // namespace test
