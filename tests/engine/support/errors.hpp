// What a call throws, as one line "code | path: message", or "nothing".
#pragma once

#include <string>

#include "mlp/error.hpp"

namespace test {

template <class Call>
std::string error_of(Call&& call) {
  try {
    call();
  } catch (const mlp::Error& error) {
    return std::string(mlp::name(error.code())) + " | " + error.what();
  }
  return "nothing";
}

}  // namespace test
