// One experiment under way: what a front end drives. JavaScript's Run has the same members.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "mlp/reference.hpp"
#include "mlp/trainer.hpp"
#include "mlp/value.hpp"

namespace mlp {

enum class Split { train, test, all };

/// "train", "test" or "all". Throws Error{invalid_argument}.
Split split_named(std::string_view name);

/// Rows of a split in the data's own units.
struct SplitData {
  std::size_t rows = 0;
  std::size_t columns = 0;
  std::vector<float> inputs;          // [rows x columns]
  std::vector<std::uint32_t> labels;  // [rows], classification
  std::vector<float> targets;         // [rows x outputs], regression
};

struct LayerActivations {
  std::vector<float> pre_activations;  // [rows x units]
  std::vector<float> outputs;          // [rows x units]
};

/// A grid of points in the plane: `columns` x `rows` cells over [x_min, x_max] x [y_min, y_max], looked at in their centres.
struct Grid {
  double x_min = -6, x_max = 6;
  double y_min = -6, y_max = 6;
  std::size_t columns = 100;
  std::size_t rows = 100;
};

/// What is looked at of a unit.
enum class Quantity { outputs, sums };

struct NumericalGradients {
  std::vector<double> gradient;
  std::size_t evaluations = 0;
};

/// A document with every default, everything that is wrong with it, and the bytes that its run will hold: nothing where it cannot
/// run, because of issues or because its data are missing.
struct CheckedRun : CheckedExperiment {
  std::optional<std::uint64_t> memory;
};

/// Reads a document as Run does, and builds nothing. More memory than limits::memory is an issue.
CheckedRun check_run(const Value& document);

/// The result of an evaluation in parts.
struct EvaluatedRows {
  Evaluation evaluation;
  Outcomes outcomes;
};

/// Numbers that are read part by part: where they stand elsewhere, all of them need not be held here at once.
struct RawInputs {
  std::size_t size;
  const void* source;
  /// Writes as many as `to` holds, from place `first` on.
  void (*read)(const void* source, std::size_t first, std::span<float> to);
};

class Run {
 public:
  /// Throws Error: invalid_document, needs_data, bad_file, out_of_memory.
  explicit Run(const Value& document);

  /// The document with every default filled in; attachments as descriptors.
  const Value& experiment() const noexcept { return document_; }

  /// Lays `partial` over the document, without reset: anything but the data and, except for widening, the shape.
  void update(const Value& partial);

  /// Inputs of the network, units of its outputs, numbers of parameters().
  std::size_t columns() const noexcept { return trainer_->samples().columns(); }
  std::size_t outputs() const noexcept { return trainer_->experiment().network.layers.back().units; }
  std::size_t layers() const noexcept { return trainer_->experiment().network.layers.size(); }
  std::size_t units(std::size_t layer) const noexcept { return trainer_->experiment().network.layers[layer].units; }
  std::size_t classes() const noexcept { return trainer_->experiment().data.classes; }

  SplitData data(Split split) const;
  Progress train(const Budget& budget) { return trainer_->train(budget); }
  Progress progress() const noexcept { return trainer_->progress(); }
  /// The rows of the next step's batch, as places in data(Split::train). The run stays as it is, bit for bit.
  std::vector<std::uint32_t> batch() noexcept { return trainer_->batch(); }
  OptimizerState optimizer() const { return trainer_->optimizer(); }
  Evaluation evaluate(Split split);
  /// Each row's own loss, and the class it is taken for.
  Outcomes outcomes(Split split);
  /// Begins an evaluation in parts of the parameters as they are now, on the first `most` rows of the split; steps of training may be
  /// done between the parts. A later one of the same split, and update(), give it up. Throws Error{invalid_argument} for a split
  /// without rows.
  void begin_evaluation(Split split, std::size_t most);
  /// Goes on for so long. Once all rows were seen: the result, and what became of each; nothing until then.
  /// Throws Error{invalid_argument} where none of this split has begun.
  std::optional<EvaluatedRows> continue_evaluation(Split split, double milliseconds);

  /// [rows x outputs]; probabilities where the loss makes them. `inputs`: [rows x columns] in the data's own units.
  std::vector<float> predict(std::span<const float> inputs);
  std::vector<float> predict_from(const RawInputs& inputs);
  std::vector<float> parameters() const { return trainer_->parameters(); }
  void set_parameters(std::span<const float> parameters);
  std::vector<float> gradients(Split split);
  NumericalGradients numerical_gradients(Split split, double epsilon);
  /// Which outputs of a layer the last step kept, [rows of its batch x units] of 0 and 1; empty before the first step.
  /// Throws Error{invalid_argument} for a layer without dropout.
  std::vector<std::uint8_t> dropout_mask(std::size_t layer) const;
  LayerActivations activations(std::span<const float> inputs, std::size_t layer);

  /// Values over a grid, row 0 at the smallest y: as predict gives them, [rows x columns x outputs]; or of one unit.
  std::vector<float> surface(const Grid& grid, std::optional<std::size_t> layer, std::optional<std::size_t> unit);
  /// Outputs of every unit of every layer over a grid, [units of all layers x rows x columns]; the last layer's are scores.
  /// Or their sums, the pre-activations, which tell where a unit bends.
  std::vector<float> maps(const Grid& grid, Quantity quantity = Quantity::outputs);

  std::vector<std::uint8_t> snapshot() const;
  /// Throws Error{bad_file}; the run stays as it was.
  void restore(std::span<const std::uint8_t> bytes);

  /// Mean and standard deviation of the training images in 0 to 1 units, and what the network is fed with: raw * scale + offset.
  const Samples& samples() const noexcept { return trainer_->samples(); }
  std::size_t memory() const noexcept { return trainer_->memory(); }

 private:
  std::vector<std::uint32_t> rows_of(Split split) const;
  ReferenceSamples reference_samples(std::span<const std::uint32_t> rows) const;
  template <class Visit>
  void forward(const RawInputs& inputs, Visit visit) {
    forward(inputs, [](void* context, std::size_t first, std::size_t rows) { (*static_cast<Visit*>(context))(first, rows); }, &visit);
  }
  void forward(const RawInputs& inputs, void (*visit)(void* context, std::size_t first, std::size_t rows), void* context);
  std::vector<float> grid_points(const Grid& grid) const;
  /// Units of all layers together.
  std::size_t all_units() const noexcept;

  std::unique_ptr<Trainer> trainer_;
  Value document_;
  std::array<std::optional<EvaluationInParts>, 3> evaluations_;  // by split
};

}  // namespace mlp
