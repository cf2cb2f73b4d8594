#include "mlp/run.hpp"

#include <cmath>
#include <string>

#include "mlp/loss.hpp"
#include "mlp/simd.hpp"
#include "mlp/snapshot.hpp"

namespace mlp {
namespace {

/// `place`: of the first of them, among all that the name stands for.
void expect_finite(std::span<const float> values, std::string_view name, std::size_t place = 0) {
  using F = simd::Batch<>;
  F bad(0.f);  // as the update of an optimizer finds them
  std::size_t seen = 0;
  for (; seen + simd::lanes<> <= values.size(); seen += simd::lanes<>) bad = bad | simd::load<simd::Arch>(values.data() + seen) * F(0.f);
  for (std::size_t i = simd::sum<simd::Arch>(bad) == 0.f ? seen : 0; i < values.size(); ++i)
    if (!std::isfinite(values[i]))
      fail(ErrorCode::invalid_argument, {"{}[{}]", {name, place + i}}, {"expected a finite number, got {}", {values[i]}});
}

RawInputs raw(std::span<const float> values) {
  return {values.size(), values.data(), [](const void* source, std::size_t first, std::span<float> to) {
            std::copy_n(static_cast<const float*>(source) + first, to.size(), to.begin());
          }};
}

void expect_below(const char* name, std::size_t index, std::size_t count) {
  if (index >= count) fail(ErrorCode::invalid_argument, name, {"expected 0 to {}, got {}", {count - 1, index}});
}

/// Room for an answer of so many floats; counted in 64 bits, which the product may need.
void expect_answer(std::uint64_t rows, std::uint64_t columns) {
  if (const auto issue = memory_issue(rows * columns * sizeof(float), "this answer", "Fewer rows would fit")) fail(ErrorCode::out_of_memory, "", *issue);
}

/// The same parameters after a change of the shape; those that are gone are left out. Links of a skip edge come after those from
/// the last hidden layer, so that they move when it becomes wider.
std::vector<ParameterPath> moved_paths(const std::vector<ParameterPath>& paths, const Experiment& before, const Experiment& after) {
  const std::vector<LayerShape> from = shape_of(before), to = shape_of(after);
  std::vector<ParameterPath> result;
  for (ParameterPath path : paths) {
    if (path.layer >= to.size() || (path.unit != ParameterPath::all && path.unit >= to[path.layer].units)) continue;
    if (path.input < ParameterPath::bias && path.input >= from[path.layer].below()) {
      if (to[path.layer].skip == 0) continue;
      path.input += to[path.layer].below() - from[path.layer].below();
    }
    result.push_back(path);
  }
  return result;
}

}  // namespace

Split split_named(std::string_view name) {
  if (name == "train") return Split::train;
  if (name == "test") return Split::test;
  if (name == "all") return Split::all;
  fail(ErrorCode::invalid_argument, "split", {"expected \"train\", \"test\" or \"all\", got \"{}\"", {name.substr(0, 40)}});
}

CheckedRun check_run(const Value& document) {
  CheckedRun checked{check_experiment(document), {}};
  if (!checked.issues.empty() || checked.experiment.data.source == Source::mnist) return checked;
  const std::uint64_t memory = Trainer::memory_needed(checked.experiment);
  if (const auto issue = run_memory_issue(memory))
    checked.issues.push_back({"", *issue});
  else
    checked.memory = memory;
  return checked;
}

Run::Run(const Value& document) {
  Experiment experiment = parse_experiment(document);
  document_ = to_value(experiment);
  trainer_ = std::make_unique<Trainer>(std::move(experiment));
}

void Run::update(const Value& partial) {
  const auto* changes = partial.get<Object>();
  if (!changes) fail(ErrorCode::invalid_document, "", {"expected an object, got {}", {partial.describe()}});
  for (const auto& [key, value] : *changes)
    if (key == "data")
      fail(ErrorCode::invalid_document, "data", "data can't be changed in a run; create a new one");

  Value current = document_;
  const Value* network = partial.find("network");
  Value open;  // what follows from the shape, which may be what changes
  if (!network || !network->find("layers")) {
    // The output layer's units follow from the loss.
    Array layers = *current.find("network")->find("layers")->get<Array>();
    Object output;
    for (const auto& [key, value] : *layers.back().get<Object>())
      if (key != "units") output.emplace_back(key, value);
    layers.back() = Value(std::move(output));
    open.set("layers", Value(std::move(layers)));
  }
  const bool same_locked = !network || !network->find("locked");
  const bool same_cut = !network || !network->find("cut");
  if (same_locked) open.set("locked", Value(Array{}));
  if (same_cut) open.set("cut", Value(Array{}));
  Value changed;
  changed.set("network", std::move(open));
  const Experiment& before = trainer_->experiment();
  Experiment next = parse_settings(merge(merge(std::move(current), changed), partial), before.data);
  if (same_locked) next.network.locked = moved_paths(before.network.locked, before, next);
  if (same_cut) next.network.cut = moved_paths(before.network.cut, before, next);
  evaluations_ = {};
  if (sizes_of(shape_of(next)) == sizes_of(shape_of(before)))
    trainer_->reconfigure(next.network, next.training);
  else
    trainer_->reshape(next.network, next.training);
  const Value written = to_value(next);
  document_.set("network", *written.find("network"));
  document_.set("training", *written.find("training"));
}

std::vector<std::uint32_t> Run::rows_of(Split split) const {
  const Samples& samples = trainer_->samples();
  std::vector<std::uint32_t> rows;
  if (split != Split::test) rows.assign(samples.train().begin(), samples.train().end());
  if (split != Split::train) rows.insert(rows.end(), samples.test().begin(), samples.test().end());
  return rows;
}

SplitData Run::data(Split split) const {
  const Samples& samples = trainer_->samples();
  SplitData result;
  const std::vector<std::uint32_t> rows = rows_of(split);
  result.rows = rows.size();
  result.columns = samples.columns();
  expect_answer(result.rows, result.columns);
  result.inputs.resize(rows.size() * samples.columns());
  for (std::size_t r = 0; r < rows.size(); ++r) {
    samples.copy_raw(rows[r], result.inputs.data() + r * samples.columns());
    if (!samples.labels().empty()) result.labels.push_back(samples.labels()[rows[r]]);
    if (!samples.target_values().empty())
      for (std::size_t t = 0; t < samples.targets(); ++t) result.targets.push_back(samples.target_values()[rows[r] * samples.targets() + t]);
  }
  return result;
}

Evaluation Run::evaluate(Split split) { return trainer_->evaluate(rows_of(split)); }

Outcomes Run::outcomes(Split split) { return trainer_->outcomes(rows_of(split)); }

void Run::begin_evaluation(Split split, std::size_t most) {
  std::vector<std::uint32_t> rows = rows_of(split);
  rows.resize(std::min(rows.size(), most));
  evaluations_[static_cast<std::size_t>(split)] = trainer_->begin_evaluation(std::move(rows), true);
}

std::optional<EvaluatedRows> Run::continue_evaluation(Split split, double milliseconds) {
  std::optional<EvaluationInParts>& evaluation = evaluations_[static_cast<std::size_t>(split)];
  if (!evaluation) fail(ErrorCode::invalid_argument, "split", "no evaluation of it has begun, or the run was changed since");
  trainer_->continue_evaluation(*evaluation, milliseconds);
  if (!evaluation->complete()) return std::nullopt;
  EvaluatedRows result{trainer_->result(*evaluation), std::move(evaluation->outcomes)};
  evaluation.reset();
  return result;
}

void Run::forward(const RawInputs& inputs, void (*visit)(void* context, std::size_t first, std::size_t rows), void* context) {
  const Samples& samples = trainer_->samples();
  const std::size_t columns = samples.columns();
  if (inputs.size % columns != 0)
    fail(ErrorCode::invalid_argument, "inputs", {"expected a multiple of {} numbers, one row after the other, got {}", {columns, inputs.size}});
  const std::size_t rows = inputs.size / columns;
  std::vector<float> values(std::min(capacity, rows) * columns);
  std::vector<float> features(samples.plain() ? 0 : capacity * samples.features());
  std::vector<std::uint32_t> order(capacity);
  for (std::uint32_t i = 0; i < capacity; ++i) order[i] = i;
  for (std::size_t first = 0; first < rows; first += capacity) {
    const std::size_t count = std::min(capacity, rows - first);
    const std::span<float> chunk = std::span(values).first(count * columns);
    inputs.read(inputs.source, first * columns, chunk);
    expect_finite(chunk, "inputs", first * columns);
    if (!samples.plain()) samples.compute_features(chunk, count, features.data());
    trainer_->stack().load({samples.plain() ? chunk.data() : features.data(), nullptr, samples.features(), samples.scale(), samples.offset()}, std::span(order).first(count));
    trainer_->stack().forward(trainer_->arena());
    visit(context, first, count);
  }
}

std::vector<float> Run::predict(std::span<const float> inputs) { return predict_from(raw(inputs)); }

std::vector<float> Run::predict_from(const RawInputs& inputs) {
  const std::size_t units = outputs();
  const std::size_t rows = inputs.size / columns();
  expect_answer(rows, units);
  // One unit's answers stand in order as they are computed, those of several one row after the other.
  const bool direct = units == 1;
  std::vector<float> result(direct ? simd::round_up(rows, simd::padding) : rows * units);
  Matrix values(units, direct ? 0 : capacity);
  const std::size_t loss = trainer_->experiment().training.loss.index;
  forward(inputs, [&](std::size_t first, std::size_t count) {
    const ConstMatrixView scores = trainer_->stack().outputs();
    const MatrixView view{direct ? result.data() + first : values.data(), units, count, scores.stride};
    std::copy_n(scores.data, units * scores.stride, view.data);
    to_probabilities(loss, view);
    if (direct) return;
    for (std::size_t u = 0; u < units; ++u) {
      float* to = result.data() + first * units + u;
      for (std::size_t s = 0; s < count; ++s, to += units) *to = view(u, s);
    }
  });
  result.resize(rows * units);
  return result;
}

void Run::set_parameters(std::span<const float> parameters) {
  const std::size_t expected = parameter_count(trainer_->shape());
  if (parameters.size() != expected)
    fail(ErrorCode::invalid_argument, "parameters", {"expected {} numbers, got {}", {expected, parameters.size()}});
  expect_finite(parameters, "parameters");
  const Array& links = *document_.find("network")->find("cut")->get<Array>();
  for (std::size_t i = 0; i < links.size(); ++i)
    if (const std::size_t at = trainer_->cut()[i]; parameters[at] != 0)
      fail(ErrorCode::invalid_argument, {"parameters[{}]", {at}}, {"expected 0, as the link {} is cut, got {}", {links[i].describe(), parameters[at]}});
  trainer_->set_parameters(parameters);
}

std::vector<float> Run::gradients(Split split) { return trainer_->gradients(rows_of(split)); }

ReferenceSamples Run::reference_samples(std::span<const std::uint32_t> rows) const {
  const Samples& samples = trainer_->samples();
  const InputRows& inputs = samples.inputs();
  const TargetEncoding encoding = target_encoding(trainer_->experiment());
  expect_answer(rows.size(), 2 * (inputs.columns + outputs()));
  ReferenceSamples result;
  result.rows = rows.size();
  Matrix values(outputs(), 1);
  std::vector<std::uint32_t> label(1);
  for (const std::uint32_t row : rows) {
    for (std::size_t c = 0; c < inputs.columns; ++c) {
      const std::size_t at = row * inputs.columns + c;
      const double raw = inputs.floats ? static_cast<double>(inputs.floats[at]) : static_cast<double>(inputs.bytes[at]);
      result.inputs.push_back(raw * static_cast<double>(inputs.scale) + static_cast<double>(inputs.offset));
    }
    samples.gather_targets(encoding, std::span(&row, 1), values.view(), label);
    if (encoding == TargetEncoding::class_index)
      result.targets.push_back(label[0]);
    else
      for (std::size_t o = 0; o < outputs(); ++o) result.targets.push_back(static_cast<double>(values(o, 0)));
  }
  return result;
}

NumericalGradients Run::numerical_gradients(Split split, double epsilon) {
  if (!(epsilon >= 1e-12 && epsilon <= 1)) fail(ErrorCode::invalid_argument, "epsilon", {"expected 1e-12 to 1, got {}", {epsilon}});
  const std::vector<std::uint32_t> rows = rows_of(split);
  if (rows.empty()) fail(ErrorCode::invalid_argument, "split", "this split has no rows");
  const std::vector<float> parameters = trainer_->parameters();
  const std::vector<double> exact(parameters.begin(), parameters.end());
  const Operation& loss = trainer_->experiment().training.loss;
  NumericalGradients result{numerical_gradient(trainer_->shape(), loss, exact, reference_samples(rows), epsilon), 2 * exact.size()};
  for (const std::size_t i : trainer_->cut()) result.gradient[i] = 0;
  return result;
}

std::vector<std::uint8_t> Run::dropout_mask(std::size_t layer) const {
  expect_below("layer", layer, layers());
  if (trainer_->experiment().network.layers[layer].dropout == 0)
    fail(ErrorCode::invalid_argument, "layer", {"expected a layer with dropout, got {}, which has none", {layer}});
  return trainer_->dropout_mask(layer);
}

LayerActivations Run::activations(std::span<const float> inputs, std::size_t layer) {
  expect_below("layer", layer, layers());
  LayerActivations result;
  const std::size_t rows = inputs.size() / columns();
  expect_answer(rows, 2 * units(layer));
  const std::size_t count = rows * units(layer);
  result.pre_activations.resize(count);
  result.outputs.resize(count);
  forward(raw(inputs), [&](std::size_t first, std::size_t) {
    trainer_->stack().read_layer(layer, result.pre_activations.data() + first * units(layer), result.outputs.data() + first * units(layer));
  });
  return result;
}

std::vector<float> Run::grid_points(const Grid& grid) const {
  constexpr std::size_t most_cells = std::size_t{1} << 20u;
  if (columns() != 2) fail(ErrorCode::invalid_argument, "", {"a surface needs data with two columns; this run's has {}", {columns()}});
  if (grid.columns == 0 || grid.rows == 0 || grid.columns > most_cells || grid.rows > most_cells || std::uint64_t{grid.columns} * grid.rows > most_cells)
    fail(ErrorCode::invalid_argument, "columns", {"expected 1 to {} cells in all, got {} x {}", {most_cells, grid.columns, grid.rows}});
  constexpr double farthest = 1e6;
  for (const auto& [axis, edge] : {std::pair("x", grid.x_min), {"x", grid.x_max}, {"y", grid.y_min}, {"y", grid.y_max}})
    if (!(std::fabs(edge) <= farthest)) fail(ErrorCode::invalid_argument, axis, {"expected edges from {} to {}, got {}", {-farthest, farthest, edge}});
  const double width = (grid.x_max - grid.x_min) / static_cast<double>(grid.columns);
  const double height = (grid.y_max - grid.y_min) / static_cast<double>(grid.rows);
  std::vector<float> points(2 * grid.columns * grid.rows);
  for (std::size_t c = 0; c < grid.columns; ++c) points[2 * c] = static_cast<float>(grid.x_min + (static_cast<double>(c) + 0.5) * width);
  float* point = points.data();
  for (std::size_t r = 0; r < grid.rows; ++r) {
    const auto y = static_cast<float>(grid.y_min + (static_cast<double>(r) + 0.5) * height);
    for (std::size_t c = 0; c < grid.columns; ++c, point += 2) {
      point[0] = points[2 * c];
      point[1] = y;
    }
  }
  return points;
}

std::vector<float> Run::surface(const Grid& grid, std::optional<std::size_t> layer, std::optional<std::size_t> unit) {
  const std::vector<float> points = grid_points(grid);
  if (!layer && !unit) return predict(points);
  const std::size_t chosen = layer.value_or(layers() - 1);
  expect_below("layer", chosen, layers());
  if (!unit) fail(ErrorCode::invalid_argument, "unit", {"expected 0 to {}", {units(chosen) - 1}});
  expect_below("unit", *unit, units(chosen));
  std::vector<float> result(points.size() / 2);
  forward(raw(points), [&](std::size_t first, std::size_t) { trainer_->stack().read_unit(chosen, *unit, result.data() + first); });
  return result;
}

std::size_t Run::all_units() const noexcept {
  std::size_t total = 0;
  for (std::size_t l = 0; l < layers(); ++l) total += units(l);
  return total;
}

std::vector<float> Run::maps(const Grid& grid, Quantity quantity) {
  const std::vector<float> points = grid_points(grid);
  const std::size_t cells = points.size() / 2;
  expect_answer(cells, all_units());
  std::vector<float> result(all_units() * cells);
  std::vector<float> sums;
  forward(raw(points), [&](std::size_t first, std::size_t count) {
    float* map = result.data() + first;
    for (std::size_t l = 0; l < layers(); ++l) {
      const std::size_t width = units(l);
      if (quantity == Quantity::sums) {
        sums.resize(count * width);
        trainer_->stack().read_layer(l, sums.data(), nullptr);
      }
      for (std::size_t u = 0; u < width; ++u, map += cells)
        if (quantity == Quantity::outputs)
          trainer_->stack().read_unit(l, u, map);
        else
          for (std::size_t s = 0; s < count; ++s) map[s] = sums[s * width + u];
    }
  });
  return result;
}

std::vector<std::uint8_t> Run::snapshot() const { return write_snapshot(trainer_->state()); }

void Run::restore(std::span<const std::uint8_t> bytes) {
  trainer_->set_state(read_snapshot(bytes, sizes_of(trainer_->shape())));
}

}  // namespace mlp
