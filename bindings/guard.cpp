#include "guard.hpp"

#include <emscripten/val.h>

#include <exception>
#include <new>
#include <string>

#include "mlp/error.hpp"

namespace mlp::bindings {
namespace {

struct Failure {
  std::string code, path, message;
};

/// Kept apart from the calls: each would else carry the handlers along.
Failure failure;

Failure describe_current() {
  try {
    throw;
  } catch (const Error& error) {
    return {std::string(name(error.code())), error.path(), error.what()};
  } catch (const std::bad_alloc&) {
    return {std::string(name(ErrorCode::out_of_memory)), "", "the memory that WebAssembly may use is exhausted"};
  } catch (const std::exception& error) {
    return {std::string(name(ErrorCode::internal)), "", error.what()};
  }
}

}  // namespace

void keep_failure() { failure = describe_current(); }

void throw_to_javascript() {
  emscripten::val error = emscripten::val::global("Error").new_(failure.message);
  error.set("name", std::string("EngineError"));
  error.set("code", failure.code);
  error.set("path", failure.path);
  error.throw_();
  __builtin_unreachable();
}

}  // namespace mlp::bindings
