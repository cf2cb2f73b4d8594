// Layer stack with units in lanes: every matrix is [samples x units], rows padded to whole vectors. For wide layers. Weights stand
// in panels of two vectors of units (one in the last, where that is enough), [inputs x width] each, so that neither the product nor
// its weight gradient rearranges them; the arena keeps them so. What a product multiplies by them stands in blocks of four samples.
#pragma once

#include <algorithm>
#include <array>
#include <vector>

#include "activation_kernels.hpp"
#include "mlp/network.hpp"

namespace mlp::detail {

inline constexpr std::size_t quad = 4;

/// sums[j][v] += the sum over `n` steps of broadcasts[j] * vectors[v]: four broadcasts times `Vectors` vectors. Accumulators and
/// operands fit the 15 vector registers of WebAssembly engines on x86, and two addresses are all there is to count beside them.
template <class A, std::size_t Vectors>
inline void accumulate(simd::Batch<A> (&sums)[quad][Vectors], const float* broadcasts, std::size_t broadcast_step, const float* vectors, std::size_t vector_step,
                       std::size_t vector_gap, std::size_t n) noexcept {
  for (; n > 0; --n, broadcasts += broadcast_step, vectors += vector_step) {
    simd::Batch<A> vector[Vectors];
    for (std::size_t v = 0; v < Vectors; ++v) vector[v] = simd::load<A>(vectors + v * vector_gap);
    for (std::size_t j = 0; j < quad; ++j) {
      const simd::Batch<A> value(broadcasts[j]);
      for (std::size_t v = 0; v < Vectors; ++v) sums[j][v] = simd::multiply_add(value, vector[v], sums[j][v]);
    }
  }
}

/// Panels of a matrix with `units` columns: where each starts and how wide it is.
template <class A>
class Panels {
 public:
  static constexpr std::size_t half = simd::lanes<A>;
  static constexpr std::size_t full = 2 * half;

  explicit Panels(std::size_t units) noexcept : units_(simd::round_up(units, half)) {}
  std::size_t padded() const noexcept { return units_; }
  /// Calls whole(first unit) for each panel of full width and rest(first unit) for the one of half of it, if there is one. The panel of a
  /// matrix with `depth` rows starts at first unit * depth.
  template <class Whole, class Rest>
  void each(Whole whole, Rest rest) const noexcept {
    std::size_t first = 0;
    for (; first + full <= units_; first += full) whole(first);
    if (first < units_) rest(first);
  }
  /// Where the weight of (depth index k, unit u) stands.
  std::size_t at(std::size_t depth, std::size_t k, std::size_t u) const noexcept {
    const std::size_t first = u / full * full;
    return first * depth + k * std::min(full, units_ - first) + (u - first);
  }

