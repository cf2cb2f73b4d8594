// Dense matrices of floats with padded, aligned rows, and the views that kernels take.
#pragma once

#include <cstddef>

#include "mlp/simd.hpp"

namespace mlp {

/// Rows of `columns` floats, each row starting `stride` floats after the one before; stride is a multiple of
/// simd::padding. What stands in the padding is finite and of no meaning: whoever sums over a row masks it.
template <class T>
struct BasicMatrixView {
  T* data = nullptr;
  std::size_t rows = 0;
  std::size_t columns = 0;
  std::size_t stride = 0;

  T* row(std::size_t r) const noexcept { return data + r * stride; }
  T& operator()(std::size_t r, std::size_t c) const noexcept { return data[r * stride + c]; }
  operator BasicMatrixView<const T>() const noexcept { return {data, rows, columns, stride}; }
};

using MatrixView = BasicMatrixView<float>;
using ConstMatrixView = BasicMatrixView<const float>;

/// An owning matrix; a regular value.
class Matrix {
 public:
  Matrix() = default;
  Matrix(std::size_t rows, std::size_t columns)
      : rows_(rows), columns_(columns), stride_(simd::round_up(columns, simd::padding)), values_(rows * stride_) {}

  std::size_t rows() const noexcept { return rows_; }
  std::size_t columns() const noexcept { return columns_; }
  std::size_t stride() const noexcept { return stride_; }
  float* data() noexcept { return values_.data(); }
  const float* data() const noexcept { return values_.data(); }
  float* row(std::size_t r) noexcept { return values_.data() + r * stride_; }
  const float* row(std::size_t r) const noexcept { return values_.data() + r * stride_; }
  float& operator()(std::size_t r, std::size_t c) noexcept { return values_[r * stride_ + c]; }
  float operator()(std::size_t r, std::size_t c) const noexcept { return values_[r * stride_ + c]; }

  MatrixView view() noexcept { return {values_.data(), rows_, columns_, stride_}; }
  ConstMatrixView view() const noexcept { return {values_.data(), rows_, columns_, stride_}; }

 private:
  std::size_t rows_ = 0;
  std::size_t columns_ = 0;
  std::size_t stride_ = 0;
  simd::AlignedVector<float> values_;
};

}  // namespace mlp
