// Layer stack with units in lanes: every matrix is [samples x units], rows padded to four. For wide layers. Weights stand in
// panels of eight units (four in the last, where that is enough), [inputs x 8] each, so that neither the product nor its
// weight gradient rearranges anything; the arena keeps them so.
#pragma once

#include <algorithm>
#include <array>
#include <vector>

#include "activation_kernels.hpp"
#include "mlp/network.hpp"

namespace mlp::detail {

inline constexpr std::size_t quad = 4;

/// z[s][0..8) (or 4) = bias + sum over k of x[s][k] * panel[k]. Rows x Vectors accumulators and their operands fit the 15
/// vector registers of WebAssembly engines on x86.
template <class A, std::size_t Rows, std::size_t Vectors>
inline void product_tile(const float* x, std::size_t x_stride, const float* panel, const float* bias, float* z, std::size_t z_stride, std::size_t depth) noexcept {
  using F = simd::Batch<A>;
  constexpr std::size_t lanes = simd::lanes<A>;
  F sums[Rows][Vectors];
  for (std::size_t v = 0; v < Vectors; ++v) {
    const F start = bias ? simd::load<A>(bias + v * lanes) : F(0.f);
    for (std::size_t r = 0; r < Rows; ++r) sums[r][v] = start;
  }
  for (std::size_t k = 0; k < depth; ++k) {
    F w[Vectors];
    for (std::size_t v = 0; v < Vectors; ++v) w[v] = simd::load<A>(panel + (k * Vectors + v) * lanes);
    for (std::size_t r = 0; r < Rows; ++r) {
      const F value(x[r * x_stride + k]);
      for (std::size_t v = 0; v < Vectors; ++v) sums[r][v] = simd::multiply_add(value, w[v], sums[r][v]);
    }
  }
  for (std::size_t r = 0; r < Rows; ++r)
    for (std::size_t v = 0; v < Vectors; ++v) simd::store<A>(z + r * z_stride + v * lanes, sums[r][v]);
}

/// gradient[k][0..8) = (or +=) sum over samples of x[s][k] * d[s][0..8), for `Rows` successive k.
template <class A, std::size_t Rows, std::size_t Vectors>
inline void gradient_tile(const float* x, std::size_t x_stride, const float* d, std::size_t d_stride, float* gradient, std::size_t samples, bool add) noexcept {
  using F = simd::Batch<A>;
  constexpr std::size_t lanes = simd::lanes<A>;
  F sums[Rows][Vectors];
  for (std::size_t r = 0; r < Rows; ++r)
    for (std::size_t v = 0; v < Vectors; ++v) sums[r][v] = F(0.f);
  for (std::size_t s = 0; s < samples; ++s) {
    F delta[Vectors];
    for (std::size_t v = 0; v < Vectors; ++v) delta[v] = simd::load<A>(d + s * d_stride + v * lanes);
    for (std::size_t r = 0; r < Rows; ++r) {
      const F value(x[s * x_stride + r]);
      for (std::size_t v = 0; v < Vectors; ++v) sums[r][v] = simd::multiply_add(value, delta[v], sums[r][v]);
    }
  }
  for (std::size_t r = 0; r < Rows; ++r)
    for (std::size_t v = 0; v < Vectors; ++v) {
      float* target = gradient + (r * Vectors + v) * lanes;
      simd::store<A>(target, add ? simd::load<A>(target) + sums[r][v] : sums[r][v]);
    }
}

/// Calls tile<4>, tile<2> and tile<1> so that they cover 0 to n.
template <class Four, class Two, class One>
inline void cover(std::size_t n, Four four, Two two, One one) noexcept {
  std::size_t i = 0;
  for (; i + 4 <= n; i += 4) four(i);
  for (; i + 2 <= n; i += 2) two(i);
  if (i < n) one(i);
}

/// Panels of a matrix with `units` columns: where each starts and how wide it is.
class Panels {
 public:
  explicit Panels(std::size_t units) noexcept : units_(simd::round_up(units, quad)) {}
  std::size_t padded() const noexcept { return units_; }
  /// Calls visit(first unit, width) for each panel; a panel of a matrix with `depth` rows starts at first unit * depth.
  template <class Visit>
  void each(Visit visit) const noexcept {
    std::size_t first = 0;
    for (; first + 2 * quad <= units_; first += 2 * quad) visit(first, 2 * quad);
    if (first < units_) visit(first, quad);
  }
  /// Where the weight of (depth index k, unit u) stands.
  std::size_t at(std::size_t depth, std::size_t k, std::size_t u) const noexcept {
    const std::size_t first = u / (2 * quad) * (2 * quad);
    const std::size_t width = std::min(2 * quad, units_ - first);
    return first * depth + k * width + (u - first);
  }

