// Layer stack with samples in lanes: every matrix is [units x samples]. For narrow layers, where a vector of units would be
// mostly padding. Every sum over inputs runs in the inputs' order and every sum over samples lane by lane, so that results
// do not depend on how loops are unrolled, and a sample's outputs not on its place in the batch.
#pragma once

#include <algorithm>
#include <vector>

#include "activation_kernels.hpp"
#include "mlp/network.hpp"

namespace mlp::detail {

/// z = W a + b for `width` columns; W [out x in] row-major, a [in x stride], z [out x stride]. Up to four vectors of samples
/// per pass keep as many multiply-add chains in flight.
template <class A, std::size_t Vectors>
inline void affine_columns(const float* weights, const float* bias, const float* a, float* z, std::size_t out, std::size_t in, std::size_t stride) noexcept {
  using F = simd::Batch<A>;
  for (std::size_t o = 0; o < out; ++o) {
    const float* row = weights + o * in;
    F sums[Vectors];
    for (std::size_t v = 0; v < Vectors; ++v) sums[v] = F(bias[o]);
    for (std::size_t i = 0; i < in; ++i) {
      const F w(row[i]);
      for (std::size_t v = 0; v < Vectors; ++v) sums[v] = simd::multiply_add(w, simd::load<A>(a + i * stride + v * simd::lanes<A>), sums[v]);
    }
    for (std::size_t v = 0; v < Vectors; ++v) simd::store<A>(z + o * stride + v * simd::lanes<A>, sums[v]);
  }
}

template <class A>
void affine_forward(const float* weights, const float* bias, const float* a, float* z, std::size_t out, std::size_t in, std::size_t stride) noexcept {
  std::size_t c = 0;
  for (; c + 4 * simd::lanes<A> <= stride; c += 4 * simd::lanes<A>) affine_columns<A, 4>(weights, bias, a + c, z + c, out, in, stride);
  for (; c + 2 * simd::lanes<A> <= stride; c += 2 * simd::lanes<A>) affine_columns<A, 2>(weights, bias, a + c, z + c, out, in, stride);
  for (; c < stride; c += simd::lanes<A>) affine_columns<A, 1>(weights, bias, a + c, z + c, out, in, stride);
}

/// da = Wᵀ dz: derivative with respect to the layer's inputs. Shapes as in affine_forward.
template <class A>
void affine_backward_inputs(const float* weights, const float* dz, float* da, std::size_t out, std::size_t in, std::size_t stride) noexcept {
  using F = simd::Batch<A>;
  for (std::size_t c = 0; c < stride; c += simd::lanes<A>) {
    std::size_t i = 0;
    for (; i + 4 <= in; i += 4) {
      F sums[4] = {F(0.f), F(0.f), F(0.f), F(0.f)};
      for (std::size_t o = 0; o < out; ++o) {
        const F d = simd::load<A>(dz + o * stride + c);
        for (std::size_t j = 0; j < 4; ++j) sums[j] = simd::multiply_add(F(weights[o * in + i + j]), d, sums[j]);
      }
      for (std::size_t j = 0; j < 4; ++j) simd::store<A>(da + (i + j) * stride + c, sums[j]);
    }
    for (; i < in; ++i) {
      F sum(0.f);
      for (std::size_t o = 0; o < out; ++o) sum = simd::multiply_add(F(weights[o * in + i]), simd::load<A>(dz + o * stride + c), sum);
      simd::store<A>(da + i * stride + c, sum);
    }
  }
}

/// dW = dz aᵀ, db = row sums of dz; written to, or added to, dw [out x in] and db [out]. dz is 0 in its padding.
template <class A>
void affine_backward_parameters(const float* dz, const float* a, float* dw, float* db, std::size_t out, std::size_t in, std::size_t stride, bool add) noexcept {
  using F = simd::Batch<A>;
  const auto put = [add](float& target, const F& sums) { target = add ? target + simd::sum<A>(sums) : simd::sum<A>(sums); };
  for (std::size_t o = 0; o < out; ++o) {
    const float* d = dz + o * stride;
    std::size_t i = 0;
    for (; i + 4 <= in; i += 4) {
      F sums[4] = {F(0.f), F(0.f), F(0.f), F(0.f)};
      for (std::size_t c = 0; c < stride; c += simd::lanes<A>) {
        const F delta = simd::load<A>(d + c);
        for (std::size_t j = 0; j < 4; ++j) sums[j] = simd::multiply_add(delta, simd::load<A>(a + (i + j) * stride + c), sums[j]);
      }
      for (std::size_t j = 0; j < 4; ++j) put(dw[o * in + i + j], sums[j]);
    }
    for (; i < in; ++i) {
      F sums(0.f);
      for (std::size_t c = 0; c < stride; c += simd::lanes<A>) sums = simd::multiply_add(simd::load<A>(d + c), simd::load<A>(a + i * stride + c), sums);
      put(dw[o * in + i], sums);
    }
    F sums(0.f);
    for (std::size_t c = 0; c < stride; c += simd::lanes<A>) sums = sums + simd::load<A>(d + c);
    put(db[o], sums);
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
    for (std::size_t s = 0; s < stride_; ++s) {
      // Padding repeats the first sample: finite exactly when the samples are.
      const std::size_t row = rows[s < samples_ ? s : 0];
      for (std::size_t c = 0; c < inputs.columns; ++c) {
        const std::size_t at = row * inputs.columns + c;
        const float value = inputs.floats ? inputs.floats[at] : static_cast<float>(inputs.bytes[at]);
        inputs_[c * stride_ + s] = value * inputs.scale + inputs.offset;
      }
    }
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
      affine_forward<A>(weights, biases, inputs_of(l), pre_activations_[l].data(), layer.units, layer.inputs, stride_);
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
      affine_backward_parameters<A>(slopes_[l].data(), inputs_of(l), dw, db, layer.units, layer.inputs, stride_, add);
      if (l > 0) affine_backward_inputs<A>(weights, slopes_[l].data(), slopes_[l - 1].data(), layer.units, layer.inputs, stride_);
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

  std::vector<LayerShape> layers_;
  std::vector<std::size_t> offsets_;
  std::size_t parameters_ = 0;
  std::size_t samples_ = 0;
  std::size_t stride_ = 0;
  bool dropping_ = false;
  simd::AlignedVector<float> inputs_;
  simd::AlignedVector<float> joined_;  // the output layer's inputs where it has a skip edge
  std::vector<simd::AlignedVector<float>> pre_activations_, outputs_, slopes_;
  std::vector<simd::AlignedVector<float>> masks_, dropped_;  // of layers with dropout
};

}  // namespace mlp::detail
