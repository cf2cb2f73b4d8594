// The names that cross to JavaScript. Every entry converts, calls, converts back; what goes wrong becomes a JavaScript error.
#include <emscripten/bind.h>

#include "convert.hpp"
#include "guard.hpp"
#include "mlp/catalog.hpp"
#include "mlp/operations.hpp"
#include "mlp/run.hpp"

using emscripten::val;
using mlp::Run;
using namespace mlp::bindings;

namespace {

/// Embind's constructor for Run, through the guard.
Run* create_run(const val& document) {
  return guard([&] { return new Run(to_value(document)); });
}

val check(const val& document) {
  return guard([&] {
    const mlp::CheckedRun checked = mlp::check_run(to_value(document));
    val result = val::object();
    put(result, "experiment", to_js(mlp::to_value(checked.experiment)));
    put(result, "issues", to_js(checked.issues));
    put(result, "memory", checked.memory ? val(static_cast<double>(*checked.memory)) : val::null());
    return result;
  });
}

void activation(const val& operation, const val& x, const val& value, const val& slope) {
  guard([&] {
    const mlp::ActivationValues result = mlp::evaluate_activation(to_operation(operation, mlp::activation_table(), "op"), to_floats(x, "x"));
    give(result.value, value);
    give(result.slope, slope);
  });
}

double loss(const val& operation, const val& predictions, const val& targets, const val& outputs, const val& slope) {
  return guard([&] {
    const mlp::LossValue result =
        mlp::evaluate_loss(to_operation(operation, mlp::loss_table(), "op"), to_floats(predictions, "predictions"), to_floats(targets, "targets"), to_index(outputs, "outputs"));
    give(result.slope, slope);
    return result.value;
  });
}

val data(const Run& run, const val& split) {
  return guard([&] {
    const mlp::SplitData rows = run.data(to_split(split));
    val result = val::object();
    put(result, "rows", rows.rows);
    put(result, "columns", rows.columns);
    put(result, "inputs", give(rows.inputs, val::undefined()));
    if (run.classes() > 0)
      put(result, "labels", give(std::span<const std::uint32_t>(rows.labels)));
    else
      put(result, "targets", give(rows.targets, val::undefined()));
    return result;
  });
}

val numerical_gradients(Run& run, const val& split, const val& options) {
  return guard([&] {
    const val epsilon = options.isUndefined() ? val::undefined() : options["epsilon"];
    const auto result = run.numerical_gradients(to_split(split), epsilon.isUndefined() ? 1e-6 : to_number(epsilon, "epsilon"));
    val object = val::object();
    put(object, "gradients", give(std::span<const double>(result.gradient)));
    put(object, "evaluations", result.evaluations);
    return object;
  });
}

val activations(Run& run, const val& inputs, const val& layer) {
  return guard([&] {
    const mlp::LayerActivations result = run.activations(to_floats(inputs, "inputs"), to_index(layer, "layer"));
    val object = val::object();
    put(object, "preActivations", give(result.pre_activations, val::undefined()));
    put(object, "outputs", give(result.outputs, val::undefined()));
    return object;
  });
}

val surface(Run& run, const val& options, const val& out) {
  return guard([&] {
    const mlp::Grid grid = to_grid(options);
    const auto index = [&](const char* key) { return options[key].isUndefined() ? std::nullopt : std::optional(to_index(options[key], key)); };
    return give(run.surface(grid, index("layer"), index("unit")), out);
  });
}

val optimizer(const Run& run) {
  return guard([&] {
    const mlp::OptimizerState state = run.optimizer();
    val object = val::object();
    put(object, "rate", state.rate);
    put(object, "step", static_cast<double>(state.step));
    put(object, "values", give(state.values, val::undefined()));
    return object;
  });
}

void add_outcomes(val& object, const mlp::Outcomes& outcomes, std::size_t classes) {
  put(object, "losses", give(outcomes.losses, val::undefined()));
  if (classes > 0) put(object, "predicted", give(std::span<const std::uint32_t>(outcomes.predicted)));
}

val outcomes(Run& run, const val& split) {
  return guard([&] {
    const mlp::Outcomes result = run.outcomes(to_split(split));
    val object = val::object();
    add_outcomes(object, result, run.classes());
    return object;
  });
}

/// How the network is fed: raw * scale + offset, and the statistics of the training images in 0 to 1 units.
val scaling(const Run& run) {
  val object = val::object();
  put(object, "scale", run.samples().scale());
  put(object, "offset", run.samples().offset());
  put(object, "mean", run.samples().mean());
  put(object, "std", run.samples().deviation());
  return object;
}

val continue_evaluation(Run& run, const val& split, const val& milliseconds) {
  return guard([&] {
    const std::optional<mlp::EvaluatedRows> rows = run.continue_evaluation(to_split(split), to_number(milliseconds, "milliseconds"));
    if (!rows) return val::null();
    val result = to_js(rows->evaluation, run.classes());
    add_outcomes(result, rows->outcomes, run.classes());
    return result;
  });
}

}  // namespace

