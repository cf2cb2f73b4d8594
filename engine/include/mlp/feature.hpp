// Functions of the raw inputs that a network may be fed with. To add one: write its struct and name it in `Features`.
#pragma once

#include <cstddef>
#include <span>
#include <tuple>

#include "mlp/operation.hpp"
#include "mlp/simd.hpp"

namespace mlp {
namespace features {

struct X1 {
  static constexpr OperationInfo info{"x1", {"x₁", "x₁"}, "x_1", "the first input itself"};
  static constexpr std::size_t columns = 1;
  template <class V>
  static V value(const V& x1, const V&) { return x1; }
};
struct X2 {
  static constexpr OperationInfo info{"x2", {"x₂", "x₂"}, "x_2", "the second input itself"};
  static constexpr std::size_t columns = 2;
  template <class V>
  static V value(const V&, const V& x2) { return x2; }
};
struct X1Squared {
  static constexpr OperationInfo info{"x1-squared", {"x₁²", "x₁²"}, "x_1^2", "Cover, 1965"};
  static constexpr std::size_t columns = 1;
  template <class V>
  static V value(const V& x1, const V&) { return x1 * x1; }
};
struct X2Squared {
  static constexpr OperationInfo info{"x2-squared", {"x₂²", "x₂²"}, "x_2^2", "Cover, 1965"};
  static constexpr std::size_t columns = 2;
  template <class V>
  static V value(const V&, const V& x2) { return x2 * x2; }
};
struct X1X2 {
  static constexpr OperationInfo info{"x1-x2", {"x₁x₂", "x₁x₂"}, "x_1 x_2", "Cover, 1965"};
  static constexpr std::size_t columns = 2;
  template <class V>
  static V value(const V& x1, const V& x2) { return x1 * x2; }
};
struct SinX1 {
  static constexpr OperationInfo info{"sin-x1", {"sin x₁", "sin x₁"}, "\\sin x_1", "TensorFlow Playground"};
  static constexpr std::size_t columns = 1;
  template <class V>
  static V value(const V& x1, const V&) { return simd::sin(x1); }
};
struct SinX2 {
  static constexpr OperationInfo info{"sin-x2", {"sin x₂", "sin x₂"}, "\\sin x_2", "TensorFlow Playground"};
  static constexpr std::size_t columns = 2;
  template <class V>
  static V value(const V&, const V& x2) { return simd::sin(x2); }
};
struct CosX1 {
  static constexpr OperationInfo info{"cos-x1", {"cos x₁", "cos x₁"}, "\\cos x_1", "as sin x₁, shifted by a quarter"};
  static constexpr std::size_t columns = 1;
  template <class V>
  static V value(const V& x1, const V&) { return simd::cos(x1); }
};
struct CosX2 {
  static constexpr OperationInfo info{"cos-x2", {"cos x₂", "cos x₂"}, "\\cos x_2", "as sin x₂, shifted by a quarter"};
  static constexpr std::size_t columns = 2;
  template <class V>
  static V value(const V&, const V& x2) { return simd::cos(x2); }
};

}  // namespace features

/// Display order.
using Features = std::tuple<features::X1, features::X2, features::X1Squared, features::X2Squared, features::X1X2, features::SinX1, features::SinX2, features::CosX1,
                            features::CosX2>;

std::span<const OperationInfo* const> feature_table() noexcept;

/// How many raw inputs a feature needs: 1 or 2.
std::size_t feature_columns(std::size_t index) noexcept;

/// value[i] = feature(x1[i], x2[i]) for i < n; n a multiple of the lane count.
void compute_feature(std::size_t index, const float* x1, const float* x2, float* value, std::size_t n) noexcept;

}  // namespace mlp
