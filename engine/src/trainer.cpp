#include "mlp/trainer.hpp"

#include <time.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numeric>

namespace mlp {

std::vector<LayerShape> shape_of(const Experiment& experiment) {
  const NetworkSpec& network = experiment.network;
  std::vector<LayerShape> layers;
  for (std::size_t l = 0; l < network.layers.size(); ++l) {
    const LayerSpec& spec = network.layers[l];
    const bool skip = network.skip && l > 0 && l + 1 == network.layers.size();
    layers.push_back({experiment.links(l), spec.units, spec.activation, skip ? experiment.inputs() : 0, spec.dropout});
  }
  return layers;
}

std::vector<LayerSize> sizes_of(std::span<const LayerShape> layers) {
  std::vector<LayerSize> sizes;
  for (const LayerShape& layer : layers) sizes.push_back({layer.units, layer.inputs, layer.learned()});
  return sizes;
}

namespace {

/// The parameters that a network starts with, in the public order.
std::vector<float> initial_parameters(const NetworkSpec& network, std::span<const LayerShape> layers) {
  std::vector<float> parameters;
  parameters.reserve(parameter_count(layers));
  Random random(network.seed, Random::Purpose::initialization);
  for (const LayerShape& layer : layers) {
    const std::size_t at = parameters.size();
    const std::size_t weights = layer.units * layer.inputs;
    parameters.resize(at + weights + layer.units);
    initialize(network.initializer, random, {layer.inputs, layer.units, std::span(parameters).subspan(at, weights), std::span(parameters).subspan(at + weights, layer.units)});
    for (std::size_t j = 0; j < layer.learned(); ++j) parameters.push_back(static_cast<float>(layer.activation.values[j]));
  }
  return parameters;
}

/// Calls visit(place in the public order) for each parameter that a path names.
template <class Visit>
void each_parameter(std::span<const LayerShape> layers, const ParameterPath& path, Visit visit) {
  const LayerShape& layer = layers[path.layer];
  const std::size_t first = parameter_count(layers.first(path.layer));
  const std::size_t biases = first + layer.units * layer.inputs;
  if (path.unit == ParameterPath::all) {
    for (std::size_t i = first; i < first + layer.parameters(); ++i) visit(i);
    return;
  }
  const bool whole = path.input == ParameterPath::all;
  for (std::size_t i = 0; i < layer.inputs; ++i)
    if (whole || i == path.input) visit(first + path.unit * layer.inputs + i);
  if (whole || path.input == ParameterPath::bias) visit(biases + path.unit);
}

Experiment checked(Experiment experiment) {
  if (const auto issue = run_memory_issue(Trainer::memory_needed(experiment))) fail(ErrorCode::out_of_memory, "", *issue);
  return experiment;
}

/// Of a clock that only goes forward. POSIX's where there is one: that of libc++ brings error texts and printf along, which are a
/// twentieth of the WebAssembly module.
double clock_milliseconds() noexcept {
#if defined(CLOCK_MONOTONIC)
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) * 1e-6;
#else
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now().time_since_epoch()).count();
#endif
}

bool is_finite(std::span<const float> values) noexcept {
  return std::all_of(values.begin(), values.end(), [](float x) { return std::isfinite(x); });
}

}  // namespace

std::optional<std::string> memory_issue(std::uint64_t bytes, std::string_view what, std::string_view remedy) {
  if (bytes <= limits::memory) return std::nullopt;
  constexpr std::uint64_t mebibyte = std::uint64_t{1} << 20u;
  return Message("{} would need {} MiB; the limit is {} MiB. {}", {what, (bytes + mebibyte - 1) / mebibyte, limits::memory / mebibyte, remedy}).text();
}

std::optional<std::string> run_memory_issue(std::uint64_t bytes) { return memory_issue(bytes, "this run", "Fewer samples or units would fit"); }

