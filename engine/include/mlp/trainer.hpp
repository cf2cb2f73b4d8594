// Training: batches, epochs, optimizer state, evaluation.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "mlp/document.hpp"
#include "mlp/loss.hpp"
#include "mlp/network.hpp"
#include "mlp/random.hpp"
#include "mlp/samples.hpp"

namespace mlp {

enum class Status { ready, running, diverged };

constexpr std::string_view name(Status status) noexcept {
  switch (status) {
    case Status::ready: return "ready";
    case Status::running: return "running";
    case Status::diverged: break;
  }
  return "diverged";
}

/// Why training stopped: the first layer at fault and what of it is no longer finite
/// ("weights", "biases", "outputs", or "loss" for the last layer).
struct Cause {
  std::size_t layer = 0;
  std::string_view quantity;
};

struct Progress {
  std::uint64_t step = 0;   // completed updates
  std::uint64_t epoch = 0;  // completed passes over the training rows
  double loss = std::numeric_limits<double>::quiet_NaN();  // mean over this call's batches, each before its update; NaN without one
  Status status = Status::ready;
  std::optional<Cause> cause;
};

/// How long to train: the first limit that is reached ends it. Without any limit nothing is done.
struct Budget {
  std::optional<std::uint64_t> steps = {};
  std::optional<std::uint64_t> epochs = {};
  std::optional<double> milliseconds = {};
};

struct Evaluation {
  double loss = 0;
  // Classification:
  double accuracy = 0;                   // fraction
  std::vector<std::uint32_t> confusion;  // [classes x classes], row = true class
  // Regression:
  double r2 = 0;  // coefficient of determination; NaN where the targets do not vary
};

/// What became of every single row.
struct Outcomes {
  std::vector<float> losses;             // [rows], each as if it were a batch of its own
  std::vector<std::uint32_t> predicted;  // [rows], the class it is taken for; empty for regression
};

/// An evaluation in parts: the parameters that it is of, and what the rows so far have added up to.
struct EvaluationInParts {
  std::vector<std::uint32_t> rows;
  simd::AlignedVector<float> parameters;
  std::size_t done = 0;
  double loss = 0;
  std::uint64_t right = 0;
  std::vector<std::uint32_t> confusion;
  bool each_row = false;  // whether every row's own outcome is kept
  Outcomes outcomes;
  double residual = 0;
  std::vector<double> target_sum, target_squares;
  bool complete() const noexcept { return done == rows.size(); }
};

/// The layers of an experiment's network.
std::vector<LayerShape> shape_of(const Experiment& experiment);

/// What a layer's parameters are as many as.
struct LayerSize {
  std::size_t units = 0;
  std::size_t inputs = 0;  // links of one unit
  std::size_t learned = 0;
  std::size_t parameters() const noexcept { return units * (inputs + 1) + learned; }
  bool operator==(const LayerSize&) const = default;
};

std::vector<LayerSize> sizes_of(std::span<const LayerShape> layers);

/// Everything that training has changed, in the public order of parameters.
struct TrainingState {
  std::vector<LayerSize> layers;
  std::string optimizer;
  std::uint64_t step = 0;
  std::uint64_t optimizer_step = 0;
  std::uint64_t epoch = 0;
  std::uint64_t position = 0;  // rows of this epoch already used
  std::array<std::uint32_t, 4> sampling{};
  std::array<std::uint32_t, 4> epoch_start{};
  std::optional<std::array<std::uint32_t, 4>> dropout;  // absent in the first version of snapshots
  std::vector<float> parameters;
  std::vector<float> optimizer_state;  // rows of parameters' length
};

/// What the next update is made with.
struct OptimizerState {
  double rate = 0;            // learning rate after the schedule
  std::uint64_t step = 1;     // 1 for this optimizer's first update
  std::vector<float> values;  // rows of parameters' length: velocities, moving averages
};

/// What is wrong when `what` would need more than limits::memory; nothing when it fits.
std::optional<std::string> memory_issue(std::uint64_t bytes, std::string_view what, std::string_view remedy);
/// The same for a run, which holds so many bytes.
std::optional<std::string> run_memory_issue(std::uint64_t bytes);

class Trainer {
 public:
  /// Throws Error{needs_data} without data, Error{out_of_memory} when the run would exceed limits::memory.
  explicit Trainer(Experiment experiment);

  const Experiment& experiment() const noexcept { return experiment_; }
  const Samples& samples() const noexcept { return samples_; }
  LayerStack& stack() noexcept { return *stack_; }
  std::span<const float> arena() const noexcept { return parameters_; }
  std::vector<LayerShape> shape() const;

  /// The rows of the next step's batch, as places among the training rows, in their order. The run stays as it is, bit for bit.
  std::vector<std::uint32_t> batch() noexcept;
  OptimizerState optimizer() const;

