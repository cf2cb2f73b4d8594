#include "mlp/snapshot.hpp"

#include <bit>
#include <string>

#include "mlp/error.hpp"
#include "mlp/optimizer.hpp"

namespace mlp {
namespace {

constexpr std::uint32_t magic = 0x53504c4d;  // "MLPS"
constexpr std::uint32_t version = 2;
constexpr std::uint32_t first_version = 1;  // knew neither learned parameters of activations, nor skip edges, nor dropout

/// FNV-1a, 32 bits: detects damage, not malice.
std::uint32_t checksum(std::span<const std::uint8_t> bytes) noexcept {
  std::uint32_t hash = 2166136261u;
  for (const std::uint8_t byte : bytes) hash = (hash ^ byte) * 16777619u;
  return hash;
}

class Writer {
 public:
  void word(std::uint32_t x) {
    for (int shift = 0; shift < 32; shift += 8) bytes.push_back(static_cast<std::uint8_t>(x >> shift));
  }
  void wide(std::uint64_t x) {
    word(static_cast<std::uint32_t>(x));
    word(static_cast<std::uint32_t>(x >> 32u));
  }
  void floats(std::span<const float> values) {
    word(static_cast<std::uint32_t>(values.size()));
    for (const float x : values) word(std::bit_cast<std::uint32_t>(x));
  }
  std::vector<std::uint8_t> bytes;
};

class Reader {
 public:
  explicit Reader(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}
  std::uint32_t word() {
    if (bytes_.size() - at_ < 4) fail(ErrorCode::bad_file, "", {"this snapshot is cut short at byte {}", {at_}});
    std::uint32_t x = 0;
    for (int shift = 0; shift < 32; shift += 8) x |= static_cast<std::uint32_t>(bytes_[at_++]) << shift;
    return x;
  }
  std::uint64_t wide() {
    const std::uint64_t low = word();
    return low | static_cast<std::uint64_t>(word()) << 32u;
  }
  std::vector<float> floats(std::size_t expected) {
    const std::uint32_t count = word();
    if (count != expected) fail(ErrorCode::bad_file, "", {"expected {} numbers in this snapshot, got {}", {expected, count}});
    if ((bytes_.size() - at_) / 4 < count) fail(ErrorCode::bad_file, "", "this snapshot is cut short");
    std::vector<float> values(count);
    for (float& x : values) x = std::bit_cast<float>(word());
    return values;
  }
  bool at_end() const noexcept { return at_ == bytes_.size(); }

 private:
  std::span<const std::uint8_t> bytes_;
  std::size_t at_ = 0;
};

}  // namespace

std::vector<std::uint8_t> write_snapshot(const TrainingState& state) {
  Writer out;
  out.word(magic);
  out.word(version);
  out.word(static_cast<std::uint32_t>(state.layers.size()));
  for (const LayerSize& layer : state.layers)
    for (const std::size_t x : {layer.units, layer.inputs, layer.learned}) out.word(static_cast<std::uint32_t>(x));
  out.word(static_cast<std::uint32_t>(state.optimizer.size()));
  for (const char c : state.optimizer) out.word(static_cast<std::uint8_t>(c));
  for (const std::uint64_t x : {state.step, state.optimizer_step, state.epoch, state.position}) out.wide(x);
  for (const std::uint32_t x : state.sampling) out.word(x);
  for (const std::uint32_t x : state.epoch_start) out.word(x);
  for (const std::uint32_t x : *state.dropout) out.word(x);
  out.floats(state.parameters);
  out.floats(state.optimizer_state);
  out.word(checksum(out.bytes));
  return std::move(out.bytes);
}

TrainingState read_snapshot(std::span<const std::uint8_t> bytes, std::span<const LayerSize> layers) {
  Reader in(bytes);
  if (in.word() != magic) fail(ErrorCode::bad_file, "", "expected a snapshot, which starts with \"MLPS\"");
  const std::uint32_t found = in.word();
  if (found < first_version || found > version)
    fail(ErrorCode::bad_file, "", {"expected a snapshot of version {} to {}, got version {}", {first_version, version, found}});
  const auto stored = Reader(bytes.subspan(bytes.size() - 4)).word();
  if (stored != checksum(bytes.first(bytes.size() - 4))) fail(ErrorCode::bad_file, "", "this snapshot is damaged: its checksum does not fit");

  TrainingState state;
  const bool first = found == first_version;  // wrote the inputs and then the units of each layer
  if (in.word() != layers.size() + (first ? 1 : 0)) fail(ErrorCode::bad_file, "network.layers", "this snapshot is of a network with another number of layers");
  std::size_t parameters = 0;
  std::uint32_t below = first ? in.word() : 0;
  for (std::size_t l = 0; l < layers.size(); ++l) {
    LayerSize size{in.word(), below, 0};
    below = static_cast<std::uint32_t>(size.units);
    if (!first) {
      size.inputs = in.word();
      size.learned = in.word();
    }
    const auto expect = [](const Message& path, const char* what, std::size_t got, std::size_t expected) {
      if (got != expected) fail(ErrorCode::bad_file, path, {"this snapshot has {} {}, the run has {}", {got, what, expected}});
    };
    // The links of a later layer differ only by a skip edge: the units below have been compared.
    expect(l == 0 ? "data.features" : "network.skip", "inputs", size.inputs, layers[l].inputs);
    expect({"network.layers[{}].units", {l}}, "units", size.units, layers[l].units);
    expect({"network.layers[{}].activation", {l}}, "learned parameters", size.learned, layers[l].learned);
    parameters += size.parameters();
    state.layers.push_back(size);
  }
  const std::uint32_t length = in.word();
  constexpr std::uint32_t longest_id = 64;
  if (length > longest_id) fail(ErrorCode::bad_file, "training.optimizer", "this snapshot names no known optimizer");
  for (std::uint32_t i = 0; i < length; ++i) {
    const std::uint32_t letter = in.word();
    if (letter > 0x7f) fail(ErrorCode::bad_file, "training.optimizer", "this snapshot names no known optimizer");
    state.optimizer.push_back(static_cast<char>(letter));
  }
  const std::size_t index = find_operation(optimizer_table(), state.optimizer);
  if (index == optimizer_table().size()) fail(ErrorCode::bad_file, "training.optimizer", "this snapshot names no known optimizer");
  for (std::uint64_t* x : {&state.step, &state.optimizer_step, &state.epoch, &state.position}) *x = in.wide();
  for (std::uint32_t& x : state.sampling) x = in.word();
  for (std::uint32_t& x : state.epoch_start) x = in.word();
  if (!first)
    for (std::uint32_t& x : state.dropout.emplace()) x = in.word();
  // Every generator has an odd increment; one with an even increment may stand still, and whoever waits for its numbers with it.
  if (state.sampling[2] % 2 == 0 || state.epoch_start[2] % 2 == 0 || (state.dropout && (*state.dropout)[2] % 2 == 0)) fail(ErrorCode::bad_file, "", "this snapshot holds no state of a random generator");
  state.parameters = in.floats(parameters);
  state.optimizer_state = in.floats(parameters * optimizer_state_rows(index));
  in.word();  // the checksum
  if (!in.at_end()) fail(ErrorCode::bad_file, "", "this snapshot is longer than it should be");
  return state;
}

}  // namespace mlp