Trainer::Trainer(Experiment experiment)
    : experiment_(checked(std::move(experiment))),
      samples_(experiment_.data),
      stack_(make_layer_stack(shape_of(experiment_))),
      parameter_count_(parameter_count(shape_of(experiment_))),
      encoding_(target_encoding(experiment_)),
      parameters_(stack_->arena_size()),
      gradient_(stack_->arena_size()),
      optimizer_state_(optimizer_state_rows(experiment_.training.optimizer.index) * stack_->arena_size()),
      target_values_(experiment_.network.layers.back().units, capacity),
      target_labels_(capacity),
      order_(samples_.train().begin(), samples_.train().end()),
      batch_(std::max<std::size_t>(order_.size(), limits::samples)),
      sampling_(experiment_.training.seed, Random::Purpose::sampling),
      epoch_start_(sampling_),
      dropout_(experiment_.training.seed, Random::Purpose::dropout),
      mask_start_(dropout_) {
  MLP_ASSERT(!order_.empty());
  stack_->pack(initial_parameters(experiment_.network, shape_of(experiment_)), parameters_);
  hold_parameters();
}

void Trainer::hold_parameters() {
  const std::vector<LayerShape> layers = shape();
  const NetworkSpec& network = experiment_.network;
  drops_ = std::any_of(layers.begin(), layers.end(), [](const LayerShape& layer) { return layer.dropout > 0; });
  cut_.clear();
  held_.clear();
  if (!network.locked.empty() || !network.cut.empty()) {
    constexpr float locked = 1, cut = 2;
    std::vector<float> marks(parameter_count_);
    simd::AlignedVector<float> arena(parameters_.size());
    for (const ParameterPath& path : network.locked) each_parameter(layers, path, [&](std::size_t i) { marks[i] = locked; });
    for (const ParameterPath& path : network.cut)
      each_parameter(layers, path, [&](std::size_t i) {
        marks[i] = cut;
        cut_.push_back(i);
      });
    stack_->pack(marks, arena);
    for (std::size_t i = 0; i < arena.size(); ++i) {
      if (arena[i] == 0) continue;
      held_.push_back(i);
      if (arena[i] == cut) parameters_[i] = 0;
      for (std::size_t at = i; at < optimizer_state_.size(); at += arena.size()) optimizer_state_[at] = 0;
    }
  }
  held_values_.resize(held_.size());
}

std::vector<LayerShape> Trainer::shape() const { return shape_of(experiment_); }

std::uint64_t Trainer::memory_needed(const Experiment& experiment) noexcept {
  std::vector<LayerShape> layers = shape_of(experiment);
  std::size_t arena = 0;
  for (const LayerShape& layer : layers) arena += simd::round_up(layer.units, simd::padding) * (layer.inputs + 1) + simd::round_up(layer.learned(), simd::padding);
  const DataSpec& data = experiment.data;
  // Images are bytes; other inputs are floats, with the features beside them. A row has its answer, and a place in a split and in
  // the order of an epoch.
  constexpr std::uint64_t word = sizeof(float);
  const std::uint64_t rows = data.samples + (data.columns == 0 ? 0 : std::min(limits::samples, data.test_images.size() / data.columns));
  const std::uint64_t inputs = data.source == Source::idx ? data.columns : word * (data.columns + data.features.size());
  const std::uint64_t answers = word * (data.classes > 0 ? 1 : data.targets);
  const std::uint64_t files = data.image_labels.size() + data.test_labels.size();
  return word * arena * (2 + optimizer_state_rows(experiment.training.optimizer.index)) + layer_stack_memory(layers) + rows * (inputs + answers + 2 * word) + files +
         word * (std::max<std::uint64_t>(limits::samples, rows) + capacity * (layers.back().units + 1));
}

