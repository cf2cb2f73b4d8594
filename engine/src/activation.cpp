#include "mlp/activation.hpp"

#include "activation_kernels.hpp"

namespace mlp {

std::span<const OperationInfo* const> activation_table() noexcept { return detail::Table<Activations>::infos; }

Range activation_range(std::size_t index) noexcept {
  static constexpr auto ranges = detail::Table<Activations>::map([]<class Op>() { return Op::range; });
  return ranges[index];
}

ActivationReference activation_reference(std::size_t index) noexcept {
  static constexpr auto references = detail::Table<Activations>::map([]<class Op>() {
    ActivationReference reference{[](double x, const Hyperparameters& p) { return Op::template value<double>(x, p); },
                                  [](double x, const Hyperparameters& p) { return Op::template slope<double>(x, Op::template value<double>(x, p), p); }, nullptr};
    if constexpr (learned_parameters(Op::info) > 0)
      reference.learned_slopes = [](double x, const Hyperparameters& p, double* slopes) { Op::template learned_slopes<double>(x, p, slopes); };
    return reference;
  });
  return references[index];
}

template const ActivationKernels& activation_kernels<simd::Arch>(std::size_t) noexcept;

}  // namespace mlp
