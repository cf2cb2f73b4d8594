#include "mlp/error.hpp"

namespace mlp {

Error::Error(ErrorCode code, std::string path, std::string message)
    : code_(code), path_(std::move(path)), message_(path_.empty() ? std::move(message) : path_ + ": " + message) {}

void fail(ErrorCode code, const Message& path, const Message& message) { throw Error(code, path.text(), message.text()); }

}  // namespace mlp