 private:
  std::size_t units_;
};

/// z [samples x z_stride] = x [samples x depth] times panels, plus bias (may be null).
template <class A>
void panel_product(const float* x, std::size_t x_stride, const float* panels, const float* bias, float* z, const Panels& shape, std::size_t samples, std::size_t depth) noexcept {
  constexpr std::size_t vectors = 2 * quad / simd::lanes<A>;
  const std::size_t z_stride = shape.padded();
  shape.each([&](std::size_t first, std::size_t width) {
    const float* panel = panels + first * depth;
    const float* start = bias ? bias + first : nullptr;
    const auto rows = [&]<std::size_t Rows>(std::size_t s) {
      if (width == 2 * quad)
        product_tile<A, Rows, vectors>(x + s * x_stride, x_stride, panel, start, z + s * z_stride + first, z_stride, depth);
      else
        product_tile<A, Rows, vectors / 2>(x + s * x_stride, x_stride, panel, start, z + s * z_stride + first, z_stride, depth);
    };
    cover(samples, [&](std::size_t s) { rows.template operator()<4>(s); }, [&](std::size_t s) { rows.template operator()<2>(s); },
          [&](std::size_t s) { rows.template operator()<1>(s); });
  });
}

/// Weight gradient in panels: xᵀ d, x [samples x depth], d [samples x units].
template <class A>
void panel_gradient(const float* x, std::size_t x_stride, const float* d, float* gradient, const Panels& shape, std::size_t samples, std::size_t depth, bool add) noexcept {
  constexpr std::size_t vectors = 2 * quad / simd::lanes<A>;
  const std::size_t d_stride = shape.padded();
  shape.each([&](std::size_t first, std::size_t width) {
    const auto rows = [&]<std::size_t Rows>(std::size_t k) {
      float* target = gradient + first * depth + k * width;
      if (width == 2 * quad)
        gradient_tile<A, Rows, vectors>(x + k, x_stride, d + first, d_stride, target, samples, add);
      else
        gradient_tile<A, Rows, vectors / 2>(x + k, x_stride, d + first, d_stride, target, samples, add);
    };
    cover(depth, [&](std::size_t k) { rows.template operator()<4>(k); }, [&](std::size_t k) { rows.template operator()<2>(k); },
          [&](std::size_t k) { rows.template operator()<1>(k); });
  });
}

template <class A>
class UnitsInLanes final : public LayerStack {
  static_assert(simd::lanes<A> <= quad, "panels are cut for 128-bit lanes");

 public:
  explicit UnitsInLanes(std::vector<LayerShape> layers) : layers_(std::move(layers)) {
    input_stride_ = simd::round_up(layers_.front().inputs, quad);
    inputs_.resize(input_stride_ * capacity);
    std::size_t largest = 0;
    for (std::size_t l = 0; l < layers_.size(); ++l) {
      const LayerShape& layer = layers_[l];
      panels_.emplace_back(layer.units);
      const std::size_t padded = panels_.back().padded();
      offsets_.push_back(arena_size_);
      arena_size_ += padded * layer.inputs + padded + simd::round_up(layer.learned(), quad);
      pre_activations_.emplace_back(padded * capacity);
      outputs_.emplace_back(padded * capacity);
      slopes_.emplace_back(padded * capacity);
      if (l > 0) largest = std::max(largest, simd::round_up(layer.below(), quad) * layer.units);
    }
    transposed_.resize(largest);
    joined_stride_ = simd::round_up(layers_.back().inputs, quad);
    if (layers_.back().skip > 0) joined_.resize(joined_stride_ * capacity);
    masks_.resize(layers_.size());
    dropped_.resize(layers_.size());
    for (std::size_t l = 0; l < layers_.size(); ++l) set_layer(l, layers_[l].activation, layers_[l].dropout);
    result_ = Matrix(layers_.back().units, capacity);
    result_slope_ = Matrix(layers_.back().units, capacity);
  }

  std::size_t arena_size() const noexcept override { return simd::round_up(arena_size_, simd::padding); }

  void pack(std::span<const float> parameters, std::span<float> arena) const noexcept override {
    std::fill(arena.begin(), arena.end(), 0.f);
    each_parameter([&](std::size_t in_public, std::size_t in_arena) { arena[in_arena] = parameters[in_public]; });
  }

  void unpack(std::span<const float> arena, std::span<float> parameters) const noexcept override {
    each_parameter([&](std::size_t in_public, std::size_t in_arena) { parameters[in_public] = arena[in_arena]; });
  }