std::size_t Trainer::memory() const noexcept {
  const std::vector<LayerShape> layers = shape_of(experiment_);
  return (parameters_.size() + gradient_.size() + optimizer_state_.size()) * sizeof(float) + layer_stack_memory(layers) + samples_.memory() + (order_.size() + batch_.size() + target_labels_.size()) * sizeof(std::uint32_t) +
         target_values_.rows() * target_values_.stride() * sizeof(float) + experiment_.data.image_labels.size() + experiment_.data.test_labels.size();
}

std::vector<std::uint32_t> Trainer::batch() noexcept {
  const Random sampling = sampling_, epoch_start = epoch_start_;
  const std::uint64_t position = position_;
  const std::span<const std::uint32_t> rows = next_batch();
  const std::span<const std::uint32_t> train = samples_.train();  // ascending
  std::vector<std::uint32_t> places;
  places.reserve(rows.size());
  for (const std::uint32_t row : rows) places.push_back(static_cast<std::uint32_t>(std::lower_bound(train.begin(), train.end(), row) - train.begin()));
  sampling_ = sampling;
  epoch_start_ = epoch_start;
  position_ = position;
  return places;
}

OptimizerState Trainer::optimizer() const { return {rate(), optimizer_step_ + 1, optimizer_values()}; }

Cause Trainer::find_cause(std::span<const std::uint32_t> batch, Random dropout) noexcept {
  std::size_t at = 0;
  std::vector<float> all = parameters();
  const std::span<const float> values(all);
  const std::vector<LayerShape> layers = shape_of(experiment_);
  for (std::size_t l = 0; l < layers.size(); ++l) {
    const std::size_t weights = layers[l].units * layers[l].inputs;
    if (!is_finite(values.subspan(at, weights))) return {l, "weights"};
    if (!is_finite(values.subspan(at + weights, layers[l].units))) return {l, "biases"};
    if (!is_finite(values.subspan(at + weights + layers[l].units, layers[l].learned()))) return {l, "activation"};
    at += layers[l].parameters();
  }
  std::size_t first = layers.size();  // layer whose outputs are at fault
  std::vector<float> outputs;
  for (std::size_t row = 0; row < batch.size() && first > 0; row += capacity) {
    const auto chunk = batch.subspan(row, std::min(capacity, batch.size() - row));
    stack_->load(samples_.inputs(), chunk);
    if (drops_) stack_->drop(dropout);
    stack_->forward(parameters_);
    for (std::size_t l = 0; l < first; ++l) {
      outputs.resize(chunk.size() * layers[l].units);
      stack_->read_layer(l, nullptr, outputs.data());
      if (!is_finite(outputs)) first = l;
    }
  }
  if (first < layers.size()) return {first, "outputs"};
  return {layers.size() - 1, "loss"};
}

void Trainer::diverge(Cause cause) noexcept { cause_ = cause; }

Progress Trainer::progress() const noexcept {
  Progress progress;
  progress.step = step_;
  progress.epoch = epoch_;
  progress.status = cause_ ? Status::diverged : step_ == 0 ? Status::ready : Status::running;
  progress.cause = cause_;
  return progress;
}

Progress Trainer::train(const Budget& budget) {
  const double start = clock_milliseconds();
  constexpr std::uint64_t never = std::numeric_limits<std::uint64_t>::max();
  const auto after = [](std::uint64_t now, const std::optional<std::uint64_t>& more) { return more && *more < never - now ? now + *more : never; };
  const bool limited = budget.steps || budget.epochs || budget.milliseconds;
  const std::uint64_t last_step = limited ? after(step_, budget.steps) : step_;
  const std::uint64_t last_epoch = after(epoch_, budget.epochs);
  double sum = 0;
  std::uint64_t count = 0;
  std::uint64_t until_clock = 1;  // steps between looks at the clock, which costs as much as a small step
  std::uint64_t since_clock = 0;
  while (!cause_ && step_ < last_step && epoch_ < last_epoch) {
    if (budget.milliseconds && since_clock == until_clock) {
      const double elapsed = clock_milliseconds() - start;
      if (!(elapsed < *budget.milliseconds)) break;  // so written that NaN ends it
      constexpr double resolution = 0.1;  // milliseconds
      const double pace = elapsed / static_cast<double>(count);
      // At most twice as many as before: a browser's clock stands still for the first steps, and says nothing of their pace.
      until_clock = static_cast<std::uint64_t>(std::clamp(resolution / std::max(pace, 1e-6), 1.0, 2.0 * static_cast<double>(until_clock)));
      since_clock = 0;
    }
    double loss = 0;
    step(loss);
    sum += loss;
    ++count;
    ++since_clock;
  }
  Progress result = progress();
  if (count > 0) result.loss = sum / static_cast<double>(count);
  return result;
}

