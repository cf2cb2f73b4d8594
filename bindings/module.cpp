// What the WebAssembly module exports: one function that obeys commands by their names. A command is one line of the tables; it reads its
// arguments, calls, and puts its answer. What goes wrong becomes an answer too.
#include <exception>
#include <new>
#include <optional>

#include "message.hpp"
#include "mlp/activation.hpp"
#include "mlp/catalog.hpp"
#include "mlp/document.hpp"
#include "mlp/error.hpp"
#include "mlp/loss.hpp"
#include "mlp/operations.hpp"
#include "mlp/run.hpp"

namespace mlp::bindings {
namespace {

double number(std::size_t x) { return static_cast<double>(x); }

Split split_of(Message& message) { return split_named(message.text("split")); }

Grid grid_of(Message& message) {
  Grid grid;
  grid.x_min = message.number("x[0]");
  grid.x_max = message.number("x[1]");
  grid.y_min = message.number("y[0]");
  grid.y_max = message.number("y[1]");
  grid.columns = message.index("columns");
  grid.rows = message.index("rows");
  return grid;
}

std::optional<std::size_t> index_if_present(Message& message, std::string_view name) {
  if (message.absent()) return std::nullopt;
  return message.index(name);
}

void put_progress(Answer& answer, const Progress& progress) {
  answer.object(progress.cause ? 5 : 4);
  answer.member("step", static_cast<double>(progress.step));
  answer.member("epoch", static_cast<double>(progress.epoch));
  answer.member("loss", progress.loss);
  answer.member("status", name(progress.status));
  if (!progress.cause) return;
  answer.key("cause");
  answer.object(2);
  answer.member("layer", number(progress.cause->layer));
  answer.member("quantity", std::string_view(progress.cause->quantity));
}

void check(Message& message, Answer& answer) {
  const CheckedExperiment checked = check_experiment(message.value());
  answer.object(2);
  answer.member("experiment", to_value(checked.experiment));
  answer.key("issues");
  answer.list(checked.issues.size());
  for (const Issue& issue : checked.issues) {
    answer.object(2);
    answer.member("path", issue.path);
    answer.member("message", issue.message);
  }
}

void activation(Message& message, Answer& answer) {
  const Operation operation = message.operation(activation_table(), "op");
  ActivationValues result = evaluate_activation(operation, message.floats("x"));
  answer.object(2);
  answer.member("value", std::move(result.value));
  answer.member("slope", std::move(result.slope));
}

void loss(Message& message, Answer& answer) {
  const Operation operation = message.operation(loss_table(), "op");
  const auto predictions = message.floats("predictions");
  const auto targets = message.floats("targets");
  LossValue result = evaluate_loss(operation, predictions, targets, message.index("outputs"));
  answer.object(2);
  answer.member("value", result.value);
  answer.member("slope", std::move(result.slope));
}

/// The address of a new run, which is what JavaScript holds of it.
void create(Message& message, Answer& answer) { answer.put(static_cast<double>(reinterpret_cast<std::uintptr_t>(new Run(message.value())))); }

void data(Run& run, Message& message, Answer& answer) {
  SplitData rows = run.data(split_of(message));
  answer.object(4);
  answer.member("rows", number(rows.rows));
  answer.member("columns", number(rows.columns));
  answer.member("inputs", std::move(rows.inputs));
  if (run.classes() > 0)
    answer.member("labels", std::move(rows.labels));
  else
    answer.member("targets", std::move(rows.targets));
}

/// How the network is fed: raw * scale + offset, and the statistics of the training images in 0 to 1 units.
void scaling(Run& run, Message&, Answer& answer) {
  const Samples& samples = run.samples();
  answer.object(4);
  answer.member("scale", static_cast<double>(samples.scale()));
  answer.member("offset", static_cast<double>(samples.offset()));
  answer.member("mean", static_cast<double>(samples.mean()));
  answer.member("std", static_cast<double>(samples.deviation()));
}

void train(Run& run, Message& message, Answer& answer) {
  Budget budget;
  if (!message.absent()) budget.steps = message.index("steps");
  if (!message.absent()) budget.epochs = message.index("epochs");
  if (!message.absent()) budget.milliseconds = message.number("milliseconds");
  put_progress(answer, run.train(budget));
}

void evaluate(Run& run, Message& message, Answer& answer) {
  Evaluation result = run.evaluate(split_of(message));
  const bool classes = run.classes() > 0;
  answer.object(classes ? 3 : 2);
  answer.member("loss", result.loss);
  if (classes) {
    answer.member("accuracy", result.accuracy);
    answer.member("confusion", std::move(result.confusion));
  } else {
    answer.member("r2", result.r2);
  }
}

void numerical_gradients(Run& run, Message& message, Answer& answer) {
  const Split split = split_of(message);
  NumericalGradients result = run.numerical_gradients(split, message.number("epsilon"));
  answer.object(2);
  answer.member("gradients", std::move(result.gradient));
  answer.member("evaluations", number(result.evaluations));
}

void activations(Run& run, Message& message, Answer& answer) {
  const auto inputs = message.floats("inputs");
  LayerActivations result = run.activations(inputs, message.index("layer"));
  answer.object(2);
  answer.member("preActivations", std::move(result.pre_activations));
  answer.member("outputs", std::move(result.outputs));
}

void surface(Run& run, Message& message, Answer& answer) {
  const Grid grid = grid_of(message);
  const auto layer = index_if_present(message, "layer");
  answer.put(run.surface(grid, layer, index_if_present(message, "unit")));
}

template <class Function>
struct Command {
  std::string_view name;
  Function obey;
};

constexpr Command<void (*)(Message&, Answer&)> engine_commands[] = {
    {"version", [](Message&, Answer& answer) { answer.put(version()); }},
    {"catalog", [](Message&, Answer& answer) { answer.put(catalog()); }},
    {"check", check},
    {"activation", activation},
    {"loss", loss},
    {"create", create},
};

constexpr Command<void (*)(Run&, Message&, Answer&)> run_commands[] = {
    {"delete", [](Run& run, Message&, Answer& answer) { delete &run; answer.nothing(); }},
    {"experiment", [](Run& run, Message&, Answer& answer) { answer.put(run.experiment()); }},
    {"update", [](Run& run, Message& message, Answer& answer) { run.update(message.value()); answer.nothing(); }},
    {"data", data},
    {"scaling", scaling},
    {"train", train},
    {"progress", [](Run& run, Message&, Answer& answer) { put_progress(answer, run.progress()); }},
    {"evaluate", evaluate},
    {"predict", [](Run& run, Message& message, Answer& answer) { answer.put(run.predict(message.floats("inputs"))); }},
    {"parameters", [](Run& run, Message&, Answer& answer) { answer.put(run.parameters()); }},
    {"setParameters", [](Run& run, Message& message, Answer& answer) { run.set_parameters(message.floats("parameters")); answer.nothing(); }},
    {"gradients", [](Run& run, Message& message, Answer& answer) { answer.put(run.gradients(split_of(message))); }},
    {"numericalGradients", numerical_gradients},
    {"activations", activations},
    {"surface", surface},
    {"maps", [](Run& run, Message& message, Answer& answer) { answer.put(run.maps(grid_of(message))); }},
    {"snapshot", [](Run& run, Message&, Answer& answer) { answer.put(run.snapshot()); }},
    {"restore", [](Run& run, Message& message, Answer& answer) { run.restore(message.bytes("snapshot")); answer.nothing(); }},
    {"memory", [](Run& run, Message&, Answer& answer) { answer.put(number(run.memory())); }},
};

void obey(Run* run, std::string_view name, Message& message, Answer& answer) {
  if (run) {
    for (const auto& command : run_commands)
      if (command.name == name) return command.obey(*run, message, answer);
  } else {
    for (const auto& command : engine_commands)
      if (command.name == name) return command.obey(message, answer);
  }
  throw Error(ErrorCode::internal, "", "no such command: " + std::string(name));
}

void put_error(Answer& answer, ErrorCode code, std::string_view path, const char* message) {
  answer.clear();
  answer.list(3);
  answer.put(name(code));
  answer.put(path);
  answer.put(message);
}

Answer answer;

}  // namespace

extern "C" {

/// Obeys the command that a message starts with, of a run or, without one, of the engine. Whether it worked; if not, the answer is a list
/// of code, path and message.
[[clang::export_name("call")]] bool call(Run* run, const std::uint8_t* bytes) {
  Message message(bytes);
  answer.clear();
  try {
    obey(run, message.text("command"), message, answer);
    return true;
  } catch (const Error& error) {
    put_error(answer, error.code(), error.path(), error.what());
  } catch (const std::bad_alloc&) {
    put_error(answer, ErrorCode::out_of_memory, "", "the memory that WebAssembly may use is exhausted");
  } catch (const std::exception& error) {
    put_error(answer, ErrorCode::internal, "", error.what());
  }
  return false;
}

/// Where the last call's answer lies, and gives its memory back when it has been read.
[[clang::export_name("answer")]] const std::uint8_t* answer_data() { return answer.data(); }
[[clang::export_name("forget")]] void forget_answer() { answer.clear(); }

}  // extern "C"

}  // namespace mlp::bindings
