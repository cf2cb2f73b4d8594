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

/// z = W a + b for `Vectors` vectors of samples; W [rows x columns], a [columns x stride], z [rows x stride], b null for none. As many
/// multiply-add chains are in flight as there are vectors. `Columns` is their number where it is known, and 0 where it is not.
template <class A, std::size_t Vectors, std::size_t Columns>
inline void affine_vectors(const Weights& w, const float* bias, const float* a, float* z, std::size_t rows, std::size_t any_columns, std::size_t stride) noexcept {
  using F = simd::Batch<A>;
  const std::size_t columns = Columns == 0 ? any_columns : Columns;
  const float* row = w.data;
  for (std::size_t r = 0; r < rows; ++r, row += w.row_step, z += stride) {
    F sums[Vectors];
    for (F& sum : sums) sum = F(bias ? bias[r] : 0.f);
    const float* weight = row;
    const float* from = a;
    for (std::size_t c = 0; c < columns; ++c, weight += w.column_step, from += stride)
      for (std::size_t v = 0; v < Vectors; ++v) sums[v] = simd::multiply_add(F(*weight), simd::load<A>(from + v * simd::lanes<A>), sums[v]);
    for (std::size_t v = 0; v < Vectors; ++v) simd::store<A>(z + v * simd::lanes<A>, sums[v]);
  }
}

template <class A, std::size_t Columns>
void affine(const Weights& w, const float* bias, const float* a, float* z, std::size_t rows, std::size_t columns, std::size_t stride) noexcept {
  constexpr std::size_t lanes = simd::lanes<A>;
  std::size_t s = 0;
  for (; s + 4 * lanes <= stride; s += 4 * lanes) affine_vectors<A, 4, Columns>(w, bias, a + s, z + s, rows, columns, stride);
  switch ((stride - s) / lanes) {
    case 3: return affine_vectors<A, 3, Columns>(w, bias, a + s, z + s, rows, columns, stride);
    case 2: return affine_vectors<A, 2, Columns>(w, bias, a + s, z + s, rows, columns, stride);
    case 1: return affine_vectors<A, 1, Columns>(w, bias, a + s, z + s, rows, columns, stride);
    default: return;
  }
}

/// A loop over one or two columns costs as much as what it does. With more of them known to the compiler it would load them all at once,
/// and they would not fit the registers.
template <class A>
void affine(const Weights& w, const float* bias, const float* a, float* z, std::size_t rows, std::size_t columns, std::size_t stride) noexcept {
  switch (columns) {
    case 1: return affine<A, 1>(w, bias, a, z, rows, columns, stride);
    case 2: return affine<A, 2>(w, bias, a, z, rows, columns, stride);
    default: return affine<A, 0>(w, bias, a, z, rows, columns, stride);
  }
}

/// out[j] = (or += where `add`) the sum of sums[j]'s lanes, for the first `count` of four. All four at once where a vector has four lanes:
/// the lanes are added in the order of simd::sum.
template <class A>
inline void put_sums(simd::Batch<A> (&sums)[4], float* out, std::size_t count, bool add) noexcept {
  if constexpr (simd::lanes<A> == 4) {
    simd::transpose<A>(sums);
    simd::Batch<A> total = (sums[0] + sums[1]) + (sums[2] + sums[3]);
    if (count == 4) return simd::store<A>(out, add ? simd::load<A>(out) + total : total);
    float lane[4];
    simd::store<A>(lane, total);
    for (std::size_t j = 0; j < count; ++j) out[j] = add ? out[j] + lane[j] : lane[j];
  } else {
    for (std::size_t j = 0; j < count; ++j) out[j] = add ? out[j] + simd::sum<A>(sums[j]) : simd::sum<A>(sums[j]);
  }
}

/// dW = dz aᵀ, db = row sums of dz; written to, or added to, `gradient`: dw [out x in], after it db [out]. dz is 0 in its padding. A
/// bias is the weight of an input that is 1, of which `one` is a row. Four sums at a time, in the order of the parameters.
template <class A>
void affine_gradient(const float* dz, const float* a, const float* one, float* gradient, std::size_t out, std::size_t in, std::size_t stride, bool add) noexcept {
  using F = simd::Batch<A>;
  const std::size_t weights = out * in;
  const std::size_t count = weights + out;
  std::size_t o = 0;
  std::size_t i = 0;
  for (std::size_t at = 0; at < count; at += 4) {
    F sums[4] = {F(0.f), F(0.f), F(0.f), F(0.f)};
    if (at < weights && i + 4 <= in) {
      const float* d = dz + o * stride;
      const float* x = a + i * stride;
      for (std::size_t s = 0; s < stride; s += simd::lanes<A>) {
        const F delta = simd::load<A>(d + s);
        for (std::size_t j = 0; j < 4; ++j) sums[j] = simd::multiply_add(delta, simd::load<A>(x + j * stride + s), sums[j]);
      }
      i += 4;
      if (i == in) {
        i = 0;
        ++o;
      }
    } else {
      const float* d[4];
      const float* x[4];
      for (std::size_t j = 0; j < 4; ++j) {
        const std::size_t k = std::min(at + j, count - 1);
        d[j] = dz + (k < weights ? o : k - weights) * stride;
        x[j] = k < weights ? a + i * stride : one;
        if (++i >= in) {
          i = 0;
          ++o;
        }
      }
      for (std::size_t s = 0; s < stride; s += simd::lanes<A>)
        for (std::size_t j = 0; j < 4; ++j) sums[j] = simd::multiply_add(simd::load<A>(d[j] + s), simd::load<A>(x[j] + s), sums[j]);
    }
    put_sums<A>(sums, gradient + at, std::min<std::size_t>(4, count - at), add);
  }
}

