// Every table as data, in display order: what user interfaces, types and documentation are made from.
#pragma once

#include <string_view>

#include "mlp/value.hpp"

namespace mlp {

/// The engine's version, as in its package.
std::string_view version() noexcept;

/// { version, limits, defaults, activations, losses, optimizers, initializers, schedules, features, datasets, samplings, scalings }.
Value catalog();

}  // namespace mlp
