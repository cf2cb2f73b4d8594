// The loops behind loss_kernel, as templates on the architecture so that tests can run them on several.
#pragma once

#include <algorithm>
#include <type_traits>

#include "mlp/loss.hpp"
#include "table.hpp"

namespace mlp::detail {

template <class Op, class A>
double elementwise_loss(ConstMatrixView y, const Targets& targets, float scale, MatrixView slope, const Hyperparameters& parameters) noexcept {
  using F = simd::Batch<A>;
  constexpr std::size_t lanes = simd::lanes<A>;
  const F factor(scale);
  double sum = 0;
  for (std::size_t r = 0; r < y.rows; ++r) {
    F row_sum(0.f);
    for (std::size_t c = 0; c < y.columns; c += lanes) {
      const F prediction = simd::load<A>(y.row(r) + c);
      const F target = simd::load<A>(targets.values.row(r) + c);
      F value = Op::value(prediction, target, parameters);
      F derivative = Op::slope(prediction, target, parameters) * factor;
      if (c + lanes > y.columns) {
        const auto inside = simd::ones<A>(y.columns - c) > F(0.f);
        value = simd::select(inside, value, F(0.f));
        derivative = simd::select(inside, derivative, F(0.f));
      }
      row_sum = row_sum + value;
      if (slope.data) simd::store<A>(slope.row(r) + c, derivative);
    }
    sum += static_cast<double>(simd::sum<A>(row_sum));
  }
  return sum;
}

template <class A>
double cross_entropy_loss(ConstMatrixView z, const Targets& targets, float scale, MatrixView slope) noexcept {
  using F = simd::Batch<A>;
  constexpr std::size_t lanes = simd::lanes<A>;
  double sum = 0;
  for (std::size_t c = 0; c < z.columns; c += lanes) {
    F maximum = simd::load<A>(z.row(0) + c);
    for (std::size_t r = 1; r < z.rows; ++r) maximum = simd::max(maximum, simd::load<A>(z.row(r) + c));
    F total(0.f);
    for (std::size_t r = 0; r < z.rows; ++r) {
      const F e = simd::exp(simd::load<A>(z.row(r) + c) - maximum);
      total = total + e;
      if (slope.data) simd::store<A>(slope.row(r) + c, e);
    }
    const std::size_t inside = std::min(lanes, z.columns - c);
    // ln(total) + (maximum - z): the difference is exact where the sample is right, which keeps small losses accurate.
    float log_total[lanes];
    float largest[lanes];
    simd::store<A>(log_total, simd::log(total));
    simd::store<A>(largest, maximum);
    for (std::size_t s = 0; s < inside; ++s) sum += static_cast<double>(log_total[s] + (largest[s] - z(targets.labels[c + s], c + s)));
    if (!slope.data) continue;
    const F factor = F(scale) / total;
    const auto mask = simd::ones<A>(inside) > F(0.f);
    for (std::size_t r = 0; r < z.rows; ++r)
      simd::store<A>(slope.row(r) + c, simd::select(mask, simd::load<A>(slope.row(r) + c) * factor, F(0.f)));
    for (std::size_t s = 0; s < inside; ++s) slope(targets.labels[c + s], c + s) -= scale;
  }
  return sum;
}

template <class Op, class A>
double loss_of_samples(const ConstMatrixView& y, const Targets& targets, float scale, const MatrixView& slope, const Hyperparameters& parameters) noexcept {
  if constexpr (Op::encoding == TargetEncoding::class_index)
    return cross_entropy_loss<A>(y, targets, scale, slope);
  else
    return elementwise_loss<Op, A>(y, targets, scale, slope, parameters);
}

}  // namespace mlp::detail

namespace mlp {

template <class A>
LossKernel loss_kernel(std::size_t index) noexcept {
  static constexpr auto kernels = detail::Table<Losses>::map([]<class Op>() -> LossKernel { return &detail::loss_of_samples<Op, A>; });
  return kernels[index];
}

}  // namespace mlp
