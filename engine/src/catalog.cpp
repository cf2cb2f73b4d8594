#include "mlp/catalog.hpp"

#include <cmath>

#include "mlp/document.hpp"
#include "mlp/random.hpp"

namespace mlp {
namespace {

Value label(const Label& text) {
  Object object;
  object.emplace_back("en", text.en);
  object.emplace_back("zh", text.zh);
  return object;
}

std::string_view name(Scale scale) {
  switch (scale) {
    case Scale::linear: return "linear";
    case Scale::logarithmic: return "log";
    case Scale::integer: return "integer";
    case Scale::toggle: return "toggle";
    case Scale::choice: break;
  }
  return "choice";
}

Value choices(std::span<const Choice> entries) {
  Array array;
  for (const auto& [id, text] : entries) {
    Object object;
    object.emplace_back("id", id);
    object.emplace_back("label", label(text));
    array.emplace_back(std::move(object));
  }
  return array;
}

Value parameter(const Hyperparameter& p) {
  Object object;
  object.emplace_back("name", p.name);
  object.emplace_back("label", label(p.label));
  object.emplace_back("minimum", p.minimum);
  object.emplace_back("maximum", p.maximum);
  object.emplace_back("fallback", to_value(p, p.fallback));
  object.emplace_back("scale", name(p.scale));
  if (p.scale == Scale::choice) object.emplace_back("choices", choices(p.choices));
  if (p.learned) object.emplace_back("learned", true);
  return object;
}

/// One table; `facts(index, object)` adds what only this kind of operation has.
template <class Facts>
Value table(std::span<const OperationInfo* const> infos, Facts facts) {
  Array entries;
  for (std::size_t i = 0; i < infos.size(); ++i) {
    const OperationInfo& info = *infos[i];
    Object object;
    object.emplace_back("id", info.id);
    object.emplace_back("label", label(info.label));
    object.emplace_back("formula", info.formula);
    object.emplace_back("source", info.source);
    Array parameters;
    for (const Hyperparameter& p : info.parameters) parameters.push_back(parameter(p));
    object.emplace_back("parameters", std::move(parameters));
    facts(i, object);
    entries.emplace_back(std::move(object));
  }
  return entries;
}

Value table(std::span<const OperationInfo* const> infos) {
  return table(infos, [](std::size_t, Object&) {});
}

constexpr Choice samplings[] = {{"shuffle", {"Shuffled epochs", "每轮打乱"}}, {"replacement", {"With replacement", "有放回抽样"}}, {"sequential", {"In order", "按顺序"}}};
constexpr Choice scalings[] = {{"raw", {"Raw (0 to 255)", "原始（0 到 255）"}}, {"unit", {"0 to 1", "0 到 1"}}, {"standardized", {"Standardised", "标准化"}}};

Value end(double x) { return std::isinf(x) ? Value() : Value(x); }

Value limit_values() {
  Object object;
  const auto put = [&](std::string_view key, double x) { object.emplace_back(std::string(key), x); };
  put("layers", static_cast<double>(limits::layers));
  put("units", static_cast<double>(limits::units));
  put("samples", static_cast<double>(limits::samples));
  put("columns", static_cast<double>(limits::columns));
  put("classes", static_cast<double>(limits::classes));
  put("outputs", static_cast<double>(limits::outputs));
  put("testFraction", limits::test_fraction);
  put("labelNoise", limits::label_noise);
  put("penalty", limits::penalty);
  put("clipNorm", limits::clip_norm);
  put("dropout", limits::dropout);
  put("paths", static_cast<double>(limits::paths));
  put("memory", static_cast<double>(limits::memory));
  return object;
}

}  // namespace

std::string_view version() noexcept { return MLP_VERSION; }

Value catalog() {
  Object object;
  const auto put = [&](std::string_view key, Value value) { object.emplace_back(std::string(key), std::move(value)); };
  put("version", version());
  put("limits", limit_values());
  put("defaults", to_value(check_experiment(Value(Object{})).experiment));
  put("activations", table(activation_table(), [](std::size_t i, Object& entry) {
    const Range range = activation_range(i);
    entry.emplace_back("range", Array{end(range.minimum), end(range.maximum)});
  }));
  put("losses", table(loss_table(), [](std::size_t i, Object& entry) {
    const LossFacts facts = loss_facts(i);
    Array tasks{"classification"};
    if (facts.regression) tasks.emplace_back("regression");
    entry.emplace_back("tasks", std::move(tasks));
    entry.emplace_back("logits", facts.on_logits);
    entry.emplace_back("classIndices", facts.encoding == TargetEncoding::class_index);
  }));
  put("optimizers", table(optimizer_table()));
  put("initializers", table(initializer_table()));
  put("schedules", table(schedule_table()));
  put("features", table(feature_table(), [](std::size_t i, Object& entry) { entry.emplace_back("columns", static_cast<double>(feature_columns(i))); }));
  put("datasets", table(dataset_table(), [](std::size_t i, Object& entry) {
    const DatasetFacts facts = dataset_facts(i);
    entry.emplace_back("task", facts.task == Task::classification ? "classification" : "regression");
    entry.emplace_back("dimensions", static_cast<double>(facts.dimensions));
    entry.emplace_back("domain", Array{static_cast<double>(facts.domain.low), static_cast<double>(facts.domain.high)});
    entry.emplace_back("classes", static_cast<double>(dataset_classes(default_operation(dataset_table(), i))));
    entry.emplace_back("samples", static_cast<double>(facts.samples));
    entry.emplace_back("testFraction", facts.test_fraction);
  }));
  put("samplings", choices(samplings));
  put("scalings", choices(scalings));
  return object;
}

}  // namespace mlp
