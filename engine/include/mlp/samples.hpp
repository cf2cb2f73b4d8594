// The rows of an experiment: generated, tabled or read from images; what the network is fed with, and what it should answer.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "mlp/document.hpp"
#include "mlp/matrix.hpp"
#include "mlp/network.hpp"

namespace mlp {

class Samples {
 public:
  /// Takes over the attachments of `data`. Throws Error{needs_data} for the recipe "mnist".
  explicit Samples(DataSpec& data);
  // inputs() points into the object's own arrays.
  Samples(const Samples&) = delete;
  Samples& operator=(const Samples&) = delete;

  std::size_t rows() const noexcept { return rows_; }
  std::size_t columns() const noexcept { return columns_; }
  std::span<const std::uint32_t> train() const noexcept { return train_; }
  std::span<const std::uint32_t> test() const noexcept { return test_; }

  /// What the first layer reads: features computed and scaling applied.
  const InputRows& inputs() const noexcept { return inputs_; }
  /// Constants of the scaling: the network is fed with raw * scale + offset.
  float scale() const noexcept { return inputs_.scale; }
  float offset() const noexcept { return inputs_.offset; }

  /// One row in the data's own units; `out` has columns() floats.
  void copy_raw(std::size_t row, float* out) const noexcept;
  std::span<const std::uint32_t> labels() const noexcept { return labels_; }
  std::span<const float> target_values() const noexcept { return target_values_; }
  std::size_t targets() const noexcept { return targets_; }

  /// Targets of the given rows in the encoding asked for: `values` [outputs x rows] or `labels` [rows].
  void gather_targets(TargetEncoding encoding, std::span<const std::uint32_t> rows, MatrixView values, std::span<std::uint32_t> labels) const noexcept;

  /// Feeds any raw rows (not of the data) through the same features: `raw` [rows x columns] to `out` [rows x inputs].
  void compute_features(std::span<const float> raw, std::size_t rows, float* out) const;
  /// Whether the features are the columns themselves.
  bool plain() const noexcept { return plain_; }
  std::size_t features() const noexcept { return plain_ ? columns_ : features_.size(); }

  /// Mean and standard deviation of the training rows, in the units that scaling `unit` gives. Images only.
  double mean() const noexcept { return mean_; }
  double deviation() const noexcept { return deviation_; }

  /// Bytes held.
  std::size_t memory() const noexcept;

 private:
  void take_generated(const DataSpec& data);
  void take_images(DataSpec& data);
  void split(const DataSpec& data);
  void scale_images(const DataSpec& data);

  std::size_t rows_ = 0;
  std::size_t columns_ = 0;
  std::size_t targets_ = 1;
  bool plain_ = true;  // the features are the columns themselves
  std::vector<FeatureChoice> features_;
  std::vector<float> raw_;
  std::vector<std::uint8_t> pixels_;
  std::vector<float> computed_;
  std::vector<std::uint32_t> labels_;
  std::vector<float> target_values_;
  std::vector<std::uint32_t> train_, test_;
  InputRows inputs_;
  double mean_ = 0;
  double deviation_ = 1;
};

}  // namespace mlp