Evaluation Trainer::evaluate(std::span<const std::uint32_t> rows) {
  EvaluationInParts evaluation = begin_evaluation({rows.begin(), rows.end()}, false);
  while (!evaluation.complete()) evaluate_chunk(evaluation);
  return result(evaluation);
}

EvaluationInParts Trainer::begin_evaluation(std::vector<std::uint32_t> rows, bool each_row) const {
  if (rows.empty()) fail(ErrorCode::invalid_argument, "split", "this split has no rows");
  const std::size_t outputs = experiment_.network.layers.back().units;
  const std::size_t classes = experiment_.data.classes;
  EvaluationInParts evaluation;
  evaluation.rows = std::move(rows);
  evaluation.parameters = parameters_;
  evaluation.confusion.assign(classes * classes, 0);
  evaluation.each_row = each_row;
  if (each_row) evaluation.outcomes.losses.reserve(evaluation.rows.size());
  if (each_row && classes > 0) evaluation.outcomes.predicted.reserve(evaluation.rows.size());
  evaluation.target_sum.resize(outputs);
  evaluation.target_squares.resize(outputs);
  return evaluation;
}

void Trainer::continue_evaluation(EvaluationInParts& evaluation, double milliseconds) {
  const double start = clock_milliseconds();
  while (!evaluation.complete()) {
    evaluate_chunk(evaluation);
    if (!(clock_milliseconds() - start < milliseconds)) return;  // so written that NaN ends it
  }
}

void Trainer::evaluate_chunk(EvaluationInParts& evaluation) {
  const Operation& loss = experiment_.training.loss;
  const std::size_t outputs = experiment_.network.layers.back().units;
  const std::size_t classes = experiment_.data.classes;
  const auto chunk = std::span<const std::uint32_t>(evaluation.rows).subspan(evaluation.done).first(std::min(capacity, evaluation.rows.size() - evaluation.done));
  stack_->load(samples_.inputs(), chunk);
  stack_->forward(evaluation.parameters);
  const ConstMatrixView y = stack_->outputs();
  const Targets targets = gather_targets(chunk);
  evaluation.loss += loss_kernel<simd::Arch>(loss.index)(y, targets, 1.f, {}, loss.values);
  evaluation.done += chunk.size();
  if (evaluation.each_row) add_losses(y, targets, evaluation.outcomes.losses);
  for (std::size_t s = 0; s < chunk.size(); ++s) {
    if (classes == 0) {
      for (std::size_t o = 0; o < outputs; ++o) {
        const double t = targets.values(o, s);
        const double e = static_cast<double>(y(o, s)) - t;
        evaluation.residual += e * e;
        evaluation.target_sum[o] += t;
        evaluation.target_squares[o] += t * t;
      }
      continue;
    }
    const std::size_t predicted = predicted_class(y, s);
    if (evaluation.each_row) evaluation.outcomes.predicted.push_back(static_cast<std::uint32_t>(predicted));
    const std::uint32_t label = samples_.labels()[chunk[s]];
    ++evaluation.confusion[label * classes + predicted];
    if (predicted == label) ++evaluation.right;
  }
}

