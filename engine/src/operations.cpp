#include "mlp/operations.hpp"

#include <cmath>

#include "mlp/activation.hpp"
#include "mlp/error.hpp"
#include "mlp/loss.hpp"

namespace mlp {

ActivationValues evaluate_activation(const Operation& activation, std::span<const float> x) {
  const std::size_t padded = simd::round_up(x.size(), simd::padding);
  std::vector<float> inputs(x.begin(), x.end());
  inputs.resize(padded);
  ActivationValues result{std::vector<float>(padded), std::vector<float>(padded, 1.f)};
  const ActivationKernels& kernels = activation_kernels(activation.index);
  kernels.value(inputs.data(), result.value.data(), padded, activation.values);
  kernels.multiply_slope(inputs.data(), result.value.data(), result.slope.data(), padded, activation.values);
  result.value.resize(x.size());
  result.slope.resize(x.size());
  return result;
}

LossValue evaluate_loss(const Operation& loss, std::span<const float> predictions, std::span<const float> targets, std::size_t outputs) {
  if (outputs == 0 || predictions.empty() || predictions.size() % outputs != 0)
    fail(ErrorCode::invalid_argument, "predictions", {"expected a multiple of {} numbers (outputs), got {}", {outputs, predictions.size()}});
  const std::size_t rows = predictions.size() / outputs;
  const bool indices = loss_facts(loss.index).encoding == TargetEncoding::class_index;
  const std::size_t expected = indices ? rows : predictions.size();
  if (targets.size() != expected) fail(ErrorCode::invalid_argument, "targets", {"expected {} numbers, got {}", {expected, targets.size()}});

  Matrix y(outputs, rows), t(outputs, rows), slope(outputs, rows);
  std::vector<std::uint32_t> labels;
  for (std::size_t r = 0; r < rows; ++r) {
    if (indices) {
      const float label = targets[r];
      if (!(label >= 0 && label < static_cast<float>(outputs) && label == std::floor(label)))
        fail(ErrorCode::invalid_argument, {"targets[{}]", {r}}, {"expected a class index from 0 to {}, got {}", {outputs - 1, label}});
      labels.push_back(static_cast<std::uint32_t>(label));
    }
    for (std::size_t o = 0; o < outputs; ++o) {
      y(o, r) = predictions[r * outputs + o];
      if (!indices) t(o, r) = targets[r * outputs + o];
    }
  }
  const double divisor = loss_divisor(loss.index, rows, outputs);
  LossValue result;
  result.value = loss_kernel(loss.index)(y.view(), {t.view(), labels}, static_cast<float>(1 / divisor), slope.view(), loss.values) / divisor;
  for (std::size_t r = 0; r < rows; ++r)
    for (std::size_t o = 0; o < outputs; ++o) result.slope.push_back(slope(o, r));
  return result;
}

}  // namespace mlp
