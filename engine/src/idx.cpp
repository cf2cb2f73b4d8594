#include "mlp/idx.hpp"

#include "mlp/error.hpp"

namespace mlp {

IdxView read_idx(std::span<const std::uint8_t> file, std::size_t rank, std::string_view path) {
  const auto fail = [&](const Message& message) { mlp::fail(ErrorCode::bad_file, path, message); };
  constexpr std::uint8_t unsigned_byte = 0x08;

  const std::size_t header = 4 + 4 * rank;
  if (file.size() >= 2 && file[0] == 0x1f && file[1] == 0x8b) fail("expected an IDX file, got gzip data; unpack it first");
  if (file.size() < header) fail({"expected an IDX header of {} bytes, got a file of {}", {header, file.size()}});
  if (file[0] != 0 || file[1] != 0) fail("expected an IDX file, which starts with two zero bytes");
  if (file[2] != unsigned_byte) fail({"expected unsigned bytes (type 8), got type {}", {file[2]}});
  if (file[3] != rank) fail({rank == 1 ? "expected {} dimension, got {}" : "expected {} dimensions, got {}", {rank, file[3]}});

  IdxView view;
  std::uint64_t count = 1;
  for (std::size_t d = 0; d < rank; ++d) {
    const std::uint8_t* p = file.data() + 4 + 4 * d;
    const std::uint32_t size = static_cast<std::uint32_t>(p[0]) << 24u | static_cast<std::uint32_t>(p[1]) << 16u | static_cast<std::uint32_t>(p[2]) << 8u | p[3];
    if (size == 0) fail({"dimension {} is empty", {d + 1}});
    view.sizes.push_back(size);
    // With at most the file's bytes per dimension the product cannot overflow 64 bits.
    if (size > file.size()) fail({"dimension {} says {}, more than the file's {} bytes", {d + 1, size, file.size()}});
    count *= size;
    if (count > file.size()) break;
  }
  const std::size_t payload = file.size() - header;
  // A product that is larger than the file was not multiplied out.
  if (count > file.size()) fail({"the file is cut short: expected more than {} bytes of values, got {}", {payload, payload}});
  if (count > payload) fail({"the file is cut short: expected {} bytes of values, got {}", {count, payload}});
  if (count < payload) fail({"the file is too long: expected {} bytes of values, got {}", {count, payload}});
  view.values = file.subspan(header);
  return view;
}

}  // namespace mlp