  void load(const InputRows& inputs, std::span<const std::uint32_t> rows) noexcept override {
    samples_ = rows.size();
    dropping_ = false;
    const float scale = inputs.scale;
    const float offset = inputs.offset;
    for (std::size_t s = 0; s < samples_; ++s) {
      const std::size_t from = rows[s] * inputs.columns;
      float* to = inputs_.data() + s * input_stride_;
      if (inputs.floats)
        for (std::size_t c = 0; c < inputs.columns; ++c) to[c] = inputs.floats[from + c] * scale + offset;
      else
        for (std::size_t c = 0; c < inputs.columns; ++c) to[c] = static_cast<float>(inputs.bytes[from + c]) * scale + offset;
    }
  }

  void drop(Random& random) noexcept override {
    dropping_ = true;
    draw_dropout(layers_, samples_, random,
                 [&](std::size_t s, std::size_t l, std::size_t u, bool kept) { masks_[l][s * panels_[l].padded() + u] = kept ? scale_of(l) : 0.f; });
  }

  void forward(std::span<const float> arena) noexcept override {
    for (std::size_t l = 0; l < layers_.size(); ++l) {
      LayerShape& layer = layers_[l];
      const std::size_t padded = panels_[l].padded();
      const float* weights = arena.data() + offsets_[l];
      const float* biases = weights + padded * layer.inputs;
      if (layer.skip > 0) join(l);
      const Rows x = inputs_of(l);
      panel_product<A>(x.data, x.stride, weights, biases, pre_activations_[l].data(), panels_[l], samples_, layer.inputs);
      const ActivationKernels& activation = activation_kernels<A>(layer.activation.index);
      for (std::size_t j = 0; j < activation.learned; ++j) layer.activation.values[j] = static_cast<double>(biases[padded + j]);
      activation.value(pre_activations_[l].data(), outputs_[l].data(), samples_ * padded, layer.activation.values);
      if (drops(l)) multiply(outputs_[l].data(), masks_[l].data(), dropped_[l].data(), samples_ * padded);
    }
  }

  ConstMatrixView outputs() noexcept override {
    const MatrixView view = narrowed(result_);
    const std::size_t padded = panels_.back().padded();
    for (std::size_t u = 0; u < view.rows; ++u)
      // The padding repeats the last sample, so that it is finite.
      for (std::size_t s = 0; s < view.stride; ++s) view(u, s) = outputs_.back()[std::min(s, samples_ - 1) * padded + u];
    return view;
  }

  MatrixView output_slope() noexcept override { return narrowed(result_slope_); }

  void backward(std::span<const float> arena, std::span<float> gradient, bool add) noexcept override {
    const MatrixView slope = output_slope();
    const std::size_t last = panels_.back().padded();
    for (std::size_t s = 0; s < samples_; ++s)
      for (std::size_t u = 0; u < last; ++u) slopes_.back()[s * last + u] = u < slope.rows ? slope(u, s) : 0.f;

    for (std::size_t l = layers_.size(); l-- > 0;) {
      const LayerShape& layer = layers_[l];
      const std::size_t padded = panels_[l].padded();
      float* d = slopes_[l].data();
      float* dw = gradient.data() + offsets_[l];
      float* db = dw + padded * layer.inputs;
      if (drops(l)) multiply(d, masks_[l].data(), d, samples_ * padded);
      const ActivationKernels& activation = activation_kernels<A>(layer.activation.index);
      if (activation.learned > 0) activation.learned_gradient(pre_activations_[l].data(), d, samples_ * padded, layer.activation.values, db + padded, add);
      activation.multiply_slope(pre_activations_[l].data(), outputs_[l].data(), d, samples_ * padded, layer.activation.values);
      const Rows x = inputs_of(l);
      panel_gradient<A>(x.data, x.stride, d, dw, panels_[l], samples_, layer.inputs, add);
      bias_gradient(d, db, padded, add);
      if (l > 0) {
        transpose(arena.data() + offsets_[l], layer, panels_[l]);
        panel_product<A>(d, padded, transposed_.data(), nullptr, slopes_[l - 1].data(), Panels(layer.below()), samples_, layer.units);
      }
    }
  }

  void read_layer(std::size_t layer, float* pre_activations, float* outputs) const noexcept override {
    const std::size_t units = layers_[layer].units;
    const std::size_t padded = panels_[layer].padded();
    for (std::size_t s = 0; s < samples_; ++s) {
      if (pre_activations) std::copy_n(pre_activations_[layer].data() + s * padded, units, pre_activations + s * units);
      if (outputs) std::copy_n(outputs_[layer].data() + s * padded, units, outputs + s * units);
    }
  }

