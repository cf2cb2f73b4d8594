// Layer stack with samples in lanes: every matrix is [units x samples]. For narrow layers, where a vector of units would be
// mostly padding. Every sum over inputs runs in the inputs' order and every sum over samples lane by lane, so that results
// do not depend on how loops are unrolled, and a sample's outputs not on its place in the batch.
#pragma once

#include <algorithm>
#include <vector>

#include "activation_kernels.hpp"
#include "mlp/network.hpp"

namespace mlp::detail {

/// Weights seen from either side: element (row, column) of W, or of its transpose.
struct Weights {
  const float* data;
  std::size_t row_step;
  std::size_t column_step;
};

/// z = W a + b for `Rows` rows of W and `Vectors` vectors of samples; bias null for none. A vector that is loaded serves every row, and as
/// many multiply-add chains are in flight as there are results: 2 x 4 of them, with what they are fed by, are what the registers of
/// every engine hold.
template <class A, std::size_t Rows, std::size_t Vectors>
inline void affine_tile(const float* weights, const Weights& w, const float* bias, const float* a, float* z, std::size_t columns, std::size_t stride) noexcept {
  using F = simd::Batch<A>;
  F sums[Rows][Vectors];
  for (std::size_t r = 0; r < Rows; ++r)
    for (F& sum : sums[r]) sum = F(bias ? bias[r] : 0.f);
  for (std::size_t c = 0; c < columns; ++c, weights += w.column_step, a += stride) {
    F from[Vectors];
    for (std::size_t v = 0; v < Vectors; ++v) from[v] = simd::load<A>(a + v * simd::lanes<A>);
    for (std::size_t r = 0; r < Rows; ++r) {
      const F weight(weights[r * w.row_step]);
      for (std::size_t v = 0; v < Vectors; ++v) sums[r][v] = simd::multiply_add(weight, from[v], sums[r][v]);
    }
  }
  for (std::size_t r = 0; r < Rows; ++r)
    for (std::size_t v = 0; v < Vectors; ++v) simd::store<A>(z + r * stride + v * simd::lanes<A>, sums[r][v]);
}

/// The same for all rows.
template <class A, std::size_t Vectors>
inline void affine_vectors(const Weights& w, const float* bias, const float* a, float* z, std::size_t rows, std::size_t columns, std::size_t stride) noexcept {
  const float* weights = w.data;
  for (; rows >= 2; rows -= 2, weights += 2 * w.row_step, z += 2 * stride) {
    affine_tile<A, 2, Vectors>(weights, w, bias, a, z, columns, stride);
    if (bias) bias += 2;
  }
  if (rows > 0) affine_tile<A, 1, Vectors>(weights, w, bias, a, z, columns, stride);
}

/// The same for all samples: W [rows x columns], a [columns x stride], z [rows x stride].
template <class A>
void affine(const Weights& w, const float* bias, const float* a, float* z, std::size_t rows, std::size_t columns, std::size_t stride) noexcept {
  constexpr std::size_t lanes = simd::lanes<A>;
  std::size_t s = 0;
  for (; s + 4 * lanes <= stride; s += 4 * lanes) affine_vectors<A, 4>(w, bias, a + s, z + s, rows, columns, stride);
  switch ((stride - s) / lanes) {
    case 3: return affine_vectors<A, 3>(w, bias, a + s, z + s, rows, columns, stride);
    case 2: return affine_vectors<A, 2>(w, bias, a + s, z + s, rows, columns, stride);
    case 1: return affine_vectors<A, 1>(w, bias, a + s, z + s, rows, columns, stride);
    default: return;
  }
}

/// Sums over the samples of d * x for `Outputs` rows of d and `Inputs` of x, and, where `bias` is given, of d alone: each a vector that
/// add_lanes has yet to sum. Those of one row of d stand `row` floats before those of the next.
template <class A, std::size_t Outputs, std::size_t Inputs, bool Bias>
inline void gradient_tile(const float* d, const float* x, std::size_t stride, float* weights, std::size_t row, float* bias) noexcept {
  using F = simd::Batch<A>;
  F sums[Outputs][Inputs], totals[Outputs];
  for (std::size_t o = 0; o < Outputs; ++o) {
    for (F& sum : sums[o]) sum = F(0.f);
    totals[o] = F(0.f);
  }
  for (std::size_t s = 0; s < stride; s += simd::lanes<A>) {
    F deltas[Outputs];
    for (std::size_t o = 0; o < Outputs; ++o) {
      deltas[o] = simd::load<A>(d + o * stride + s);
      if constexpr (Bias) totals[o] = totals[o] + deltas[o];
    }
    for (std::size_t i = 0; i < Inputs; ++i) {
      const F input = simd::load<A>(x + i * stride + s);
      for (std::size_t o = 0; o < Outputs; ++o) sums[o][i] = simd::multiply_add(deltas[o], input, sums[o][i]);
    }
  }
  for (std::size_t o = 0; o < Outputs; ++o) {
    for (std::size_t i = 0; i < Inputs; ++i) simd::store<A>(weights + o * row + i * simd::lanes<A>, sums[o][i]);
    if constexpr (Bias) simd::store<A>(bias + o * simd::lanes<A>, totals[o]);
  }
}

/// The same for all rows of x.
template <class A, std::size_t Outputs>
inline void gradient_rows(const float* d, const float* x, std::size_t in, std::size_t stride, float* weights, float* bias) noexcept {
  constexpr std::size_t lanes = simd::lanes<A>;
  constexpr std::size_t block = 4;
  const std::size_t row = in * lanes;
  for (; in > block; in -= block, x += block * stride, weights += block * lanes) gradient_tile<A, Outputs, block, false>(d, x, stride, weights, row, nullptr);
  switch (in) {
    case 4: return gradient_tile<A, Outputs, 4, true>(d, x, stride, weights, row, bias);
    case 3: return gradient_tile<A, Outputs, 3, true>(d, x, stride, weights, row, bias);
    case 2: return gradient_tile<A, Outputs, 2, true>(d, x, stride, weights, row, bias);
    default: return gradient_tile<A, Outputs, 1, true>(d, x, stride, weights, row, bias);
  }
}

/// dW = dz aᵀ, db = row sums of dz, as vectors that add_lanes has yet to sum: dW [out x in], after it db [out]. dz is 0 in its padding.
template <class A>
void affine_gradient(const float* dz, const float* a, float* sums, std::size_t out, std::size_t in, std::size_t stride) noexcept {
  constexpr std::size_t lanes = simd::lanes<A>;
  float* bias = sums + out * in * lanes;
  for (; out >= 2; out -= 2, dz += 2 * stride, sums += 2 * in * lanes, bias += 2 * lanes) gradient_rows<A, 2>(dz, a, in, stride, sums, bias);
  if (out > 0) gradient_rows<A, 1>(dz, a, in, stride, sums, bias);
}

/// gradient[i] = (or += where `add`) the sum of the i-th vector's lanes, in the order of simd::sum. `count` is a multiple of four. Four at
/// once where a vector has four lanes.
template <class A>
void add_lanes(const float* sums, float* gradient, std::size_t count, bool add) noexcept {
  using F = simd::Batch<A>;
  if constexpr (simd::lanes<A> == 4) {
    for (std::size_t i = 0; i < count; i += 4, sums += 16) {
      F lane[4] = {simd::load<A>(sums), simd::load<A>(sums + 4), simd::load<A>(sums + 8), simd::load<A>(sums + 12)};
      simd::transpose<A>(lane);
      const F total = (lane[0] + lane[1]) + (lane[2] + lane[3]);
      simd::store<A>(gradient + i, add ? simd::load<A>(gradient + i) + total : total);
    }
  } else {
    for (std::size_t i = 0; i < count; ++i, sums += simd::lanes<A>) {
      const float total = simd::sum<A>(simd::load<A>(sums));
      gradient[i] = add ? gradient[i] + total : total;
    }
  }
}

template <class A>
class SamplesInLanes final : public LayerStack {
 public:
  static constexpr std::size_t step = simd::lanes<A> > 4 ? simd::lanes<A> : 4;

