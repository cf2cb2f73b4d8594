// Training states as bytes: magic "MLPS", version, fields in little-endian order, checksum.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "mlp/trainer.hpp"

namespace mlp {

std::vector<std::uint8_t> write_snapshot(const TrainingState& state);

/// Throws Error{bad_file} for bytes that are not a whole, undamaged snapshot of a known version, or whose network is not of
/// the given sizes. Nothing is allocated before its size has been checked.
TrainingState read_snapshot(std::span<const std::uint8_t> bytes, std::span<const LayerSize> layers);

}  // namespace mlp
