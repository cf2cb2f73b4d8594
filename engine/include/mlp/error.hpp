// Errors of the public API: what went wrong (code), where in the input (path), and a sentence that says so.
#pragma once

#include <cassert>
#include <exception>
#include <string>
#include <string_view>
#include <utility>

#include "mlp/message.hpp"

/// Checks a precondition that only the engine's own code can break; active in debug builds.
#define MLP_ASSERT(condition) assert(condition)

namespace mlp {

/// Every reason for which a call can fail. The names are part of the JavaScript API.
enum class ErrorCode { invalid_document, invalid_argument, needs_data, bad_file, out_of_memory, disposed, unsupported, internal };

/// The stable name of a code, e.g. "invalid-document".
constexpr std::string_view name(ErrorCode code) noexcept {
  switch (code) {
    case ErrorCode::invalid_document: return "invalid-document";
    case ErrorCode::invalid_argument: return "invalid-argument";
    case ErrorCode::needs_data: return "needs-data";
    case ErrorCode::bad_file: return "bad-file";
    case ErrorCode::out_of_memory: return "out-of-memory";
    case ErrorCode::disposed: return "disposed";
    case ErrorCode::unsupported: return "unsupported";
    case ErrorCode::internal: break;
  }
  return "internal";
}

/// One thing wrong with an input. `path` is the dotted place in it ("network.layers[1].units"), empty for the whole.
struct Issue {
  std::string path;
  std::string message;
  ErrorCode code = ErrorCode::invalid_document;  // of the error that it becomes
  bool operator==(const Issue&) const = default;
};

/// Thrown by cold code only; what() is "path: message".
class Error : public std::exception {
 public:
  Error(ErrorCode code, std::string path, std::string message);

  ErrorCode code() const noexcept { return code_; }
  const std::string& path() const noexcept { return path_; }
  const char* what() const noexcept override { return message_.c_str(); }

 private:
  ErrorCode code_;
  std::string path_;
  std::string message_;
};

/// Throws an Error. Out of line: what making and throwing one takes would else stand in every place that can fail.
[[noreturn]] void fail(ErrorCode code, const Message& path, const Message& message);

}  // namespace mlp
