// Bytes as snapshots. One that is refused changes nothing; one that is taken can be trained from and written again. The checksum is put
// right after every mutation, else nothing but the checksum would be tested.
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

#include "mlp/mlp.hpp"
#include "support.hpp"

namespace {

mlp::Value small_document() {
  mlp::Value data;
  data.set("id", "xor");
  data.set("samples", 24.0);
  mlp::Value training;
  training.set("optimizer", "adam");
  mlp::Value document;
  document.set("data", std::move(data));
  document.set("training", std::move(training));
  return document;
}

}  // namespace

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max_size);

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t max_size, unsigned) {
  size = LLVMFuzzerMutate(data, size, max_size);
  constexpr std::size_t checksum_bytes = 4;
  if (size < checksum_bytes) return size;
  std::uint32_t hash = 2166136261u;  // FNV-1a, as in snapshot.cpp
  for (const std::uint8_t byte : std::span(data, size - checksum_bytes)) hash = (hash ^ byte) * 16777619u;
  for (std::size_t i = 0; i < checksum_bytes; ++i) data[size - checksum_bytes + i] = static_cast<std::uint8_t>(hash >> (8 * i));
  return size;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const mlp::Value document = small_document();
  mlp::Run run(document);
  const std::vector<std::uint8_t> before = run.snapshot();
  try {
    run.restore({data, size});
  } catch (const mlp::Error& error) {
    require(error.code() == mlp::ErrorCode::bad_file, "a snapshot that is none is called a bad file");
    require(run.snapshot() == before, "a refused snapshot changes nothing");
    return 0;
  }
  // A snapshot of an earlier format is written in the present one.
  const std::vector<std::uint8_t> written = run.snapshot();
  constexpr std::size_t version = 4;  // where its lowest byte lies
  require(data[version] != written[version] || written == std::vector<std::uint8_t>(data, data + size), "a snapshot that was taken is written as it was");
  run.restore(written);
  require(run.snapshot() == written, "what is written is taken");
  run.train({.steps = 3});
  run.train({.epochs = 1});
  run.evaluate(mlp::Split::test);
  return 0;
}
