// Texts as experiment documents. Whatever the text, there is an experiment or there are issues that name their place; what was checked
// runs; and a filled document is its own filled form.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "mlp/mlp.hpp"
#include "mlp/json.hpp"
#include "support.hpp"

namespace {

/// So few parameters and samples that thousands of documents a second can be trained.
bool is_small(const mlp::Experiment& experiment) {
  constexpr std::size_t most_samples = 200;
  constexpr std::size_t most_units = 16;
  for (const mlp::LayerSpec& layer : experiment.network.layers)
    if (layer.units > most_units) return false;
  return experiment.data.samples <= most_samples && experiment.inputs() <= most_units;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  mlp::Value document;
  try {
    document = mlp::parse_json({reinterpret_cast<const char*>(data), size});
  } catch (const mlp::Error&) {
    return 0;
  }
  const mlp::CheckedExperiment checked = mlp::check_experiment(document);
  const mlp::Value filled = mlp::to_value(checked.experiment);
  if (checked.experiment.data.source == mlp::Source::generated) {
    const mlp::CheckedExperiment again = mlp::check_experiment(filled);
    require(again.issues.empty(), "a filled document has no issues");
    require(mlp::to_json(mlp::to_value(again.experiment)) == mlp::to_json(filled), "a filled document is its own filled form");
  }
  if (!checked.issues.empty() || !is_small(checked.experiment)) return 0;
  try {
    mlp::Run run(document);
    run.train({.steps = 2});
    run.evaluate(mlp::Split::train);
    run.restore(run.snapshot());
  } catch (const mlp::Error& error) {
    require(error.code() == mlp::ErrorCode::needs_data || error.code() == mlp::ErrorCode::out_of_memory, "a checked document runs");
  }
  return 0;
}
