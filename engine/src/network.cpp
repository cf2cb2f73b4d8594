#include "mlp/network.hpp"

#include "samples_in_lanes.hpp"
#include "units_in_lanes.hpp"

namespace mlp {
namespace {

/// Beyond this many weights in one layer, vectors of units are full enough to win.
constexpr std::size_t narrow_weights = 1024;

}  // namespace

std::size_t LayerShape::learned() const noexcept { return learned_parameters(*activation_table()[activation.index]); }

bool is_wide(std::span<const LayerShape> layers) noexcept {
  return std::any_of(layers.begin(), layers.end(), [](const LayerShape& layer) { return layer.inputs * layer.units > narrow_weights; });
}

[[gnu::cold]] std::unique_ptr<LayerStack> make_layer_stack(std::vector<LayerShape> layers) {
  if (is_wide(layers)) return std::make_unique<detail::UnitsInLanes<simd::Arch>>(std::move(layers));
  return std::make_unique<detail::SamplesInLanes<simd::Arch>>(std::move(layers));
}

[[gnu::cold]] std::size_t layer_stack_memory(std::span<const LayerShape> layers) noexcept {
  const bool wide = is_wide(layers);
  std::size_t floats = simd::round_up(layers.front().inputs, simd::padding) * capacity * (wide ? 2 : 1);
  std::size_t widest = 0;
  for (const LayerShape& layer : layers) {
    const std::size_t padded = simd::round_up(layer.units, simd::padding);
    floats += 3 * padded * capacity;
    if (layer.dropout > 0) floats += 2 * padded * capacity;
    if (layer.skip > 0) floats += (simd::round_up(layer.inputs, simd::padding) + layer.skip) * capacity;
    widest = std::max(widest, layer.skip > 0 ? std::max(padded, simd::round_up(layer.inputs, simd::padding)) : padded);
    if (wide) floats += padded * layer.inputs;  // room to transpose, at most
  }
  floats += wide ? widest * capacity : simd::round_up(parameter_count(layers), simd::padding) * simd::lanes<>;
  return floats * sizeof(float);
}

std::size_t parameter_count(std::span<const LayerShape> layers) noexcept {
  std::size_t count = 0;
  for (const LayerShape& layer : layers) count += layer.parameters();
  return count;
}

}  // namespace mlp
