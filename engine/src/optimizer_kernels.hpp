// The loop behind optimizer_kernel, as a template on the architecture so that tests can run it on several.
#pragma once

#include "mlp/optimizer.hpp"
#include "table.hpp"

namespace mlp::detail {

template <class Op, class A>
bool apply_update(const Update& update) noexcept {
  using F = simd::Batch<A>;
  const Coefficients coefficients = Op::prepare(update.hyperparameters, update.rate, update.step);
  F c[max_coefficients];
  for (std::size_t i = 0; i < max_coefficients; ++i) c[i] = simd::constant<F>(coefficients[i]);
  const std::size_t n = update.parameters.size();
  // Stays a zero of either sign as long as every parameter is finite: infinity and NaN times 0 are NaN, and their bits stay when others
  // are laid over them. Adding would wait for the sum before.
  F bad(0.f);
  for (std::size_t i = 0; i < n; i += simd::lanes<A>) {
    F state[Op::state_rows];
    for (std::size_t r = 0; r < Op::state_rows; ++r) state[r] = simd::load<A>(update.state.data() + r * n + i);
    const F w = Op::update(simd::load<A>(update.parameters.data() + i), simd::load<A>(update.gradient.data() + i), state, c);
    for (std::size_t r = 0; r < Op::state_rows; ++r) simd::store<A>(update.state.data() + r * n + i, state[r]);
    simd::store<A>(update.parameters.data() + i, w);
    bad = bad | w * F(0.f);
  }
  return simd::sum<A>(bad) == 0.f;
}

}  // namespace mlp::detail

namespace mlp {

template <class A>
OptimizerKernel optimizer_kernel(std::size_t index) noexcept {
  static constexpr auto kernels = detail::Table<Optimizers>::map([]<class Op>() -> OptimizerKernel { return &detail::apply_update<Op, A>; });
  return kernels[index];
}

}  // namespace mlp
