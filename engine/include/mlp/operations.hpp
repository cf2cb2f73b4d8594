// Single operations on arrays, for benches and for looking at functions on their own.
#pragma once

#include <span>
#include <vector>

#include "mlp/operation.hpp"

namespace mlp {

struct ActivationValues {
  std::vector<float> value;
  std::vector<float> slope;
};

/// f(x) and f'(x) for each x.
ActivationValues evaluate_activation(const Operation& activation, std::span<const float> x);

struct LossValue {
  double value = 0;
  std::vector<float> slope;  // [rows x outputs], derivative of value with respect to each prediction
};

/// Loss of predictions [rows x outputs] (logits for the cross-entropies); targets of the same shape, or one class index per row
/// for cross-entropy. Throws Error{invalid_argument}.
LossValue evaluate_loss(const Operation& loss, std::span<const float> predictions, std::span<const float> targets, std::size_t outputs);

}  // namespace mlp
