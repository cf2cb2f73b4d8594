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

/// z = x * m, element by element; z may be x.
inline void multiply(const float* x, const float* m, float* z, std::size_t n) noexcept {
  for (std::size_t i = 0; i < n; ++i) z[i] = x[i] * m[i];
}

template <class Op, class A>
void activation_learned_gradient(const float* x, const float* d, std::size_t n, const Hyperparameters& parameters, float* g, bool add) noexcept {
  using F = simd::Batch<A>;
  constexpr std::size_t learned = learned_parameters(Op::info);
  F sums[learned];
  for (F& sum : sums) sum = F(0.f);
  for (std::size_t i = 0; i < n; i += simd::lanes<A>) {
    F slopes[learned];
    Op::learned_slopes(simd::load<A>(x + i), parameters, slopes);
    for (std::size_t j = 0; j < learned; ++j) sums[j] = simd::multiply_add(simd::load<A>(d + i), slopes[j], sums[j]);
  }
  for (std::size_t j = 0; j < learned; ++j) g[j] = add ? g[j] + simd::sum<A>(sums[j]) : simd::sum<A>(sums[j]);
}

template <class Op, class A>
constexpr ActivationKernels activation_loops() noexcept {
  ActivationKernels kernels{&activation_value<Op, A>, &activation_multiply_slope<Op, A>, learned_parameters(Op::info), nullptr};
  if constexpr (learned_parameters(Op::info) > 0) kernels.learned_gradient = &activation_learned_gradient<Op, A>;
  return kernels;
}

}  // namespace mlp::detail

namespace mlp {

template <class A>
const ActivationKernels& activation_kernels(std::size_t index) noexcept {
  static constexpr auto kernels = detail::Table<Activations>::map([]<class Op>() { return detail::activation_loops<Op, A>(); });
  return kernels[index];
}

}  // namespace mlp