Evaluation Trainer::result(const EvaluationInParts& evaluation) const {
  MLP_ASSERT(evaluation.complete());
  const std::size_t outputs = experiment_.network.layers.back().units;
  const auto count = static_cast<double>(evaluation.rows.size());
  Evaluation result;
  result.loss = evaluation.loss / loss_divisor(experiment_.training.loss.index, evaluation.rows.size(), outputs);
  result.accuracy = static_cast<double>(evaluation.right) / count;
  result.confusion = evaluation.confusion;
  double total = 0;
  for (std::size_t o = 0; o < outputs; ++o)
    total += evaluation.target_squares[o] - evaluation.target_sum[o] * evaluation.target_sum[o] / count;
  result.r2 = total > 0 ? 1 - evaluation.residual / total : std::numeric_limits<double>::quiet_NaN();
  return result;
}

std::size_t Trainer::predicted_class(ConstMatrixView scores, std::size_t sample) const noexcept {
  if (scores.rows == 1) {
    // Two-class scores from one output: a logit or a sign is cut at 0, a score in [0, 1] at 0.5.
    const float threshold = encoding_ == TargetEncoding::bits && !loss_facts(experiment_.training.loss.index).on_logits ? 0.5f : 0.f;
    return scores(0, sample) > threshold ? 1 : 0;
  }
  std::size_t predicted = 0;
  for (std::size_t o = 1; o < scores.rows; ++o)
    if (scores(o, sample) > scores(predicted, sample)) predicted = o;
  return predicted;
}

void Trainer::add_losses(ConstMatrixView y, const Targets& targets, std::vector<float>& losses) const {
  const Operation& loss = experiment_.training.loss;
  const bool labels = loss_facts(loss.index).encoding == TargetEncoding::class_index;
  const LossReference measure = loss_reference(loss.index);
  const double divisor = loss_divisor(loss.index, 1, y.rows);
  std::vector<double> scores(y.rows), wanted(labels ? 1 : y.rows);
  for (std::size_t s = 0; s < y.columns; ++s) {
    for (std::size_t o = 0; o < y.rows; ++o) {
      scores[o] = static_cast<double>(y(o, s));
      if (!labels) wanted[o] = static_cast<double>(targets.values(o, s));
    }
    if (labels) wanted[0] = targets.labels[s];
    losses.push_back(static_cast<float>(measure(scores, wanted, {}, loss.values) / divisor));
  }
}

Outcomes Trainer::outcomes(std::span<const std::uint32_t> rows) {
  if (rows.empty()) return {};
  EvaluationInParts evaluation = begin_evaluation({rows.begin(), rows.end()}, true);
  while (!evaluation.complete()) evaluate_chunk(evaluation);
  return std::move(evaluation.outcomes);
}

std::vector<float> Trainer::parameters() const {
  std::vector<float> result(parameter_count_);
  stack_->unpack(parameters_, result);
  return result;
}

void Trainer::set_parameters(std::span<const float> parameters) {
  MLP_ASSERT(parameters.size() == parameter_count_);
  stack_->pack(parameters, parameters_);
  if (cause_ && !is_finite(optimizer_state_)) {
    // One infinity in a moving average would spoil every later step.
    std::fill(optimizer_state_.begin(), optimizer_state_.end(), 0.f);
    optimizer_step_ = 0;
  }
  cause_.reset();
}

std::vector<float> Trainer::gradients(std::span<const std::uint32_t> rows) {
  if (rows.empty()) fail(ErrorCode::invalid_argument, "split", "this split has no rows");
  loss_and_gradient(rows, nullptr);
  std::vector<float> result(parameter_count_);
  stack_->unpack(gradient_, result);
  for (const std::size_t i : cut_) result[i] = 0;
  return result;
}

std::vector<std::uint8_t> Trainer::dropout_mask(std::size_t layer) const {
  const std::vector<LayerShape> layers = shape();
  std::vector<std::uint8_t> mask;
  Random random = mask_start_;
  draw_dropout(layers, mask_rows_, random, [&](std::size_t, std::size_t l, std::size_t, bool kept) {
    if (l == layer) mask.push_back(kept ? 1 : 0);
  });
  return mask;
}

