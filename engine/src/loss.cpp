#include "mlp/loss.hpp"

#include <cmath>

#include "loss_kernels.hpp"

namespace mlp {
namespace {

template <class Op>
double reference(std::span<const double> y, std::span<const double> t, std::span<double> slope, const Hyperparameters& parameters) {
  double sum = 0;
  if constexpr (Op::encoding == TargetEncoding::class_index) {
    double maximum = y[0];
    for (const double z : y) maximum = std::fmax(maximum, z);
    double total = 0;
    for (const double z : y) total += std::exp(z - maximum);
    const auto label = static_cast<std::size_t>(t[0]);
    sum = std::log(total) + maximum - y[label];
    for (std::size_t j = 0; j < slope.size(); ++j) slope[j] = std::exp(y[j] - maximum) / total - (j == label ? 1 : 0);
  } else {
    for (std::size_t j = 0; j < y.size(); ++j) {
      sum += Op::template value<double>(y[j], t[j], parameters);
      if (!slope.empty()) slope[j] = Op::template slope<double>(y[j], t[j], parameters);
    }
  }
  return sum;
}

constexpr auto facts = detail::Table<Losses>::map([]<class Op>() {
  constexpr bool on_logits = Op::encoding == TargetEncoding::class_index || Op::encoding == TargetEncoding::bits;
  return LossFacts{Op::reduction, Op::encoding, Op::regression, on_logits};
});

}  // namespace

std::span<const OperationInfo* const> loss_table() noexcept { return detail::Table<Losses>::infos; }

LossFacts loss_facts(std::size_t index) noexcept { return facts[index]; }

LossReference loss_reference(std::size_t index) noexcept {
  static constexpr auto references = detail::Table<Losses>::map([]<class Op>() -> LossReference { return &reference<Op>; });
  return references[index];
}

template LossKernel loss_kernel<simd::Arch>(std::size_t) noexcept;

double loss_divisor(std::size_t index, std::size_t samples, std::size_t outputs) noexcept {
  switch (facts[index].reduction) {
    case Reduction::mean_over_elements: return static_cast<double>(samples) * static_cast<double>(outputs);
    case Reduction::mean_over_samples: return static_cast<double>(samples);
    case Reduction::sum: break;
  }
  return 1;
}

void to_probabilities(std::size_t loss, MatrixView values) noexcept {
  constexpr std::size_t lanes = simd::lanes<>;
  using F = simd::Batch<>;
  if (!facts[loss].on_logits) return;
  for (std::size_t c = 0; c < values.columns; c += lanes) {
    if (facts[loss].encoding == TargetEncoding::bits) {
      for (std::size_t r = 0; r < values.rows; ++r)
        simd::store<simd::Arch>(values.row(r) + c, simd::sigmoid(simd::load<simd::Arch>(values.row(r) + c)));
      continue;
    }
    F maximum = simd::load<simd::Arch>(values.row(0) + c);
    for (std::size_t r = 1; r < values.rows; ++r) maximum = simd::max(maximum, simd::load<simd::Arch>(values.row(r) + c));
    F total(0.f);
    for (std::size_t r = 0; r < values.rows; ++r) {
      const F e = simd::exp(simd::load<simd::Arch>(values.row(r) + c) - maximum);
      total = total + e;
      simd::store<simd::Arch>(values.row(r) + c, e);
    }
    for (std::size_t r = 0; r < values.rows; ++r) simd::store<simd::Arch>(values.row(r) + c, simd::load<simd::Arch>(values.row(r) + c) / total);
  }
}

}  // namespace mlp
