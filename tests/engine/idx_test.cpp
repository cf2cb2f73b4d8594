#include "mlp/idx.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include "support/errors.hpp"
#include "support/images.hpp"

using Catch::Matchers::ContainsSubstring;
using mlp::Bytes;

namespace {

std::string error(const Bytes& file, std::size_t rank) {
  return test::error_of([&] { mlp::read_idx(file, rank, "data.images"); });
}

}  // namespace

TEST_CASE("a file of images is read as a view of its bytes", "[idx]") {
  const Bytes file = test::idx({2, 3, 4}, 7);
  const mlp::IdxView view = mlp::read_idx(file, 3, "x");
  CHECK(view.sizes == std::vector<std::uint32_t>{2, 3, 4});
  CHECK(view.items() == 2);
  CHECK(view.item_size() == 12);
  CHECK(view.values.data() == file.data() + 16);
  CHECK(view.values.size() == 24);
}

TEST_CASE("a file cut short at any byte is refused", "[idx]") {
  for (const auto& [file, rank] : {std::pair{test::idx({2, 3, 4}, 7), std::size_t{3}}, {test::idx({9}, 1), std::size_t{1}}})
    for (std::size_t n = 0; n < file.size(); ++n) {
      CAPTURE(rank, n);
      const std::string message = error(Bytes(file.begin(), file.begin() + static_cast<std::ptrdiff_t>(n)), rank);
      REQUIRE_THAT(message, ContainsSubstring("bad-file | data.images: "));
    }
}

TEST_CASE("what is wrong with a file is said: where it starts, its type, its dimensions, its length", "[idx]") {
  Bytes file = test::idx({2, 2, 2}, 0);
  CHECK_THAT(error({}, 3), ContainsSubstring("expected an IDX header of 16 bytes, got a file of 0"));
  Bytes changed = file;
  changed[1] = 1;
  CHECK_THAT(error(changed, 3), ContainsSubstring("starts with two zero bytes"));
  changed = file;
  changed[2] = 0x0d;
  CHECK_THAT(error(changed, 3), ContainsSubstring("expected unsigned bytes (type 8), got type 13"));
  CHECK_THAT(error(file, 1), ContainsSubstring("expected 1 dimension, got 3"));
  CHECK_THAT(error(test::idx({30}, 0), 3), ContainsSubstring("expected 3 dimensions, got 1"));
  changed = file;
  changed.push_back(0);
  CHECK_THAT(error(changed, 3), ContainsSubstring("the file is too long: expected 8 bytes of values, got 9"));
  changed = file;
  changed.pop_back();
  CHECK_THAT(error(changed, 3), ContainsSubstring("the file is cut short: expected 8 bytes of values, got 7"));
}

TEST_CASE("gzip is recognised, so that the message can help", "[idx]") {
  CHECK_THAT(error({0x1f, 0x8b, 0x08, 0, 0, 0, 0, 0, 0, 3}, 3), ContainsSubstring("gzip data; unpack it first"));
  CHECK_THAT(error({0x1f, 0x8b}, 1), ContainsSubstring("gzip"));
}

TEST_CASE("sizes that are zero or overflow are refused before anything is made of them", "[idx]") {
  const auto with_sizes = [](std::initializer_list<std::uint32_t> sizes) {
    Bytes file = test::idx_header(sizes);
    file.resize(file.size() + 64);
    return file;
  };
  CHECK_THAT(error(with_sizes({0, 4, 4}), 3), ContainsSubstring("dimension 1 is empty"));
  CHECK_THAT(error(with_sizes({4, 0, 4}), 3), ContainsSubstring("dimension 2 is empty"));
  CHECK_THAT(error(with_sizes({0xffffffffu, 0xffffffffu, 0xffffffffu}), 3), ContainsSubstring("dimension 1 says 4294967295"));
  // 2^32 values of 1 x 65536 x 65536 would wrap to 0 in 32 bits.
  CHECK_THAT(error(with_sizes({1, 65536, 65536}), 3), ContainsSubstring("dimension 2 says 65536"));
  CHECK_THAT(error(with_sizes({64, 64, 64}), 3), ContainsSubstring("the file is cut short: expected more than 64 bytes"));
}
