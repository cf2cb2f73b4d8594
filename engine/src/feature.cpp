#include "mlp/feature.hpp"

#include "table.hpp"

namespace mlp {
namespace {

template <class Op>
void compute(const float* x1, const float* x2, float* value, std::size_t n) noexcept {
  for (std::size_t i = 0; i < n; i += simd::lanes<>)
    simd::store<simd::Arch>(value + i, Op::value(simd::load<simd::Arch>(x1 + i), simd::load<simd::Arch>(x2 + i)));
}

}  // namespace

std::span<const OperationInfo* const> feature_table() noexcept { return detail::Table<Features>::infos; }

std::size_t feature_columns(std::size_t index) noexcept {
  static constexpr auto columns = detail::Table<Features>::map([]<class Op>() { return Op::columns; });
  return columns[index];
}

void compute_feature(std::size_t index, const float* x1, const float* x2, float* value, std::size_t n) noexcept {
  static constexpr auto computes = detail::Table<Features>::map([]<class Op>() { return &compute<Op>; });
  computes[index](x1, x2, value, n);
}

}  // namespace mlp
