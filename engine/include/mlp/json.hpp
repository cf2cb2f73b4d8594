// JSON to Value and back, for native programs. In the browser JavaScript's own values take this place.
#pragma once

#include <string>
#include <string_view>

#include "mlp/value.hpp"

namespace mlp {

/// Throws Error{invalid_document} with the place of the first mistake. Arrays of numbers become Numbers.
Value parse_json(std::string_view text);

/// Numbers with as few digits as give the same double back.
std::string to_json(const Value& value);

}  // namespace mlp