void Trainer::reconfigure(const NetworkSpec& network, const TrainingSpec& training) {
  const bool same_optimizer = training.optimizer.index == experiment_.training.optimizer.index;
  if (training.seed != experiment_.training.seed) {
    sampling_ = Random(training.seed, Random::Purpose::sampling);
    dropout_ = Random(training.seed, Random::Purpose::dropout);
    position_ = 0;
  } else if (training.sampling != experiment_.training.sampling) {
    position_ = 0;
  }
  for (std::size_t l = 0; l < network.layers.size(); ++l) {
    if (network.layers[l].dropout != experiment_.network.layers[l].dropout) mask_rows_ = 0;
    stack_->set_layer(l, network.layers[l].activation, network.layers[l].dropout);
  }
  experiment_.network = network;
  experiment_.training = training;
  encoding_ = target_encoding(experiment_);
  if (!same_optimizer) {
    optimizer_state_.assign(optimizer_state_rows(training.optimizer.index) * parameters_.size(), 0.f);
    optimizer_step_ = 0;
  }
  hold_parameters();
}

void Trainer::reshape(const NetworkSpec& network, const TrainingSpec& training) {
  const std::vector<LayerShape> before = shape();
  const TrainingState kept = state();
  if (network.layers.size() != before.size())
    fail(ErrorCode::invalid_argument, "network.layers", {"expected {} layers; adding or removing one needs a new run", {before.size()}});
  const bool output_changes = network.layers.back().units != before.back().units;
  for (std::size_t l = 0; l + 1 < before.size(); ++l)
    if (network.layers[l].units < before[l].units)
      fail(ErrorCode::invalid_argument, {"network.layers[{}].units", {l}},
           {"expected at least {}; removing units needs a new run, got {}", {before[l].units, network.layers[l].units}});

  Experiment next = {experiment_.data, network, training};
  std::vector<LayerShape> after = shape_of(next);
  std::unique_ptr<LayerStack> stack = make_layer_stack(after);
  const std::size_t count = parameter_count(after);

  // Fresh weights for what is new, then the old ones over them.
  std::vector<float> parameters = initial_parameters(network, after);
  const auto copy_rows = [&](std::span<const float> from, std::span<float> to, bool zero_new) {
    std::size_t from_at = 0;
    std::size_t to_at = 0;
    for (std::size_t l = 0; l < before.size(); ++l) {
      const LayerShape& a = before[l];
      const LayerShape& b = after[l];
      const auto old_value = [&](std::size_t unit, std::size_t input) {
        return input < a.inputs ? from[from_at + unit * a.inputs + input] : from[from_at + a.units * a.inputs + unit];
      };
      const auto put = [&](std::size_t unit, std::size_t input, float value) {
        to[input < b.inputs ? to_at + unit * b.inputs + input : to_at + b.units * b.inputs + unit] = value;
      };
      // Input index a.inputs stands for the bias.
      for (std::size_t i = 0; i <= a.inputs; ++i) {
        const bool skips = i >= a.below() && i < a.inputs;
        if (skips && b.skip == 0) continue;
        const std::size_t to_input = i == a.inputs ? b.inputs : skips ? b.below() + (i - a.below()) : i;
        if (l + 1 == before.size() && output_changes) {
          // One logit z for two classes and two logits -z/2, z/2 give the same probabilities.
          if (a.units == 1) {
            put(0, to_input, -0.5f * old_value(0, i));
            put(1, to_input, 0.5f * old_value(0, i));
          } else {
            put(0, to_input, old_value(1, i) - old_value(0, i));
          }
        } else {
          for (std::size_t u = 0; u < a.units; ++u) put(u, to_input, old_value(u, i));
        }
      }
      if (zero_new)
        for (std::size_t u = 0; u < b.units; ++u)
          if (u < a.units || l + 1 == before.size())
            for (std::size_t i = a.below(); i < (a.skip > 0 ? b.below() : b.inputs); ++i) put(u, i, 0.f);
      if (a.activation.index == b.activation.index)
        std::copy_n(from.begin() + static_cast<std::ptrdiff_t>(from_at + a.parameters() - a.learned()), a.learned(),
                    to.begin() + static_cast<std::ptrdiff_t>(to_at + b.parameters() - b.learned()));
      from_at += a.parameters();
      to_at += b.parameters();
    }
  };
  copy_rows(kept.parameters, parameters, true);

  const std::size_t rows = optimizer_state_rows(training.optimizer.index);
  const bool same_optimizer = training.optimizer.index == experiment_.training.optimizer.index;
  const std::size_t size = stack->arena_size();
  simd::AlignedVector<float> arena(size), optimizer_state(rows * size);
  stack->pack(parameters, arena);
  if (same_optimizer && !output_changes)
    for (std::size_t r = 0; r < rows; ++r) {
      std::vector<float> row(count);
      copy_rows(std::span(kept.optimizer_state).subspan(r * parameter_count_, parameter_count_), row, false);
      stack->pack(row, std::span(optimizer_state).subspan(r * size, size));
    }
  else
    optimizer_step_ = 0;

  stack_ = std::move(stack);
  parameter_count_ = count;
  parameters_ = std::move(arena);
  gradient_.assign(size, 0.f);
  optimizer_state_ = std::move(optimizer_state);
  target_values_ = Matrix(after.back().units, capacity);
  mask_rows_ = 0;
  experiment_.network = network;
  experiment_.training.optimizer = training.optimizer;
  reconfigure(network, training);
}