  explicit SamplesInLanes(std::vector<LayerShape> layers) : layers_(std::move(layers)) {
    inputs_.resize(layers_.front().inputs * capacity);
    for (std::size_t l = 0; l < layers_.size(); ++l) {
      const LayerShape& layer = layers_[l];
      offsets_.push_back(parameters_);
      parameters_ += layer.parameters();
      pre_activations_.emplace_back(layer.units * capacity);
      outputs_.emplace_back(layer.units * capacity);
      // Room for the slopes of inputs that skip this layer, which are computed with its own and not used.
      slopes_.emplace_back((layer.units + (l + 1 < layers_.size() ? layers_[l + 1].skip : 0)) * capacity);
    }
    sums_.resize(arena_size() * simd::lanes<A>);
    if (layers_.back().skip > 0) joined_.resize(layers_.back().inputs * capacity);
    masks_.resize(layers_.size());
    dropped_.resize(layers_.size());
    for (std::size_t l = 0; l < layers_.size(); ++l) set_layer(l, layers_[l].activation, layers_[l].dropout);
  }

  std::size_t arena_size() const noexcept override { return simd::round_up(parameters_, step); }

  [[gnu::cold]] void pack(std::span<const float> parameters, std::span<float> arena) const noexcept override {
    std::fill(std::copy(parameters.begin(), parameters.end(), arena.begin()), arena.end(), 0.f);
  }

