// The network in double precision, written for the eye: one sample at a time, no SIMD, the C++ library's functions. It is the
// oracle of the tests and the source of numerical gradients.
#pragma once

#include <span>
#include <vector>

#include "mlp/network.hpp"
#include "mlp/operation.hpp"

namespace mlp {

/// Samples for the reference: row-major; `targets` holds class indices (one per row) for cross-entropy.
struct ReferenceSamples {
  std::size_t rows = 0;
  std::vector<double> inputs;   // [rows x inputs]
  std::vector<double> targets;  // [rows x outputs] or [rows]
  /// What dropout multiplies the outputs of each layer by, [rows x units]; without it, empty.
  std::vector<std::vector<double>> dropout = {};
};

/// Loss as defined over all samples, for parameters in the public order; with a non-empty `gradient` also its derivative
/// with respect to each parameter, by the chain rule.
double reference_loss(std::span<const LayerShape> layers, const Operation& loss, std::span<const double> parameters, const ReferenceSamples& samples, std::span<double> gradient);

/// The same derivative by central differences, (L(p + h) - L(p - h)) / 2h, two evaluations of the loss per parameter.
std::vector<double> numerical_gradient(std::span<const LayerShape> layers, const Operation& loss, std::span<const double> parameters, const ReferenceSamples& samples, double h);

}  // namespace mlp