  Progress train(const Budget& budget);
  Progress progress() const noexcept;

  /// Throws Error{invalid_argument} for no rows.
  Evaluation evaluate(std::span<const std::uint32_t> rows);
  Outcomes outcomes(std::span<const std::uint32_t> rows);

  /// The same in parts, with steps of training between them: what counts are the parameters as they are now. A change of the network
  /// or the loss ends its use. Throws Error{invalid_argument} for no rows.
  EvaluationInParts begin_evaluation(std::vector<std::uint32_t> rows, bool each_row) const;
  /// Looks at one row at least, and goes on for so long.
  void continue_evaluation(EvaluationInParts& evaluation, double milliseconds);
  /// Requires: a complete one.
  Evaluation result(const EvaluationInParts& evaluation) const;

  std::vector<float> parameters() const;
  /// Requires: as many as parameters() gives, 0 for cut links. Training may go on after a divergence.
  void set_parameters(std::span<const float> parameters);
  /// Places of the cut links among parameters(), in the order of the document.
  std::span<const std::size_t> cut() const noexcept { return cut_; }

  /// Gradient of the loss over all given rows, without penalties and dropout, in the order of parameters(); 0 for cut links.
  std::vector<float> gradients(std::span<const std::uint32_t> rows);

  /// Which outputs of a layer the last step kept, [rows of its batch x units] of 0 and 1. Empty before the first step, and after a
  /// change of the network.
  std::vector<std::uint8_t> dropout_mask(std::size_t layer) const;

  /// Takes over loss, optimizer, activations and the other settings that leave data and the number of parameters alone.
  void reconfigure(const NetworkSpec& network, const TrainingSpec& training);

  /// The same with hidden layers that have become wider, a skip edge or learned parameters that came or went, or an output layer
  /// that went from one unit for two classes to two or back. What the network computes stays (at an output, where its activation is
  /// the identity): new units and new skip edges start with links of weight 0.
  /// Throws Error{invalid_argument} for any other change of shape.
  void reshape(const NetworkSpec& network, const TrainingSpec& training);

  TrainingState state() const;
  /// Requires: a state of this shape. An optimizer state of another optimizer is an Error{bad_file}.
  void set_state(const TrainingState& state);

  /// Bytes held by this run.
  std::size_t memory() const noexcept;
  /// Bytes that a run of this experiment will hold, at most. 64 bits: a document may ask for more than a module can address.
  static std::uint64_t memory_needed(const Experiment& experiment) noexcept;

 private:
  /// Loss of the rows (divided), and its gradient in gradient_; with the dropout drawn from `dropout` where that is given.
  double loss_and_gradient(std::span<const std::uint32_t> rows, Random* dropout) noexcept;
  void step(double& loss) noexcept;
  std::span<const std::uint32_t> next_batch() noexcept;
  /// Learning rate of the next step.
  double rate() const noexcept;
  std::vector<float> optimizer_values() const;
  void begin_epoch() noexcept;
  void add_penalties() noexcept;
  void clip_gradient() noexcept;
  void diverge(Cause cause) noexcept;
  Cause find_cause(std::span<const std::uint32_t> batch, Random dropout) noexcept;
  /// Finds what is locked and cut in the arena, where cut links and the optimizer's state of both become 0.
  void hold_parameters();
  Targets gather_targets(std::span<const std::uint32_t> rows) noexcept;
  /// The class that one sample's scores stand for; of equal scores the lowest.
  std::size_t predicted_class(ConstMatrixView scores, std::size_t sample) const noexcept;
  void evaluate_chunk(EvaluationInParts& evaluation);
  void add_losses(ConstMatrixView scores, const Targets& targets, std::vector<float>& losses) const;

  Experiment experiment_;
  Samples samples_;
  std::unique_ptr<LayerStack> stack_;
  std::size_t parameter_count_ = 0;
  TargetEncoding encoding_ = TargetEncoding::bits;
  simd::AlignedVector<float> parameters_, gradient_, optimizer_state_;
  Matrix target_values_;
  std::vector<std::uint32_t> target_labels_;
  std::vector<std::uint32_t> order_, batch_;
  Random sampling_, epoch_start_;
  Random dropout_, mask_start_;  // of the next step, of the last one
  std::size_t mask_rows_ = 0;    // of the last step's batch
  bool drops_ = false;           // whether any layer has dropout
  std::vector<std::size_t> held_;    // places in the arena that training does not move
  std::vector<float> held_values_;
  std::vector<std::size_t> cut_;
  std::uint64_t step_ = 0;
  std::uint64_t optimizer_step_ = 0;  // steps since this optimizer began
  std::uint64_t epoch_ = 0;
  std::uint64_t position_ = 0;
  std::optional<Cause> cause_;
};

}  // namespace mlp
