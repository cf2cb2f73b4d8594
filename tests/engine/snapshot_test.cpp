#include "mlp/snapshot.hpp"

#include <bit>
#include <catch2/catch_test_macros.hpp>

#include "support/errors.hpp"

namespace {

mlp::TrainingState example() {
  mlp::TrainingState state;
  state.layers = {{3, 2, 0}, {1, 3, 0}};
  state.optimizer = "adam";
  state.step = 0x123456789abcdefull;
  state.optimizer_step = 7;
  state.epoch = 3;
  state.position = 20;
  state.sampling = {1, 2, 3, 4};
  state.epoch_start = {5, 6, 7, 0xffffffffu};
  state.dropout = {8, 9, 11, 12};
  for (int i = 0; i < 13; ++i) state.parameters.push_back(static_cast<float>(i) - 0.5f);
  state.optimizer_state.assign(26, 0.25f);
  return state;
}

std::string error(std::span<const std::uint8_t> bytes, const std::vector<mlp::LayerSize>& layers = example().layers) {
  return test::error_of([&] { mlp::read_snapshot(bytes, layers); });
}

void append_checksum(std::vector<std::uint8_t>& bytes) {
  std::uint32_t hash = 2166136261u;
  for (const std::uint8_t byte : bytes) hash = (hash ^ byte) * 16777619u;
  for (const unsigned shift : {0u, 8u, 16u, 24u}) bytes.push_back(static_cast<std::uint8_t>(hash >> shift));
}

/// The example as the first version of snapshots wrote it.
std::vector<std::uint8_t> first_version() {
  const mlp::TrainingState state = example();
  std::vector<std::uint8_t> bytes{'M', 'L', 'P', 'S'};
  const auto word = [&](std::uint32_t x) {
    for (const unsigned shift : {0u, 8u, 16u, 24u}) bytes.push_back(static_cast<std::uint8_t>(x >> shift));
  };
  for (const std::uint32_t x : {1u, 3u, 2u, 3u, 1u, 4u}) word(x);
  for (const char c : state.optimizer) word(static_cast<std::uint8_t>(c));
  for (const std::uint64_t x : {state.step, state.optimizer_step, state.epoch, state.position}) {
    word(static_cast<std::uint32_t>(x));
    word(static_cast<std::uint32_t>(x >> 32u));
  }
  for (const std::uint32_t x : state.sampling) word(x);
  for (const std::uint32_t x : state.epoch_start) word(x);
  for (const std::vector<float>& values : {state.parameters, state.optimizer_state}) {
    word(static_cast<std::uint32_t>(values.size()));
    for (const float x : values) word(std::bit_cast<std::uint32_t>(x));
  }
  append_checksum(bytes);
  return bytes;
}

}  // namespace

TEST_CASE("a state comes back from its bytes whole", "[snapshot]") {
  const mlp::TrainingState state = example();
  const mlp::TrainingState back = mlp::read_snapshot(mlp::write_snapshot(state), state.layers);
  CHECK(back.layers == state.layers);
  CHECK(back.optimizer == state.optimizer);
  CHECK(back.step == state.step);
  CHECK(back.optimizer_step == state.optimizer_step);
  CHECK(back.epoch == state.epoch);
  CHECK(back.position == state.position);
  CHECK(back.sampling == state.sampling);
  CHECK(back.epoch_start == state.epoch_start);
  CHECK(back.dropout == state.dropout);
  CHECK(back.parameters == state.parameters);
  CHECK(back.optimizer_state == state.optimizer_state);
}

TEST_CASE("snapshots are the same bytes on every machine", "[snapshot]") {
  const std::vector<std::uint8_t> bytes = mlp::write_snapshot(example());
  const std::vector<std::uint8_t> start(bytes.begin(), bytes.begin() + 24);
  CHECK(start == std::vector<std::uint8_t>{'M', 'L', 'P', 'S', 2, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0});
}

TEST_CASE("a snapshot of the first version is read as ever, its dropout left open", "[snapshot]") {
  const mlp::TrainingState state = example();
  const mlp::TrainingState back = mlp::read_snapshot(first_version(), state.layers);
  CHECK(back.layers == state.layers);
  CHECK(back.optimizer == state.optimizer);
  CHECK(back.step == state.step);
  CHECK(back.position == state.position);
  CHECK(back.sampling == state.sampling);
  CHECK(back.epoch_start == state.epoch_start);
  CHECK(!back.dropout);
  CHECK(back.parameters == state.parameters);
  CHECK(back.optimizer_state == state.optimizer_state);
  CHECK(error(first_version(), {{4, 2, 0}, {1, 4, 0}}) == "bad-file | network.layers[0].units: this snapshot has 3 units, the run has 4");
  CHECK(error(first_version(), {{3, 2, 0}, {1, 5, 0}}) == "bad-file | network.skip: this snapshot has 3 inputs, the run has 5");
}