TrainingState Trainer::state() const {
  TrainingState state;
  state.layers = sizes_of(shape());
  state.optimizer = optimizer_table()[experiment_.training.optimizer.index]->id;
  state.step = step_;
  state.optimizer_step = optimizer_step_;
  state.epoch = epoch_;
  state.position = position_;
  state.sampling = sampling_.state();
  state.epoch_start = epoch_start_.state();
  state.dropout = dropout_.state();
  state.parameters = parameters();
  state.optimizer_state = optimizer_values();
  return state;
}

std::vector<float> Trainer::optimizer_values() const {
  const std::size_t rows = optimizer_state_.size() / parameters_.size();
  std::vector<float> values(rows * parameter_count_);
  for (std::size_t r = 0; r < rows; ++r)
    stack_->unpack(std::span(optimizer_state_).subspan(r * parameters_.size(), parameters_.size()), std::span(values).subspan(r * parameter_count_, parameter_count_));
  return values;
}

void Trainer::set_state(const TrainingState& state) {
  if (state.optimizer != optimizer_table()[experiment_.training.optimizer.index]->id)
    fail(ErrorCode::bad_file, "training.optimizer", {"this snapshot was made with \"{}\"", {state.optimizer}});
  if (state.position >= order_.size()) fail(ErrorCode::bad_file, "position", "this snapshot was made with more training rows");
  set_parameters(state.parameters);
  const std::size_t rows = optimizer_state_.size() / parameters_.size();
  for (std::size_t r = 0; r < rows; ++r)
    stack_->pack(std::span(state.optimizer_state).subspan(r * parameter_count_, parameter_count_), std::span(optimizer_state_).subspan(r * parameters_.size(), parameters_.size()));
  step_ = state.step;
  optimizer_step_ = state.optimizer_step;
  epoch_ = state.epoch;
  position_ = state.position;
  // The order of the current epoch follows from the random state it began with.
  sampling_.set_state(state.epoch_start);
  begin_epoch();
  sampling_.set_state(state.sampling);
  if (state.dropout)
    dropout_.set_state(*state.dropout);
  else
    dropout_ = Random(experiment_.training.seed, Random::Purpose::dropout);
  mask_rows_ = 0;
  hold_parameters();
}

}  // namespace mlp
