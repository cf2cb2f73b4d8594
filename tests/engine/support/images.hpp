// Small IDX files.
#pragma once

#include <cstdint>
#include <initializer_list>

#include "mlp/value.hpp"

namespace test {

inline mlp::Bytes idx_header(std::initializer_list<std::uint32_t> sizes) {
  mlp::Bytes file{0, 0, 8, static_cast<std::uint8_t>(sizes.size())};
  for (const std::uint32_t size : sizes)
    for (const unsigned shift : {24u, 16u, 8u, 0u}) file.push_back(static_cast<std::uint8_t>(size >> shift));
  return file;
}

/// A file whose value i is (first + step * i) mod `modulus`.
inline mlp::Bytes idx(std::initializer_list<std::uint32_t> sizes, std::uint32_t first, std::uint32_t step = 1, std::uint32_t modulus = 256) {
  mlp::Bytes file = idx_header(sizes);
  std::uint32_t count = 1;
  for (const std::uint32_t size : sizes) count *= size;
  for (std::uint32_t i = 0; i < count; ++i) file.push_back(static_cast<std::uint8_t>((first + step * i) % modulus));
  return file;
}

}  // namespace test
