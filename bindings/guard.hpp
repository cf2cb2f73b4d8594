// Turns C++ exceptions into JavaScript errors { name: "EngineError", code, path, message } at the boundary.
#pragma once

#include <emscripten/val.h>

#include <exception>
#include <new>
#include <string>
#include <string_view>

#include "mlp/error.hpp"

namespace mlp::bindings {

[[noreturn]] inline void throw_to_javascript(std::string_view code, const std::string& path, const char* message) {
  emscripten::val error = emscripten::val::global("Error").new_(std::string(message));
  error.set("name", std::string("EngineError"));
  error.set("code", std::string(code));
  error.set("path", path);
  error.throw_();
  __builtin_unreachable();
}

/// Calls f; what it throws becomes a JavaScript error, after C++'s destructors have run.
template <class F>
auto guard(F&& f) {
  std::string code, path, message;
  try {
    return f();
  } catch (const Error& error) {
    code = name(error.code());
    path = error.path();
    message = error.what();
  } catch (const std::bad_alloc&) {
    code = name(ErrorCode::out_of_memory);
    message = "the memory that WebAssembly may use is exhausted";
  } catch (const std::exception& error) {
    code = name(ErrorCode::internal);
    message = error.what();
  }
  throw_to_javascript(code, path, message.c_str());
}

}  // namespace mlp::bindings
