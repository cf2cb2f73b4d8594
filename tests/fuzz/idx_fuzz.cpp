// Bytes as IDX files: by themselves, and as the images and labels of a document.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>

#include "mlp/idx.hpp"
#include "mlp/mlp.hpp"
#include "support.hpp"

namespace {

void read(std::span<const std::uint8_t> bytes, std::size_t rank) {
  try {
    const mlp::IdxView view = mlp::read_idx(bytes, rank, "file");
    require(view.sizes.size() == rank, "a file has as many sizes as dimensions");
    require(view.items() * view.item_size() == view.values.size(), "a file holds what its sizes say");
    // Every value is read, so that a view beyond the file is noticed.
    require(std::accumulate(view.values.begin(), view.values.end(), std::size_t{0}) <= 255 * bytes.size(), "values are bytes");
  } catch (const mlp::Error& error) {
    require(error.code() == mlp::ErrorCode::bad_file, "a file that is none is called a bad file");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::span<const std::uint8_t> bytes(data, size);
  read(bytes, 1);
  read(bytes, 3);
  if (size == 0) return 0;
  // The first byte says where in the rest the labels start.
  const std::span<const std::uint8_t> rest = bytes.subspan(1);
  const std::size_t cut = std::min<std::size_t>(data[0], rest.size());
  mlp::Value set;
  set.set("id", "idx");
  set.set("images", mlp::Bytes(rest.begin() + static_cast<std::ptrdiff_t>(cut), rest.end()));
  set.set("labels", mlp::Bytes(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(cut)));
  mlp::Value document;
  document.set("data", std::move(set));
  constexpr std::size_t most_pixels = 256;
  if (const mlp::CheckedExperiment checked = mlp::check_experiment(document); checked.issues.empty() && checked.experiment.inputs() <= most_pixels)
    mlp::Run(document).train({.steps = 1});
  return 0;
}