template <class A>
class SamplesInLanes final : public LayerStack {
 public:
  static constexpr std::size_t step = simd::lanes<A> > 4 ? simd::lanes<A> : 4;

  explicit SamplesInLanes(std::vector<LayerShape> layers) : layers_(std::move(layers)) {
    inputs_.resize(layers_.front().inputs * capacity);
    one_.assign(capacity, 1.f);
    for (std::size_t l = 0; l < layers_.size(); ++l) {
      const LayerShape& layer = layers_[l];
      offsets_.push_back(parameters_);
      parameters_ += layer.parameters();
      pre_activations_.emplace_back(layer.units * capacity);
      outputs_.emplace_back(layer.units * capacity);
      // Room for the slopes of inputs that skip this layer, which are computed with its own and not used.
      slopes_.emplace_back((layer.units + (l + 1 < layers_.size() ? layers_[l + 1].skip : 0)) * capacity);
    }
    if (layers_.back().skip > 0) joined_.resize(layers_.back().inputs * capacity);
    masks_.resize(layers_.size());
    dropped_.resize(layers_.size());
    for (std::size_t l = 0; l < layers_.size(); ++l) set_layer(l, layers_[l].activation, layers_[l].dropout);
  }

  std::size_t arena_size() const noexcept override { return simd::round_up(parameters_, step); }

  void pack(std::span<const float> parameters, std::span<float> arena) const noexcept override {
    std::fill(std::copy(parameters.begin(), parameters.end(), arena.begin()), arena.end(), 0.f);
  }

  void unpack(std::span<const float> arena, std::span<float> parameters) const noexcept override {
    std::copy_n(arena.begin(), parameters_, parameters.begin());
  }

  void load(const InputRows& inputs, std::span<const std::uint32_t> rows) noexcept override {
    samples_ = rows.size();
    stride_ = simd::round_up(samples_, step);
    dropping_ = false;
    if (inputs.floats)
      load_columns(inputs.floats, inputs, rows);
    else
      load_columns(inputs.bytes, inputs, rows);
  }

  void drop(Random& random) noexcept override {
    dropping_ = true;
    draw_dropout(layers_, samples_, random, [&](std::size_t s, std::size_t l, std::size_t u, bool kept) { masks_[l][u * stride_ + s] = kept ? scale_of(l) : 0.f; });
  }

  void forward(std::span<const float> arena) noexcept override {
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

  void backward(std::span<const float> arena, std::span<float> gradient, bool add) noexcept override {
    for (std::size_t l = layers_.size(); l-- > 0;) {
      const LayerShape& layer = layers_[l];
      const float* weights = arena.data() + offsets_[l];
      float* dw = gradient.data() + offsets_[l];
      float* db = dw + layer.units * layer.inputs;
      const std::size_t n = layer.units * stride_;
      if (drops(l)) multiply(slopes_[l].data(), masks_[l].data(), slopes_[l].data(), n);
      const ActivationKernels& activation = activation_kernels<A>(layer.activation.index);
      if (activation.learned > 0) activation.learned_gradient(pre_activations_[l].data(), slopes_[l].data(), n, layer.activation.values, db + layer.units, add);
      activation.multiply_slope(pre_activations_[l].data(), outputs_[l].data(), slopes_[l].data(), n, layer.activation.values);
      affine_gradient<A>(slopes_[l].data(), inputs_of(l), one_.data(), dw, layer.units, layer.inputs, stride_, add);
      if (l > 0) affine<A>({weights, 1, layer.inputs}, nullptr, slopes_[l].data(), slopes_[l - 1].data(), layer.inputs, layer.units, stride_);
    }
    if (!add) std::fill(gradient.begin() + static_cast<std::ptrdiff_t>(parameters_), gradient.end(), 0.f);
  }

  void read_layer(std::size_t layer, float* pre_activations, float* outputs) const noexcept override {
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

  void set_layer(std::size_t layer, const Operation& activation, double dropout) override {
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

  template <class T>
  void load_columns(const T* values, const InputRows& inputs, std::span<const std::uint32_t> rows) noexcept {
    const std::size_t columns = inputs.columns;
    const float scale = inputs.scale;
    const float offset = inputs.offset;
    for (std::size_t s = 0; s < stride_; ++s) {
      // Padding repeats the first sample: finite exactly when the samples are.
      const T* from = values + rows[s < samples_ ? s : 0] * columns;
      float* to = inputs_.data() + s;
      for (std::size_t c = 0; c < columns; ++c, to += stride_) *to = static_cast<float>(from[c]) * scale + offset;
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
  simd::AlignedVector<float> one_;  // the input that a bias is the weight of
  std::vector<simd::AlignedVector<float>> pre_activations_, outputs_, slopes_;
  std::vector<simd::AlignedVector<float>> masks_, dropped_;  // of layers with dropout
};

}  // namespace mlp::detail
