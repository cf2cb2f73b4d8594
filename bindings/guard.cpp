#include "guard.hpp"

#include <exception>
#include <new>
#include <string>

#include "convert.hpp"
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

void throw_to_javascript() { throw_error(failure.code, failure.path, failure.message); }

}  // namespace mlp::bindings