  void read_unit(std::size_t layer, std::size_t unit, float* outputs) const noexcept override {
    const std::size_t padded = panels_[layer].padded();
    for (std::size_t s = 0; s < samples_; ++s) outputs[s] = outputs_[layer][s * padded + unit];
  }

  void set_layer(std::size_t layer, const Operation& activation, double dropout) override {
    layers_[layer].activation = activation;
    layers_[layer].dropout = dropout;
    masks_[layer].resize(dropout == 0 ? 0 : outputs_[layer].size());
    dropped_[layer].resize(masks_[layer].size());
  }

 private:
  struct Rows {
    const float* data;
    std::size_t stride;
  };

  bool drops(std::size_t layer) const noexcept { return dropping_ && layers_[layer].dropout != 0; }
  float scale_of(std::size_t layer) const noexcept { return static_cast<float>(1 / (1 - layers_[layer].dropout)); }
  /// What a layer hands on.
  Rows fed_by(std::size_t layer) const noexcept { return {drops(layer) ? dropped_[layer].data() : outputs_[layer].data(), panels_[layer].padded()}; }
  Rows inputs_of(std::size_t layer) const noexcept {
    if (layers_[layer].skip > 0) return {joined_.data(), joined_stride_};
    return layer == 0 ? Rows{inputs_.data(), input_stride_} : fed_by(layer - 1);
  }
  /// The outputs below a layer with a skip edge and the network's inputs, side by side.
  void join(std::size_t layer) noexcept {
    const Rows below = fed_by(layer - 1);
    const std::size_t units = layers_[layer].below();
    for (std::size_t s = 0; s < samples_; ++s)
      std::copy_n(inputs_.data() + s * input_stride_, layers_[layer].skip, std::copy_n(below.data + s * below.stride, units, joined_.data() + s * joined_stride_));
  }

  template <class Visit>
  void each_parameter(Visit visit) const noexcept {
    std::size_t in_public = 0;
    for (std::size_t l = 0; l < layers_.size(); ++l) {
      const LayerShape& layer = layers_[l];
      for (std::size_t u = 0; u < layer.units; ++u)
        for (std::size_t i = 0; i < layer.inputs; ++i) visit(in_public++, offsets_[l] + panels_[l].at(layer.inputs, i, u));
      const std::size_t biases = offsets_[l] + panels_[l].padded() * layer.inputs;
      for (std::size_t u = 0; u < layer.units; ++u) visit(in_public++, biases + u);
      for (std::size_t j = 0; j < layer.learned(); ++j) visit(in_public++, biases + panels_[l].padded() + j);
    }
  }

  MatrixView narrowed(Matrix& matrix) const noexcept { return {matrix.data(), matrix.rows(), samples_, simd::round_up(samples_, simd::padding)}; }

  void bias_gradient(const float* d, float* db, std::size_t padded, bool add) const noexcept {
    using F = simd::Batch<A>;
    for (std::size_t u = 0; u < padded; u += simd::lanes<A>) {
      F sum = add ? simd::load<A>(db + u) : F(0.f);
      for (std::size_t s = 0; s < samples_; ++s) sum = sum + simd::load<A>(d + s * padded + u);
      simd::store<A>(db + u, sum);
    }
  }

  /// Panels over the layer's inputs from below, [units x 8] each, of its weights.
  void transpose(const float* weights, const LayerShape& layer, const Panels& panels) noexcept {
    const std::size_t below = layer.below();
    const Panels over_inputs(below);
    over_inputs.each([&](std::size_t first, std::size_t width) {
      for (std::size_t u = 0; u < layer.units; ++u)
        for (std::size_t j = 0; j < width; ++j)
          transposed_[first * layer.units + u * width + j] = first + j < below ? weights[panels.at(layer.inputs, first + j, u)] : 0.f;
    });
  }

  std::vector<LayerShape> layers_;
  std::vector<Panels> panels_;
  std::vector<std::size_t> offsets_;
  std::size_t arena_size_ = 0;
  std::size_t input_stride_ = 0;
  std::size_t joined_stride_ = 0;
  std::size_t samples_ = 0;
  bool dropping_ = false;
  simd::AlignedVector<float> inputs_;
  simd::AlignedVector<float> joined_;  // the output layer's inputs where it has a skip edge
  simd::AlignedVector<float> transposed_;
  std::vector<simd::AlignedVector<float>> pre_activations_, outputs_, slopes_;
  std::vector<simd::AlignedVector<float>> masks_, dropped_;  // of layers with dropout
  Matrix result_, result_slope_;
};

}  // namespace mlp::detail
