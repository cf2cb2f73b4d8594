// The names that cross to JavaScript. Every entry converts, calls, converts back; what goes wrong becomes a JavaScript error.
// JavaScript holds a run by its address, in a private field of one class of its own: Embind's handles of classes, with all that they
// know of inheritance and shared ownership, would be a third of what has to be downloaded beside the engine.
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

using Address = std::uintptr_t;

Run& at(Address run) { return *reinterpret_cast<Run*>(run); }

val version() { return to_js(mlp::version()); }

val check(const val& document) {
  return guard([&] {
    const mlp::CheckedRun checked = mlp::check_run(to_value(document));
    val result = val::object();
    put(result, "experiment", to_js(mlp::to_value(checked.experiment)));
    put(result, "issues", to_js(checked.issues));
    put(result, "memory", checked.memory ? to_js(static_cast<double>(*checked.memory)) : val::null());
    return result;
  });
}

val activation(const val& operation, const val& x) {
  return guard([&] {
    const mlp::ActivationValues result = mlp::evaluate_activation(to_operation(operation, mlp::activation_table(), "op"), to_floats(x, "x"));
    val object = val::object();
    put(object, "value", give(result.value));
    put(object, "slope", give(result.slope));
    return object;
  });
}

val loss(const val& operation, const val& predictions, const val& targets, const val& outputs) {
  return guard([&] {
    const mlp::LossValue result =
        mlp::evaluate_loss(to_operation(operation, mlp::loss_table(), "op"), to_floats(predictions, "predictions"), to_floats(targets, "targets"), to_index(outputs, "outputs"));
    val object = val::object();
    put(object, "value", result.value);
    put(object, "slope", give(result.slope));
    return object;
  });
}

val create_run(const val& document) {
  return guard([&] { return to_js(static_cast<double>(reinterpret_cast<Address>(new Run(to_value(document))))); });
}

val delete_run(Address run) {
  delete &at(run);
  return val::undefined();
}

val experiment(Address run) {
  return guard([&] { return to_js(at(run).experiment()); });
}

val update(Address run, const val& partial) {
  return guard([&] {
    at(run).update(to_value(partial));
    return val::undefined();
  });
}

val data(Address run, const val& split) {
  return guard([&] {
    const mlp::SplitData rows = at(run).data(to_split(split));
    val result = val::object();
    put(result, "rows", static_cast<double>(rows.rows));
    put(result, "columns", static_cast<double>(rows.columns));
    put(result, "inputs", give(rows.inputs));
    if (at(run).classes() > 0)
      put(result, "labels", give(std::span<const std::uint32_t>(rows.labels)));
    else
      put(result, "targets", give(rows.targets));
    return result;
  });
}

/// How the network is fed: raw * scale + offset, and the statistics of the training images in 0 to 1 units.
val scaling(Address run) {
  const mlp::Samples& samples = at(run).samples();
  val object = val::object();
  put(object, "scale", static_cast<double>(samples.scale()));
  put(object, "offset", static_cast<double>(samples.offset()));
  put(object, "mean", samples.mean());
  put(object, "std", samples.deviation());
  return object;
}

val train(Address run, const val& budget) {
  return guard([&] { return to_js(at(run).train(to_budget(budget))); });
}

val progress(Address run) { return to_js(at(run).progress()); }

val batch(Address run) {
  return guard([&] { return give(std::span<const std::uint32_t>(at(run).batch())); });
}

val optimizer(Address run) {
  return guard([&] {
    const mlp::OptimizerState state = at(run).optimizer();
    val object = val::object();
    put(object, "rate", static_cast<double>(state.rate));
    put(object, "step", static_cast<double>(state.step));
    put(object, "values", give(state.values));
    return object;
  });
}

val evaluate(Address run, const val& split) {
  return guard([&] { return to_js(at(run).evaluate(to_split(split)), at(run).classes()); });
}

void add_outcomes(const val& object, const mlp::Outcomes& outcomes, std::size_t classes) {
  put(object, "losses", give(outcomes.losses));
  if (classes > 0) put(object, "predicted", give(std::span<const std::uint32_t>(outcomes.predicted)));
}

val outcomes(Address run, const val& split) {
  return guard([&] {
    const mlp::Outcomes result = at(run).outcomes(to_split(split));
    val object = val::object();
    add_outcomes(object, result, at(run).classes());
    return object;
  });
}