  [[gnu::cold]] void unpack(std::span<const float> arena, std::span<float> parameters) const noexcept override {
    std::copy_n(arena.begin(), parameters_, parameters.begin());
  }

  void load(const InputRows& inputs, const std::span<const std::uint32_t>& rows) noexcept override {
    samples_ = rows.size();
    stride_ = simd::round_up(samples_, step);
    dropping_ = false;
    if (inputs.floats)
      load_columns(inputs.floats, inputs, rows);
    else
      load_columns(inputs.bytes, inputs, rows);
  }

  [[gnu::cold]] void drop(Random& random) noexcept override {
    dropping_ = true;
    draw_dropout(layers_, samples_, random, [&](std::size_t s, std::size_t l, std::size_t u, bool kept) { masks_[l][u * stride_ + s] = kept ? scale_of(l) : 0.f; });
  }

  void forward(const std::span<const float>& arena) noexcept override {
    for (std::size_t l = 0; l < layers_.size(); ++l) {
      LayerShape& layer = layers_[l];
      const float* weights = arena.data() + offsets_[l];
      const float* biases = weights + layer.units * layer.inputs;
      if (layer.skip > 0) {
        const float* below = fed_by(l - 1);
        std::copy_n(inputs_.data(), layer.skip * stride_, std::copy_n(below, layer.below() * stride_, joined_.data()));
      }
      affine<A>({weights, layer.inputs, 1}, biases, inputs_of(l), pre_activations_[l].data(), layer.units, layer.inputs, stride_);
      const ActivationKernels& activation = activation_kernels<A>(layer.activation.index);
      for (std::size_t j = 0; j < activation.learned; ++j) layer.activation.values[j] = static_cast<double>(biases[layer.units + j]);
      activation.value(pre_activations_[l].data(), outputs_[l].data(), layer.units * stride_, layer.activation.values);
      if (drops(l)) multiply(outputs_[l].data(), masks_[l].data(), dropped_[l].data(), layer.units * stride_);
    }
  }

  ConstMatrixView outputs() noexcept override { return {outputs_.back().data(), layers_.back().units, samples_, stride_}; }
  MatrixView output_slope() noexcept override { return {slopes_.back().data(), layers_.back().units, samples_, stride_}; }