 private:
  std::size_t units_;
};

/// Blocks of four samples, element by element side by side: [samples x stride] to [samples / 4][stride][4]. Where four are not left, the
/// last sample is repeated.
inline void interleave(const float* x, std::size_t stride, std::size_t samples, float* blocks) noexcept {
  using Quad = simd::QuadArch;
  for (std::size_t s = 0; s < samples; s += quad, blocks += quad * stride) {
    const float* rows[quad];
    for (std::size_t j = 0; j < quad; ++j) rows[j] = x + std::min(s + j, samples - 1) * stride;
    for (std::size_t k = 0; k < stride; k += quad) {
      simd::Batch<Quad> tile[quad];
      for (std::size_t j = 0; j < quad; ++j) tile[j] = simd::load<Quad>(rows[j] + k);
      simd::transpose<Quad>(tile);
      for (std::size_t j = 0; j < quad; ++j) simd::store<Quad>(blocks + quad * (k + j), tile[j]);
    }
  }
}

/// The given rows of `from`, scaled, as x [samples x stride] and in blocks of four. Four rows are read side by side: they lie anywhere in
/// memory, and while one is waited for, the others come.
template <class T>
void load_rows(const T* from, const InputRows& inputs, std::span<const std::uint32_t> rows, float* x, std::size_t stride, float* blocks) noexcept {
  using Quad = simd::QuadArch;
  const simd::Batch<Quad> scale(inputs.scale);
  const simd::Batch<Quad> offset(inputs.offset);
  const std::size_t columns = inputs.columns;
  for (std::size_t s = 0; s < rows.size(); s += quad, blocks += quad * stride) {
    const T* raw[quad];
    float* scaled[quad];
    for (std::size_t j = 0; j < quad; ++j) {
      const std::size_t sample = std::min(s + j, rows.size() - 1);
      raw[j] = from + rows[sample] * columns;
      scaled[j] = x + sample * stride;
    }
    std::size_t k = 0;
    for (; k + quad <= columns; k += quad) {
      simd::Batch<Quad> tile[quad];
      for (std::size_t j = 0; j < quad; ++j) {
        tile[j] = simd::load<Quad>(raw[j] + k) * scale + offset;
        simd::store<Quad>(scaled[j] + k, tile[j]);
      }
      simd::transpose<Quad>(tile);
      for (std::size_t j = 0; j < quad; ++j) simd::store<Quad>(blocks + quad * (k + j), tile[j]);
    }
    // At most three columns are left, which a compiler does not see: unrolled, the rest would take more room than all the other loops.
#if defined(__clang__)
#pragma clang loop vectorize(disable) unroll(disable)
#endif
    for (; k < columns; ++k)
      for (std::size_t j = 0; j < quad; ++j) blocks[quad * k + j] = scaled[j][k] = static_cast<float>(raw[j][k]) * inputs.scale + inputs.offset;
  }
}

/// z += x times panels, for blocks of x [samples / 4][stride][4] of which `depth` elements count, and z [samples x units]. Each element of
/// z takes its products up in the order of depth. `samples` counts up to a multiple of four: z has room for that many.
template <class A>
void panel_product(const float* blocks, std::size_t stride, const float* panels, float* z, const Panels<A>& shape, std::size_t samples, std::size_t depth) noexcept {
  using F = simd::Batch<A>;
  constexpr std::size_t lanes = simd::lanes<A>;
  constexpr std::size_t full = Panels<A>::full;
  constexpr std::size_t chunk = 256;  // of depth at a time, so that a panel stays in the nearest cache
  const std::size_t z_stride = shape.padded();

  const auto rows_by_vectors = [&]<std::size_t Vectors>(std::size_t first, std::size_t k, std::size_t n) {
    const float* panel = panels + first * depth + k * Vectors * lanes;
    for (std::size_t s = 0; s < samples; s += quad) {
      F sums[quad][Vectors];
      float* row = z + s * z_stride + first;
      for (std::size_t j = 0; j < quad; ++j)
        for (std::size_t v = 0; v < Vectors; ++v) sums[j][v] = simd::load<A>(row + j * z_stride + v * lanes);
      accumulate<A, Vectors>(sums, blocks + s * stride + k * quad, quad, panel, Vectors * lanes, lanes, n);
      for (std::size_t j = 0; j < quad; ++j)
        for (std::size_t v = 0; v < Vectors; ++v) simd::store<A>(row + j * z_stride + v * lanes, sums[j][v]);
    }
  };
  // A panel of four units has too few sums to hide the latency of adding; with samples in lanes there are twice as many.
  const auto units_by_vectors = [&]<std::size_t Blocks>(std::size_t s, std::size_t first, std::size_t k, std::size_t n) {
    F sums[quad][Blocks];
    F tile[lanes];
    const auto row = [&](std::size_t b, std::size_t j) { return z + (s + b * quad + j) * z_stride + first; };
    for (std::size_t b = 0; b < Blocks; ++b) {
      for (std::size_t j = 0; j < quad; ++j) tile[j] = simd::load<A>(row(b, j));
      simd::transpose<A>(tile);
      for (std::size_t j = 0; j < quad; ++j) sums[j][b] = tile[j];
    }
    accumulate<A, Blocks>(sums, panels + first * depth + k * quad, quad, blocks + s * stride + k * quad, quad, quad * stride, n);
    for (std::size_t b = 0; b < Blocks; ++b) {
      for (std::size_t j = 0; j < quad; ++j) tile[j] = sums[j][b];
      simd::transpose<A>(tile);
      for (std::size_t j = 0; j < quad; ++j) simd::store<A>(row(b, j), tile[j]);
    }
  };

  for (std::size_t k = 0; k < depth; k += chunk) {
    const std::size_t n = std::min(chunk, depth - k);
    shape.each([&](std::size_t first) { rows_by_vectors.template operator()<full / lanes>(first, k, n); },
               [&](std::size_t first) {
                 if constexpr (lanes == quad) {
                   std::size_t s = 0;
                   for (; s + quad < samples; s += 2 * quad) units_by_vectors.template operator()<2>(s, first, k, n);
                   if (s < samples) units_by_vectors.template operator()<1>(s, first, k, n);
                 } else {
                   rows_by_vectors.template operator()<1>(first, k, n);
                 }
               });
  }
}

/// Weight gradient in panels: xᵀ d, x [samples x depth], d [samples x units]; written to, or added to, `gradient`.
template <class A>
void panel_gradient(const float* x, std::size_t x_stride, const float* d, float* gradient, const Panels<A>& shape, std::size_t samples, std::size_t depth, bool add) noexcept {
  using F = simd::Batch<A>;
  constexpr std::size_t lanes = simd::lanes<A>;
  constexpr std::size_t full = Panels<A>::full;
  constexpr std::size_t chunk = 16;  // of depth at a time: a cache line of each sample, used by every panel before the next
  const std::size_t d_stride = shape.padded();
  const auto put = [add](float* to, const F& sums) { simd::store<A>(to, add ? simd::load<A>(to) + sums : sums); };

  const auto rows_by_vectors = [&]<std::size_t Vectors>(std::size_t first, std::size_t begin, std::size_t end) {
    for (std::size_t k = begin; k < end; k += quad) {
      F sums[quad][Vectors];
      for (std::size_t j = 0; j < quad; ++j)
        for (std::size_t v = 0; v < Vectors; ++v) sums[j][v] = F(0.f);
      accumulate<A, Vectors>(sums, x + k, x_stride, d + first, d_stride, lanes, samples);
      for (std::size_t j = 0; j < std::min(quad, end - k); ++j)
        for (std::size_t v = 0; v < Vectors; ++v) put(gradient + first * depth + ((k + j) * Vectors + v) * lanes, sums[j][v]);
    }
  };
  const auto units_by_vectors = [&]<std::size_t Vectors>(std::size_t first, std::size_t k, std::size_t end) {
    F sums[quad][Vectors];
    for (std::size_t j = 0; j < quad; ++j)
      for (std::size_t v = 0; v < Vectors; ++v) sums[j][v] = F(0.f);
    accumulate<A, Vectors>(sums, d + first, d_stride, x + k, x_stride, quad, samples);
    for (std::size_t v = 0; v < Vectors; ++v) {
      F tile[lanes];
      for (std::size_t j = 0; j < quad; ++j) tile[j] = sums[j][v];
      simd::transpose<A>(tile);
      for (std::size_t j = 0; j < quad && k + v * quad + j < end; ++j) put(gradient + first * depth + (k + v * quad + j) * quad, tile[j]);
    }
  };

  for (std::size_t begin = 0; begin < depth; begin += chunk) {
    const std::size_t end = std::min(begin + chunk, depth);
    shape.each([&](std::size_t first) { rows_by_vectors.template operator()<full / lanes>(first, begin, end); },
               [&](std::size_t first) {
                 if constexpr (lanes == quad) {
                   std::size_t k = begin;
                   for (; k + quad < end; k += 2 * quad) units_by_vectors.template operator()<2>(first, k, end);
                   if (k < end) units_by_vectors.template operator()<1>(first, k, end);
                 } else {
                   rows_by_vectors.template operator()<1>(first, begin, end);
                 }
               });
  }
}

/// The first `below` of `inputs` columns of one layer's weights in panels over those, [units x width] each.
template <class A>
void transpose_panels(const float* weights, const Panels<A>& over_units, std::size_t units, float* transposed, const Panels<A>& over_inputs, std::size_t below, std::size_t inputs) noexcept {
  using Quad = simd::QuadArch;
  for (std::size_t k = 0; k < over_inputs.padded(); k += quad)
    for (std::size_t u = 0; u < units; u += quad) {
      simd::Batch<Quad> tile[quad];
      for (std::size_t j = 0; j < quad; ++j)
        tile[j] = k + j < below ? simd::load<Quad>(weights + over_units.at(inputs, k + j, u)) : simd::Batch<Quad>(0.f);
      simd::transpose<Quad>(tile);
      for (std::size_t j = 0; j < quad && u + j < units; ++j) simd::store<Quad>(transposed + over_inputs.at(units, u + j, k), tile[j]);
    }
}

template <class A>
class UnitsInLanes final : public LayerStack {
 public:
  explicit UnitsInLanes(std::vector<LayerShape> layers) : layers_(std::move(layers)) {
    input_stride_ = simd::round_up(layers_.front().inputs, quad);
    inputs_.resize(input_stride_ * capacity);
    input_blocks_.resize(input_stride_ * capacity);
    std::size_t largest = 0;
    std::size_t widest = 0;
    for (std::size_t l = 0; l < layers_.size(); ++l) {
      const LayerShape& layer = layers_[l];
      panels_.emplace_back(layer.units);
      const std::size_t padded = panels_.back().padded();
      offsets_.push_back(arena_size_);
      arena_size_ += padded * layer.inputs + padded + simd::round_up(layer.learned(), quad);
      pre_activations_.emplace_back(padded * capacity);
      outputs_.emplace_back(padded * capacity);
      slopes_.emplace_back(padded * capacity);
      widest = std::max(widest, layer.skip > 0 ? std::max(padded, simd::round_up(layer.inputs, quad)) : padded);
      if (l > 0) largest = std::max(largest, Panels<A>(layer.below()).padded() * layer.units);
    }
    blocks_.resize(widest * capacity);
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

  [[gnu::cold]] void pack(std::span<const float> parameters, std::span<float> arena) const noexcept override {
    std::fill(arena.begin(), arena.end(), 0.f);
    each_parameter([&](std::size_t in_public, std::size_t in_arena) { arena[in_arena] = parameters[in_public]; });
  }

  [[gnu::cold]] void unpack(std::span<const float> arena, std::span<float> parameters) const noexcept override {
    each_parameter([&](std::size_t in_public, std::size_t in_arena) { parameters[in_public] = arena[in_arena]; });
  }

  void load(const InputRows& inputs, const std::span<const std::uint32_t>& rows) noexcept override {
    samples_ = rows.size();
    dropping_ = false;
    if (inputs.floats)
      load_rows(inputs.floats, inputs, rows, inputs_.data(), input_stride_, input_blocks_.data());
    else
      load_rows(inputs.bytes, inputs, rows, inputs_.data(), input_stride_, input_blocks_.data());
  }

  [[gnu::cold]] void drop(Random& random) noexcept override {
    dropping_ = true;
    draw_dropout(layers_, samples_, random,
                 [&](std::size_t s, std::size_t l, std::size_t u, bool kept) { masks_[l][s * panels_[l].padded() + u] = kept ? scale_of(l) : 0.f; });
  }

  void forward(const std::span<const float>& arena) noexcept override {
    for (std::size_t l = 0; l < layers_.size(); ++l) {
      LayerShape& layer = layers_[l];
      const std::size_t padded = panels_[l].padded();
      const float* weights = arena.data() + offsets_[l];
      const float* biases = weights + padded * layer.inputs;
      float* z = pre_activations_[l].data();
      if (layer.skip > 0) join(l);
      const Rows x = inputs_of(l);
      if (l > 0) interleave(x.data, x.stride, samples_, blocks_.data());
      for (std::size_t s = 0; s < simd::round_up(samples_, quad); ++s) std::copy_n(biases, padded, z + s * padded);
      panel_product<A>(l == 0 ? input_blocks_.data() : blocks_.data(), x.stride, weights, z, panels_[l], samples_, layer.inputs);
      const ActivationKernels& activation = activation_kernels<A>(layer.activation.index);
      for (std::size_t j = 0; j < activation.learned; ++j) layer.activation.values[j] = static_cast<double>(biases[padded + j]);
      activation.value(z, outputs_[l].data(), samples_ * padded, layer.activation.values);
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

  void backward(const std::span<const float>& arena, const std::span<float>& gradient, bool add) noexcept override {
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
        const Panels<A> over_inputs(layer.below());
        transpose_panels<A>(arena.data() + offsets_[l], panels_[l], layer.units, transposed_.data(), over_inputs, layer.below(), layer.inputs);
        interleave(d, padded, samples_, blocks_.data());
        std::fill_n(slopes_[l - 1].data(), simd::round_up(samples_, quad) * over_inputs.padded(), 0.f);
        panel_product<A>(blocks_.data(), padded, transposed_.data(), slopes_[l - 1].data(), over_inputs, samples_, layer.units);
      }
    }
  }

  [[gnu::cold]] void read_layer(std::size_t layer, float* pre_activations, float* outputs) const noexcept override {
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

  [[gnu::cold]] void set_layer(std::size_t layer, const Operation& activation, double dropout) override {
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

  std::vector<LayerShape> layers_;
  std::vector<Panels<A>> panels_;
  std::vector<std::size_t> offsets_;
  std::size_t arena_size_ = 0;
  std::size_t input_stride_ = 0;
  std::size_t joined_stride_ = 0;
  std::size_t samples_ = 0;
  bool dropping_ = false;
  simd::AlignedVector<float> inputs_;        // [samples x inputs], for the gradient
  simd::AlignedVector<float> input_blocks_;  // the same in blocks, for the product
  simd::AlignedVector<float> blocks_;        // of one layer at a time
  simd::AlignedVector<float> joined_;        // the output layer's inputs where it has a skip edge
  simd::AlignedVector<float> transposed_;
  std::vector<simd::AlignedVector<float>> pre_activations_, outputs_, slopes_;
  std::vector<simd::AlignedVector<float>> masks_, dropped_;  // of layers with dropout
  Matrix result_, result_slope_;
};

}  // namespace mlp::detail
