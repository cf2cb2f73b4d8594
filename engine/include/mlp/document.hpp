// The experiment document: one description of a run, checked and completed here and nowhere else.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mlp/activation.hpp"
#include "mlp/dataset.hpp"
#include "mlp/error.hpp"
#include "mlp/feature.hpp"
#include "mlp/initializer.hpp"
#include "mlp/loss.hpp"
#include "mlp/operation.hpp"
#include "mlp/optimizer.hpp"
#include "mlp/schedule.hpp"
#include "mlp/value.hpp"

namespace mlp {

/// The limits of a document; they appear in messages, in the catalog and in the README from here.
namespace limits {
inline constexpr std::size_t layers = 8;  // hidden layers
inline constexpr std::size_t units = 512;
inline constexpr std::size_t samples = 60000;
inline constexpr std::size_t columns = 4096;
inline constexpr std::size_t classes = 100;
inline constexpr std::size_t outputs = 100;
inline constexpr double test_fraction = 0.95;
inline constexpr double label_noise = 0.5;
inline constexpr double dropout = 0.9;
inline constexpr std::size_t paths = 1000;  // entries of `locked` and of `cut`
inline constexpr double penalty = 100;
inline constexpr double clip_norm = 1e6;
inline constexpr std::size_t memory = std::size_t{768} << 20u;  // bytes of one run
}  // namespace limits

inline constexpr std::uint32_t document_version = 1;

enum class Source { generated, table, idx, mnist };
enum class Sampling { shuffle, replacement, sequential };
enum class Scaling { raw, unit, standardized };

/// One input of the network: a raw column, or an entry of the feature table.
struct FeatureChoice {
  bool computed = false;
  std::size_t index = 0;  // of the column or of the table's entry
  bool operator==(const FeatureChoice&) const = default;
};

struct DataSpec {
  Source source = Source::generated;
  Operation dataset;  // generated
  std::size_t samples = 500;
  double noise = 0;
  double label_noise = 0;  // generated classes: how likely a row's label is another one
  double test_fraction = 0.5;
  std::vector<FeatureChoice> features;  // empty for images
  std::uint32_t seed = 1;

  std::size_t columns = 2;
  std::size_t classes = 0;  // 0 for regression
  std::size_t targets = 1;  // numbers per row, regression

  Scaling scaling = Scaling::unit;          // images
  std::optional<double> mean, deviation;    // given constants of `standardized`, in 0 to 1 units

  // Attachments: present only in a document that is to be run.
  std::vector<float> inputs;
  std::vector<float> target_values;
  std::vector<std::uint32_t> labels;
  Bytes images, image_labels, test_images, test_labels;
};

struct LayerSpec {
  std::size_t units = 1;
  Operation activation;
  double dropout = 0;  // fraction of a hidden layer's outputs that a training step leaves out
};

/// Parameters by their place: "layer", "layer.unit", "layer.unit.input" or "layer.unit.bias", counted from 0.
struct ParameterPath {
  static constexpr std::size_t all = static_cast<std::size_t>(-1);
  static constexpr std::size_t bias = all - 1;
  std::size_t layer = 0;
  std::size_t unit = all;
  std::size_t input = all;
};

struct NetworkSpec {
  std::vector<LayerSpec> layers;  // the output layer last
  bool skip = false;              // the output layer also sees the network's inputs, after the outputs of the last hidden layer
  std::vector<ParameterPath> locked;  // what training does not move
  std::vector<ParameterPath> cut;     // links whose weight is 0 and stays 0
  Operation initializer;
  std::uint32_t seed = 1;
};

struct TrainingSpec {
  Operation loss;
  Operation optimizer;
  Operation schedule;
  std::size_t batch_size = 10;
  Sampling sampling = Sampling::shuffle;
  double l1 = 0;
  double l2 = 0;
  double clip_norm = 0;  // 0: off
  std::uint32_t seed = 1;
};

struct Experiment {
  DataSpec data;
  NetworkSpec network;
  TrainingSpec training;

  /// Inputs of the first layer.
  std::size_t inputs() const noexcept { return data.features.empty() ? data.columns : data.features.size(); }
  /// Links of one unit of a layer.
  std::size_t links(std::size_t layer) const noexcept {
    return (layer == 0 ? 0 : network.layers[layer - 1].units) + (layer == 0 || (network.skip && layer + 1 == network.layers.size()) ? inputs() : 0);
  }
};

/// How the classes of this experiment are written as targets: class indices, bits or signs.
TargetEncoding target_encoding(const Experiment& experiment) noexcept;

/// Outputs that loss and data ask for.
std::size_t output_units(const Experiment& experiment) noexcept;

struct CheckedExperiment {
  Experiment experiment;      // complete, with defaults where the document was silent or wrong
  std::vector<Issue> issues;  // everything that is wrong, in document order
};

/// Reads a document. Never throws for what the document holds; attachments are taken over.
CheckedExperiment check_experiment(const Value& document);

/// Reads a document; throws Error{invalid_document} with the first issue.
Experiment parse_experiment(const Value& document);

/// Reads the `network` and `training` of a document for data that is already there; its `data` is not looked at.
/// Throws Error{invalid_document} with the first issue.
Experiment parse_settings(const Value& document, const DataSpec& data);

/// One operation, "relu" or {"id": "leaky-relu", "slope": 0.1}; what is wrong is added to `issues` under `path`.
Operation read_operation(const Value& value, const std::string& path, std::span<const OperationInfo* const> table, std::vector<Issue>& issues);

/// A parameter's value as documents write it.
Value to_value(const Hyperparameter& parameter, double value);

/// The document of an experiment with every default written out; attachments as descriptors {type, length}.
Value to_value(const Experiment& experiment);

}  // namespace mlp