TEST_CASE("a snapshot cut short at any byte is refused", "[snapshot]") {
  const std::vector<std::uint8_t> bytes = mlp::write_snapshot(example());
  for (std::size_t n = 0; n < bytes.size(); ++n) {
    CAPTURE(n);
    REQUIRE(error(std::span(bytes).first(n)).starts_with("bad-file | "));
  }
}

TEST_CASE("a snapshot with any byte changed, or one more at its end, is refused", "[snapshot]") {
  std::vector<std::uint8_t> bytes = mlp::write_snapshot(example());
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    CAPTURE(i);
    bytes[i] ^= 0x20u;
    REQUIRE(error(bytes).starts_with("bad-file | "));
    bytes[i] ^= 0x20u;
  }
  REQUIRE(error(bytes) == "nothing");
  bytes.push_back(0);
  CHECK(error(bytes).starts_with("bad-file | "));
}

TEST_CASE("a snapshot that goes on after its end is refused though its checksum fits", "[snapshot]") {
  std::vector<std::uint8_t> bytes = mlp::write_snapshot(example());
  append_checksum(bytes);
  CHECK(error(bytes) == "bad-file | this snapshot is longer than it should be");
}

TEST_CASE("bytes of something else are recognised as that", "[snapshot]") {
  CHECK(error({}) == "bad-file | this snapshot is cut short at byte 0");
  const std::vector<std::uint8_t> png{0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0, 0, 13};
  CHECK(error(png) == "bad-file | expected a snapshot, which starts with \"MLPS\"");
  const std::vector<std::uint8_t> newer{'M', 'L', 'P', 'S', 9, 0, 0, 0, 0, 0, 0, 0};
  CHECK(error(newer) == "bad-file | expected a snapshot of version 1 to 2, got version 9");
}

TEST_CASE("a snapshot of another network is refused with the place where they differ", "[snapshot]") {
  const std::vector<std::uint8_t> bytes = mlp::write_snapshot(example());
  CHECK(error(bytes, {{1, 2, 0}}) == "bad-file | network.layers: this snapshot is of a network with another number of layers");
  CHECK(error(bytes, {{4, 2, 0}, {1, 4, 0}}) == "bad-file | network.layers[0].units: this snapshot has 3 units, the run has 4");
  CHECK(error(bytes, {{3, 3, 0}, {1, 3, 0}}) == "bad-file | data.features: this snapshot has 2 inputs, the run has 3");
  CHECK(error(bytes, {{3, 2, 0}, {1, 5, 0}}) == "bad-file | network.skip: this snapshot has 3 inputs, the run has 5");
  CHECK(error(bytes, {{3, 2, 1}, {1, 3, 0}}) == "bad-file | network.layers[0].activation: this snapshot has 0 learned parameters, the run has 1");
}

TEST_CASE("a well-formed snapshot whose contents do not fit together is refused", "[snapshot]") {
  const auto refused = [](auto change) {
    mlp::TrainingState state = example();
    change(state);
    return error(mlp::write_snapshot(state));
  };
  CHECK(refused([](mlp::TrainingState& s) { s.optimizer = "magic"; }) == "bad-file | training.optimizer: this snapshot names no known optimizer");
  CHECK(refused([](mlp::TrainingState& s) { s.optimizer.assign(1000, 'a'); }) == "bad-file | training.optimizer: this snapshot names no known optimizer");
  CHECK(refused([](mlp::TrainingState& s) { s.optimizer[0] = static_cast<char>(0x80); }) == "bad-file | training.optimizer: this snapshot names no known optimizer");
  CHECK(refused([](mlp::TrainingState& s) { s.sampling = {}; }) == "bad-file | this snapshot holds no state of a random generator");
  CHECK(refused([](mlp::TrainingState& s) { s.epoch_start[2] = 8; }) == "bad-file | this snapshot holds no state of a random generator");
  CHECK(refused([](mlp::TrainingState& s) { s.parameters.pop_back(); }) == "bad-file | expected 13 numbers in this snapshot, got 12");
  CHECK(refused([](mlp::TrainingState& s) { s.optimizer_state.resize(13); }) == "bad-file | expected 26 numbers in this snapshot, got 13");
}