  void backward(const std::span<const float>& arena, const std::span<float>& gradient, bool add) noexcept override {
    for (std::size_t l = layers_.size(); l-- > 0;) {
      const LayerShape& layer = layers_[l];
      const float* weights = arena.data() + offsets_[l];
      float* sums = sums_.data() + offsets_[l] * simd::lanes<A>;
      const std::size_t n = layer.units * stride_;
      if (drops(l)) multiply(slopes_[l].data(), masks_[l].data(), slopes_[l].data(), n);
      const ActivationKernels& activation = activation_kernels<A>(layer.activation.index);
      if (activation.learned > 0) {
        float learned[max_hyperparameters];
        activation.learned_gradient(pre_activations_[l].data(), slopes_[l].data(), n, layer.activation.values, learned, false);
        for (std::size_t j = 0; j < activation.learned; ++j) sums[(layer.units * (layer.inputs + 1) + j) * simd::lanes<A>] = learned[j];
      }
      activation.multiply_slope(pre_activations_[l].data(), outputs_[l].data(), slopes_[l].data(), n, layer.activation.values);
      affine_gradient<A>(slopes_[l].data(), inputs_of(l), sums, layer.units, layer.inputs, stride_);
      if (l > 0) affine<A>({weights, 1, layer.inputs}, nullptr, slopes_[l].data(), slopes_[l - 1].data(), layer.inputs, layer.units, stride_);
    }
    add_lanes<A>(sums_.data(), gradient.data(), arena_size(), add);
  }

  [[gnu::cold]] void read_layer(std::size_t layer, float* pre_activations, float* outputs) const noexcept override {
    const std::size_t units = layers_[layer].units;
    for (std::size_t s = 0; s < samples_; ++s)
      for (std::size_t u = 0; u < units; ++u) {
        if (pre_activations) pre_activations[s * units + u] = pre_activations_[layer][u * stride_ + s];
        if (outputs) outputs[s * units + u] = outputs_[layer][u * stride_ + s];
      }
  }

  void read_unit(std::size_t layer, std::size_t unit, float* outputs) const noexcept override {
    std::copy_n(outputs_[layer].data() + unit * stride_, samples_, outputs);
  }

  [[gnu::cold]] void set_layer(std::size_t layer, const Operation& activation, double dropout) override {
    layers_[layer].activation = activation;
    layers_[layer].dropout = dropout;
    masks_[layer].resize(dropout == 0 ? 0 : outputs_[layer].size());
    dropped_[layer].resize(masks_[layer].size());
  }

 private:
  bool drops(std::size_t layer) const noexcept { return dropping_ && layers_[layer].dropout != 0; }
  float scale_of(std::size_t layer) const noexcept { return static_cast<float>(1 / (1 - layers_[layer].dropout)); }
  /// What a layer hands on.
  const float* fed_by(std::size_t layer) const noexcept { return drops(layer) ? dropped_[layer].data() : outputs_[layer].data(); }
  const float* inputs_of(std::size_t layer) const noexcept {
    if (layers_[layer].skip > 0) return joined_.data();
    return layer == 0 ? inputs_.data() : fed_by(layer - 1);
  }

  /// Whole vectors of one column at a time: rows that are not there repeat the first, finite exactly when the samples are.
  template <class T>
  void load_columns(const T* values, const InputRows& inputs, std::span<const std::uint32_t> rows) noexcept {
    using F = simd::Batch<A>;
    const F scale(inputs.scale);
    const F offset(inputs.offset);
    for (std::size_t s = 0; s < stride_; s += simd::lanes<A>) {
      const T* from[simd::lanes<A>];
      for (std::size_t j = 0; j < simd::lanes<A>; ++j) from[j] = values + rows[s + j < samples_ ? s + j : 0] * inputs.columns;
      float* to = inputs_.data() + s;
      for (std::size_t c = 0; c < inputs.columns; ++c, to += stride_) simd::store<A>(to, simd::gather<A>(from, c) * scale + offset);
    }
  }

  std::vector<LayerShape> layers_;
  std::vector<std::size_t> offsets_;
  std::size_t parameters_ = 0;
  std::size_t samples_ = 0;
  std::size_t stride_ = 0;
  bool dropping_ = false;
  simd::AlignedVector<float> inputs_;
  simd::AlignedVector<float> joined_;  // the output layer's inputs where it has a skip edge
  simd::AlignedVector<float> sums_;    // the gradient, a vector for each parameter; 0 in the padding
  std::vector<simd::AlignedVector<float>> pre_activations_, outputs_, slopes_;
  std::vector<simd::AlignedVector<float>> masks_, dropped_;  // of layers with dropout
};

}  // namespace mlp::detail