EMSCRIPTEN_BINDINGS(mlp) {
  using namespace emscripten;
  function("version", +[] { return std::string(mlp::version()); });
  function("check", &check);
  function("activation", &activation);
  function("loss", &loss);

  class_<Run>("Run")
      .constructor(&create_run, allow_raw_pointers())
      .function("experiment", +[](const Run& run) { return to_js(run.experiment()); })
      .function("update", +[](Run& run, const val& partial) { guard([&] { run.update(to_value(partial)); }); })
      .function("data", &data)
      .function("scaling", &scaling)
      .function("train", +[](Run& run, const val& budget) { return guard([&] { return to_js(run.train(to_budget(budget))); }); })
      .function("progress", +[](const Run& run) { return to_js(run.progress()); })
      .function("batch", +[](Run& run) { return guard([&] { return give(std::span<const std::uint32_t>(run.batch())); }); })
      .function("optimizer", &optimizer)
      .function("evaluate", +[](Run& run, const val& split) { return guard([&] { return to_js(run.evaluate(to_split(split)), run.classes()); }); })
      .function("outcomes", &outcomes)
      .function("beginEvaluation", +[](Run& run, const val& split, const val& most) { guard([&] { run.begin_evaluation(to_split(split), to_index(most, "most")); }); })
      .function("continueEvaluation", &continue_evaluation)
      .function("predict", +[](Run& run, const val& inputs, const val& out) { return guard([&] { return give(run.predict(to_floats(inputs, "inputs")), out); }); })
      .function("parameters", +[](const Run& run, const val& out) { return guard([&] { return give(run.parameters(), out); }); })
      .function("setParameters", +[](Run& run, const val& parameters) { guard([&] { run.set_parameters(to_floats(parameters, "parameters")); }); })
      .function("gradients", +[](Run& run, const val& split, const val& out) { return guard([&] { return give(run.gradients(to_split(split)), out); }); })
      .function("numericalGradients", &numerical_gradients)
      .function("activations", &activations)
      .function("dropoutMask", +[](const Run& run, const val& layer) { return guard([&] { return give(std::span<const std::uint8_t>(run.dropout_mask(to_index(layer, "layer")))); }); })
      .function("surface", &surface)
      .function("maps", +[](Run& run, const val& grid, const val& out) { return guard([&] { return give(run.maps(to_grid(grid)), out); }); })
      .function("sums", +[](Run& run, const val& grid, const val& out) { return guard([&] { return give(run.maps(to_grid(grid), mlp::Quantity::sums), out); }); })
      .function("snapshot", +[](const Run& run) { return guard([&] { return give(std::span<const std::uint8_t>(run.snapshot())); }); })
      .function("restore", +[](Run& run, const val& bytes) { guard([&] { run.restore(to_bytes(bytes, "snapshot")); }); })
      .function("memory", +[](const Run& run) { return static_cast<double>(run.memory()); });
}
