// Loss functions. To add one: write its struct and name it in the list `Losses`; nothing else.
#pragma once

#include <cstdint>
#include <span>
#include <tuple>

#include "mlp/matrix.hpp"
#include "mlp/operation.hpp"
#include "mlp/simd.hpp"

namespace mlp {

/// What the sum over all elements is divided by.
enum class Reduction { mean_over_elements, mean_over_samples, sum };

/// How targets are written for a loss. `signs_or_bits`: classes as 0/1 where the outputs lie in [0, 1], else as -1/1.
enum class TargetEncoding { bits, signs, signs_or_bits, class_index };

namespace losses {

/// Mean of squared differences over all elements.
struct MeanSquaredError {
  static constexpr OperationInfo info{"mse", {"Mean squared error", "均方误差"}, "L = \\frac{1}{Nk}\\sum_{n,j} (y_{nj} - t_{nj})^2", "PyTorch, torch.nn.MSELoss"};
  static constexpr Reduction reduction = Reduction::mean_over_elements;
  static constexpr TargetEncoding encoding = TargetEncoding::signs_or_bits;
  static constexpr bool regression = true;
  template <class V>
  static V value(const V& y, const V& t, const Hyperparameters&) { return (y - t) * (y - t); }
  template <class V>
  static V slope(const V& y, const V& t, const Hyperparameters&) { return simd::constant<V>(2) * (y - t); }
};

/// Half the sum of squared differences over the outputs, mean over samples.
struct HalfMeanSquaredError {
  static constexpr OperationInfo info{"half-mse", {"Half squared error", "半平方误差"}, "L = \\frac{1}{2N}\\sum_{n,j} (y_{nj} - t_{nj})^2",
                                      "Rumelhart, Hinton, Williams, Nature 323, 1986"};
  static constexpr Reduction reduction = Reduction::mean_over_samples;
  static constexpr TargetEncoding encoding = TargetEncoding::signs_or_bits;
  static constexpr bool regression = true;
  template <class V>
  static V value(const V& y, const V& t, const Hyperparameters&) { return simd::constant<V>(0.5) * (y - t) * (y - t); }
  template <class V>
  static V slope(const V& y, const V& t, const Hyperparameters&) { return y - t; }
};

/// Sum of squared differences over everything.
struct SumOfSquaredErrors {
  static constexpr OperationInfo info{"sse", {"Sum of squared errors", "误差平方和"}, "L = \\sum_{n,j} (y_{nj} - t_{nj})^2", "PyTorch, torch.nn.MSELoss(reduction='sum')"};
  static constexpr Reduction reduction = Reduction::sum;
  static constexpr TargetEncoding encoding = TargetEncoding::signs_or_bits;
  static constexpr bool regression = true;
  template <class V>
  static V value(const V& y, const V& t, const Hyperparameters&) { return (y - t) * (y - t); }
  template <class V>
  static V slope(const V& y, const V& t, const Hyperparameters&) { return simd::constant<V>(2) * (y - t); }
};

/// Mean of absolute differences; slope 0 at 0.
struct MeanAbsoluteError {
  static constexpr OperationInfo info{"mae", {"Mean absolute error", "平均绝对误差"}, "L = \\frac{1}{Nk}\\sum_{n,j} |y_{nj} - t_{nj}|", "PyTorch, torch.nn.L1Loss"};
  static constexpr Reduction reduction = Reduction::mean_over_elements;
  static constexpr TargetEncoding encoding = TargetEncoding::signs_or_bits;
  static constexpr bool regression = true;
  template <class V>
  static V value(const V& y, const V& t, const Hyperparameters&) { return simd::abs(y - t); }
  template <class V>
  static V slope(const V& y, const V& t, const Hyperparameters&) { return simd::sign(y - t); }
};

/// Quadratic near 0, linear beyond delta.
struct Huber {
  static constexpr Hyperparameter parameters[] = {{"delta", {"Delta", "δ"}, 1e-3, 100, 1, Scale::logarithmic}};
  static constexpr OperationInfo info{"huber", {"Huber", "Huber"},
                                      "L = \\frac{1}{Nk}\\sum_{n,j} \\begin{cases}\\frac12 e^2 & |e| \\le \\delta\\\\\\delta(|e| - \\frac12\\delta) & |e| > \\delta\\end{cases},\\; e = y_{nj} - t_{nj}",
                                      "Huber, 1964; PyTorch, torch.nn.HuberLoss", parameters};
  static constexpr Reduction reduction = Reduction::mean_over_elements;
  static constexpr TargetEncoding encoding = TargetEncoding::signs_or_bits;
  static constexpr bool regression = true;
  template <class V>
  static V value(const V& y, const V& t, const Hyperparameters& p) {
    const V delta = simd::constant<V>(p[0]);
    const V half = simd::constant<V>(0.5);
    const V e = simd::abs(y - t);
    return simd::select(e > delta, delta * (e - half * delta), half * e * e);
  }
  template <class V>
  static V slope(const V& y, const V& t, const Hyperparameters& p) {
    const V delta = simd::constant<V>(p[0]);
    return simd::max(simd::min(y - t, delta), -delta);
  }
};

/// Binary cross-entropy of sigmoid(z) on logits z, stable for any logit.
struct BinaryCrossEntropy {
  static constexpr OperationInfo info{"binary-cross-entropy", {"Binary cross-entropy", "二元交叉熵"},
                                      "L = -\\frac{1}{Nk}\\sum_{n,j} t_{nj}\\ln\\sigma(z_{nj}) + (1 - t_{nj})\\ln(1 - \\sigma(z_{nj}))",
                                      "PyTorch, torch.nn.BCEWithLogitsLoss"};
  static constexpr Reduction reduction = Reduction::mean_over_elements;
  static constexpr TargetEncoding encoding = TargetEncoding::bits;
  static constexpr bool regression = false;
  template <class V>
  static V value(const V& z, const V& t, const Hyperparameters&) { return simd::softplus(z) - z * t; }
  template <class V>
  static V slope(const V& z, const V& t, const Hyperparameters&) { return simd::sigmoid(z) - t; }
};

/// Cross-entropy of softmax(z) on logits z; the maximum is subtracted first, so any logit is safe.
struct CrossEntropy {
  static constexpr OperationInfo info{"cross-entropy", {"Cross-entropy (softmax)", "交叉熵（softmax）"},
                                      "L = -\\frac{1}{N}\\sum_n \\ln\\frac{e^{z_{n,t_n}}}{\\sum_j e^{z_{nj}}}", "PyTorch, torch.nn.CrossEntropyLoss"};
  static constexpr Reduction reduction = Reduction::mean_over_samples;
  static constexpr TargetEncoding encoding = TargetEncoding::class_index;
  static constexpr bool regression = false;
};

/// max(0, 1 - t y) for targets of -1 and 1.
struct Hinge {
  static constexpr OperationInfo info{"hinge", {"Hinge", "合页损失"}, "L = \\frac{1}{Nk}\\sum_{n,j} \\max(0, 1 - t_{nj} y_{nj})", "Cortes, Vapnik, Support-Vector Networks, 1995"};
  static constexpr Reduction reduction = Reduction::mean_over_elements;
  static constexpr TargetEncoding encoding = TargetEncoding::signs;
  static constexpr bool regression = false;
  template <class V>
  static V value(const V& y, const V& t, const Hyperparameters&) { return simd::max(simd::constant<V>(1) - t * y, simd::constant<V>(0)); }
  template <class V>
  static V slope(const V& y, const V& t, const Hyperparameters&) {
    const V one = simd::constant<V>(1);
    return simd::select(one - t * y > simd::constant<V>(0), -t, simd::constant<V>(0));
  }
};

}  // namespace losses

/// Display order.
using Losses = std::tuple<losses::BinaryCrossEntropy, losses::CrossEntropy, losses::MeanSquaredError, losses::HalfMeanSquaredError, losses::SumOfSquaredErrors,
                          losses::MeanAbsoluteError, losses::Huber, losses::Hinge>;

/// Facts about a loss that the rest of the engine and the user interface need.
struct LossFacts {
  Reduction reduction;
  TargetEncoding encoding;
  bool regression;     // fits targets that are numbers
  bool on_logits;      // predictions become probabilities by sigmoid or softmax
};

/// Targets of the samples that a loss is asked about.
struct Targets {
  ConstMatrixView values;               // [outputs x samples], unless the encoding is class_index
  std::span<const std::uint32_t> labels;  // [samples], for class_index
};

/// Sum of the loss over samples and outputs, not yet divided; with `slope` ([outputs x samples]) also the derivative times
/// `scale`. Columns of `slope` beyond the samples are set to 0. `predictions`: [outputs x samples], logits where on_logits.
using LossKernel = double (*)(const ConstMatrixView& predictions, const Targets& targets, float scale, const MatrixView& slope, const Hyperparameters& parameters) noexcept;

/// The same in double precision for one sample; the oracle. `slope` may be empty.
using LossReference = double (*)(std::span<const double> predictions, std::span<const double> targets, std::span<double> slope, const Hyperparameters& parameters);

std::span<const OperationInfo* const> loss_table() noexcept;
LossFacts loss_facts(std::size_t index) noexcept;
LossReference loss_reference(std::size_t index) noexcept;

template <class A = simd::Arch>
LossKernel loss_kernel(std::size_t index) noexcept;

/// What the sum is divided by for a batch of `samples` with `outputs` each.
double loss_divisor(std::size_t index, std::size_t samples, std::size_t outputs) noexcept;

/// Turns logits into probabilities in place: sigmoid for binary cross-entropy, softmax over the rows for cross-entropy,
/// nothing for the other losses. `values`: [outputs x samples].
void to_probabilities(std::size_t loss, MatrixView values) noexcept;

}  // namespace mlp
