// A stack of dense layers, forward and backward, on a limited number of samples at a time. Two memory layouts implement it:
// samples in lanes for narrow networks, units in lanes for wide ones. Which one is used follows from the shape alone, so that
// it is the same on every machine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "mlp/matrix.hpp"
#include "mlp/operation.hpp"
#include "mlp/random.hpp"

namespace mlp {

/// One dense layer: y = f(W x + b).
struct LayerShape {
  std::size_t inputs;  // links of one unit
  std::size_t units;
  Operation activation;
  std::size_t skip = 0;  // of the inputs, the last so many are the network's own; the rest are the outputs of the layer below
  double dropout = 0;    // fraction of outputs that a training step leaves out

  std::size_t below() const noexcept { return inputs - skip; }
  /// Parameters that the activation learns.
  std::size_t learned() const noexcept;
  std::size_t parameters() const noexcept { return units * inputs + units + learned(); }
};

/// Dropout of `rows` samples: calls put(sample, layer, unit, kept), sample by sample, for every unit of a layer that has any. One
/// random number each: what is dropped does not depend on how the samples are cut into chunks, nor on the layout of memory.
template <class Put>
void draw_dropout(std::span<const LayerShape> layers, std::size_t rows, Random& random, Put put) {
  for (std::size_t s = 0; s < rows; ++s)
    for (std::size_t l = 0; l < layers.size(); ++l) {
      if (layers[l].dropout == 0) continue;
      const auto threshold = static_cast<std::uint32_t>(layers[l].dropout * 0x1p32);
      for (std::size_t u = 0; u < layers[l].units; ++u) put(s, l, u, random.next() >= threshold);
    }
}

/// Rows of inputs: floats or bytes, row-major; the network is fed with value * scale + offset.
struct InputRows {
  const float* floats = nullptr;
  const std::uint8_t* bytes = nullptr;  // used when floats is null
  std::size_t columns = 0;
  float scale = 1;
  float offset = 0;
};

/// Parameters come in two orders: the public one (layer by layer: weights [units x inputs] row-major, biases, then what the
/// activation learns) and that of the `arena`, which is the layout's own. Optimizers work on arenas; what is padding there stays 0.
class LayerStack {
 public:
  virtual ~LayerStack() = default;

  /// Floats of an arena, a multiple of simd::padding.
  virtual std::size_t arena_size() const noexcept = 0;
  /// Public order to arena; padding becomes 0.
  virtual void pack(std::span<const float> parameters, std::span<float> arena) const noexcept = 0;
  /// Arena to public order.
  virtual void unpack(std::span<const float> arena, std::span<float> parameters) const noexcept = 0;

  // Spans and views that cross a call of every step do so by reference: WebAssembly has them in memory, and a copy, in other pieces than
  // it was written in, waits for the writing.

  /// Takes the given rows as the current samples. Requires: 1 to `capacity` rows.
  virtual void load(const InputRows& inputs, const std::span<const std::uint32_t>& rows) noexcept = 0;
  /// Draws which outputs of the current samples are dropped; what is kept is scaled so that its expectation stays. Holds for
  /// forward and backward until the next load.
  virtual void drop(Random& random) noexcept = 0;
  /// Computes every layer for the current samples.
  virtual void forward(const std::span<const float>& arena) noexcept = 0;
  /// The last layer's outputs, [units x samples].
  virtual ConstMatrixView outputs() noexcept = 0;
  /// Where backward expects the loss's derivative with respect to outputs(), [units x samples]; its padding must be 0.
  virtual MatrixView output_slope() noexcept = 0;
  /// Gradient of the loss for the current samples, into `gradient` (an arena) or added to it.
  virtual void backward(const std::span<const float>& arena, const std::span<float>& gradient, bool add) noexcept = 0;

  /// Pre-activations and outputs (before dropout) of one layer, [samples x units]; either may be null.
  virtual void read_layer(std::size_t layer, float* pre_activations, float* outputs) const noexcept = 0;
  /// Outputs of one unit, [samples].
  virtual void read_unit(std::size_t layer, std::size_t unit, float* outputs) const noexcept = 0;
  /// Changes activation and dropout of a layer in place; what its activation learns has to stay as many.
  virtual void set_layer(std::size_t layer, const Operation& activation, double dropout) = 0;
};

/// Samples that a stack takes at once. Larger batches are worked off in chunks of it, whose gradients are added.
inline constexpr std::size_t capacity = 256;

/// Whether networks of this shape keep units, rather than samples, in lanes.
bool is_wide(std::span<const LayerShape> layers) noexcept;

/// A stack for these layers, on the architecture the engine was built for.
std::unique_ptr<LayerStack> make_layer_stack(std::vector<LayerShape> layers);

/// Bytes that make_layer_stack will allocate.
std::size_t layer_stack_memory(std::span<const LayerShape> layers) noexcept;

/// Number of parameters in the public order.
std::size_t parameter_count(std::span<const LayerShape> layers) noexcept;

}  // namespace mlp
