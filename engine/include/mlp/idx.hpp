// The IDX file format of MNIST (Y. LeCun, "THE MNIST DATABASE"): magic 00 00 type rank, big-endian sizes, then the values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace mlp {

/// A checked view into the bytes of a file.
struct IdxView {
  std::vector<std::uint32_t> sizes;          // one per dimension
  std::span<const std::uint8_t> values;      // unsigned bytes, row-major

  std::size_t items() const noexcept { return sizes.empty() ? 0 : sizes[0]; }
  std::size_t item_size() const noexcept { return items() == 0 ? 0 : values.size() / items(); }
};

/// Reads an IDX file of unsigned bytes with `rank` dimensions (3 for images, 1 for labels). The view points into `file`.
/// Throws Error{bad_file} naming `path` and saying what was expected, what was found, and at which byte.
IdxView read_idx(std::span<const std::uint8_t> file, std::size_t rank, std::string_view path);

}  // namespace mlp
