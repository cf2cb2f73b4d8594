#include "mlp/optimizer.hpp"

#include "optimizer_kernels.hpp"

namespace mlp {

std::span<const OperationInfo* const> optimizer_table() noexcept { return detail::Table<Optimizers>::infos; }

std::size_t optimizer_state_rows(std::size_t index) noexcept {
  static constexpr auto rows = detail::Table<Optimizers>::map([]<class Op>() { return Op::state_rows; });
  return rows[index];
}

OptimizerReference optimizer_reference(std::size_t index) noexcept {
  static constexpr auto references = detail::Table<Optimizers>::map([]<class Op>() -> OptimizerReference {
    return [](double w, double g, std::span<double> state, const Hyperparameters& p, double rate, double step) {
      const Coefficients c = Op::prepare(p, rate, step);
      return Op::template update<double>(w, g, state.data(), c.data());
    };
  });
  return references[index];
}

template OptimizerKernel optimizer_kernel<simd::Arch>(std::size_t) noexcept;

}  // namespace mlp
