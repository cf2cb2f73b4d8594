#include "mlp/idx.hpp"

#include <string>

#include "mlp/error.hpp"

namespace mlp {

IdxView read_idx(std::span<const std::uint8_t> file, std::size_t rank, std::string_view path) {
  const auto fail = [&](const std::string& message) { throw Error(ErrorCode::bad_file, std::string(path), message); };
  constexpr std::uint8_t unsigned_byte = 0x08;

  const std::size_t header = 4 + 4 * rank;
  if (file.size() >= 2 && file[0] == 0x1f && file[1] == 0x8b) fail("expected an IDX file, got gzip data; unpack it first");
  if (file.size() < header) fail("expected an IDX header of " + std::to_string(header) + " bytes, got a file of " + std::to_string(file.size()));
  if (file[0] != 0 || file[1] != 0) fail("expected an IDX file, which starts with two zero bytes");
  if (file[2] != unsigned_byte) fail("expected unsigned bytes (type 8), got type " + std::to_string(file[2]));
  if (file[3] != rank) fail("expected " + std::to_string(rank) + (rank == 1 ? " dimension" : " dimensions") + ", got " + std::to_string(file[3]));

  IdxView view;
  std::uint64_t count = 1;
  for (std::size_t d = 0; d < rank; ++d) {
    const std::uint8_t* p = file.data() + 4 + 4 * d;
    const std::uint32_t size = static_cast<std::uint32_t>(p[0]) << 24u | static_cast<std::uint32_t>(p[1]) << 16u | static_cast<std::uint32_t>(p[2]) << 8u | p[3];
    if (size == 0) fail("dimension " + std::to_string(d + 1) + " is empty");
    view.sizes.push_back(size);
    // With at most the file's bytes per dimension the product cannot overflow 64 bits.
    if (size > file.size()) fail("dimension " + std::to_string(d + 1) + " says " + std::to_string(size) + ", more than the file's " + std::to_string(file.size()) + " bytes");
    count *= size;
    if (count > file.size()) break;
  }
  const std::size_t payload = file.size() - header;
  if (count != payload)
    fail(std::string(count > payload ? "the file is cut short: " : "the file is too long: ") + "expected " + (count > file.size() ? "more than " + std::to_string(payload) : std::to_string(count)) +
         " bytes of values, got " + std::to_string(payload));
  view.values = file.subspan(header);
  return view;
}

}  // namespace mlp
