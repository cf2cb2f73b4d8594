// The loops behind activation_kernels, as templates on the architecture so that tests can run them on several.
#pragma once

#include "mlp/activation.hpp"
#include "table.hpp"

namespace mlp::detail {

template <class Op, class A>
void activation_value(const float* x, float* y, std::size_t n, const Hyperparameters& parameters) noexcept {
  for (std::size_t i = 0; i < n; i += simd::lanes<A>) simd::store<A>(y + i, Op::value(simd::load<A>(x + i), parameters));
}

template <class Op, class A>
void activation_multiply_slope(const float* x, const float* y, float* d, std::size_t n, const Hyperparameters& parameters) noexcept {
  for (std::size_t i = 0; i < n; i += simd::lanes<A>)
    simd::store<A>(d + i, simd::load<A>(d + i) * Op::slope(simd::load<A>(x + i), simd::load<A>(y + i), parameters));
}

}  // namespace mlp::detail

namespace mlp {

template <class A>
const ActivationKernels& activation_kernels(std::size_t index) noexcept {
  static constexpr auto kernels = detail::Table<Activations>::map(
      []<class Op>() { return ActivationKernels{&detail::activation_value<Op, A>, &detail::activation_multiply_slope<Op, A>}; });
  return kernels[index];
}

}  // namespace mlp