val begin_evaluation(Address run, const val& split, const val& most) {
  return guard([&] {
    at(run).begin_evaluation(to_split(split), to_index(most, "most"));
    return val::undefined();
  });
}

val continue_evaluation(Address run, const val& split, const val& milliseconds) {
  return guard([&] {
    const std::optional<mlp::EvaluatedRows> rows = at(run).continue_evaluation(to_split(split), to_number(milliseconds, "milliseconds"));
    if (!rows) return val::null();
    val result = to_js(rows->evaluation, at(run).classes());
    add_outcomes(result, rows->outcomes, at(run).classes());
    return result;
  });
}

val predict(Address run, const val& inputs, const val& out) {
  return guard([&] { return give(at(run).predict_from(to_inputs(inputs, "inputs")), out); });
}

val parameters(Address run, const val& out) {
  return guard([&] { return give(at(run).parameters(), out); });
}

val set_parameters(Address run, const val& parameters) {
  return guard([&] {
    at(run).set_parameters(to_floats(parameters, "parameters"));
    return val::undefined();
  });
}

val gradients(Address run, const val& split, const val& out) {
  return guard([&] { return give(at(run).gradients(to_split(split)), out); });
}

val numerical_gradients(Address run, const val& split, const val& epsilon) {
  return guard([&] {
    const auto result = at(run).numerical_gradients(to_split(split), to_number(epsilon, "epsilon"));
    val object = val::object();
    put(object, "gradients", give(std::span<const double>(result.gradient)));
    put(object, "evaluations", static_cast<double>(result.evaluations));
    return object;
  });
}

val activations(Address run, const val& inputs, const val& layer) {
  return guard([&] {
    const mlp::LayerActivations result = at(run).activations(to_floats(inputs, "inputs"), to_index(layer, "layer"));
    val object = val::object();
    put(object, "preActivations", give(result.pre_activations));
    put(object, "outputs", give(result.outputs));
    return object;
  });
}

val dropout_mask(Address run, const val& layer) {
  return guard([&] { return give(std::span<const std::uint8_t>(at(run).dropout_mask(to_index(layer, "layer")))); });
}

val surface(Address run, const val& options, const val& out) {
  return guard([&] {
    const auto [grid, layer, unit] = to_grid(options);
    return give(at(run).surface(grid, layer, unit), out);
  });
}

val maps(Address run, const val& grid, const val& out) {
  return guard([&] { return give(at(run).maps(to_grid(grid).grid), out); });
}

val sums(Address run, const val& grid, const val& out) {
  return guard([&] { return give(at(run).maps(to_grid(grid).grid, mlp::Quantity::sums), out); });
}

val snapshot(Address run) {
  return guard([&] { return give(std::span<const std::uint8_t>(at(run).snapshot())); });
}

val restore(Address run, const val& bytes) {
  return guard([&] {
    at(run).restore(to_bytes(bytes, "snapshot"));
    return val::undefined();
  });
}

val memory(Address run) { return to_js(static_cast<double>(at(run).memory())); }

}  // namespace

EMSCRIPTEN_BINDINGS(mlp) {
  using emscripten::function;
  function("version", &version);
  function("check", &check);
  function("activation", &activation);
  function("loss", &loss);
  function("createRun", &create_run);
  function("deleteRun", &delete_run);
  function("experiment", &experiment);
  function("update", &update);
  function("data", &data);
  function("scaling", &scaling);
  function("train", &train);
  function("progress", &progress);
  function("batch", &batch);
  function("optimizer", &optimizer);
  function("evaluate", &evaluate);
  function("outcomes", &outcomes);
  function("beginEvaluation", &begin_evaluation);
  function("continueEvaluation", &continue_evaluation);
  function("predict", &predict);
  function("parameters", &parameters);
  function("setParameters", &set_parameters);
  function("gradients", &gradients);
  function("numericalGradients", &numerical_gradients);
  function("activations", &activations);
  function("dropoutMask", &dropout_mask);
  function("surface", &surface);
  function("maps", &maps);
  function("sums", &sums);
  function("snapshot", &snapshot);
  function("restore", &restore);
  function("memory", &memory);
}
