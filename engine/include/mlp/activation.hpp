// Activation functions. To add one: write its struct and name it in the list `Activations`; nothing else.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <tuple>

#include "mlp/operation.hpp"
#include "mlp/simd.hpp"

namespace mlp {

/// The set of values an activation can take; infinite ends are given as such.
struct Range {
  double minimum;
  double maximum;
};

namespace activations {

inline constexpr double infinity = __builtin_huge_val();

/// f(x) = x.
struct Identity {
  static constexpr OperationInfo info{"identity", {"Identity", "恒等"}, "f(x) = x", "Goodfellow et al., Deep Learning, 2016, section 6.2.2.1"};
  static constexpr Range range{-infinity, infinity};
  template <class V>
  static V value(const V& x, const Hyperparameters&) { return x; }
  template <class V>
  static V slope(const V&, const V&, const Hyperparameters&) { return simd::constant<V>(1); }
};

/// Heaviside step; its slope is 0 everywhere, so nothing before it learns.
struct Step {
  static constexpr OperationInfo info{"step", {"Step", "阶跃"}, "f(x) = \\begin{cases}1 & x > 0\\\\0 & x \\le 0\\end{cases}",
                                      "Rosenblatt, The Perceptron, 1958"};
  static constexpr Range range{0, 1};
  template <class V>
  static V value(const V& x, const Hyperparameters&) {
    // x - x is 0 for finite x and NaN otherwise, so that a NaN is not turned into a plain 0.
    return simd::select(x > simd::constant<V>(0), simd::constant<V>(1), simd::select(x == x, simd::constant<V>(0), x));
  }
  template <class V>
  static V slope(const V&, const V&, const Hyperparameters&) { return simd::constant<V>(0); }
};

/// Logistic sigmoid.
struct Sigmoid {
  static constexpr OperationInfo info{"sigmoid", {"Sigmoid", "Sigmoid"}, "f(x) = \\frac{1}{1 + e^{-x}}", "Rumelhart, Hinton, Williams, Nature 323, 1986"};
  static constexpr Range range{0, 1};
  template <class V>
  static V value(const V& x, const Hyperparameters&) { return simd::sigmoid(x); }
  template <class V>
  static V slope(const V&, const V& y, const Hyperparameters&) { return y * (simd::constant<V>(1) - y); }
};

/// Piecewise linear sigmoid: relu6(x + 3) / 6.
struct HardSigmoid {
  static constexpr OperationInfo info{"hard-sigmoid", {"Hard sigmoid", "硬 Sigmoid"}, "f(x) = \\frac{\\min(\\max(x + 3, 0), 6)}{6}",
                                      "PyTorch, torch.nn.Hardsigmoid"};
  static constexpr Range range{0, 1};
  template <class V>
  static V value(const V& x, const Hyperparameters&) {
    const V six = simd::constant<V>(6);
    return simd::min(simd::max(x + simd::constant<V>(3), simd::constant<V>(0)), six) / six;
  }
  template <class V>
  static V slope(const V& x, const V&, const Hyperparameters&) {
    const V zero = simd::constant<V>(0);
    return simd::select(x > simd::constant<V>(-3), simd::select(x < simd::constant<V>(3), simd::constant<V>(1.0 / 6), zero), zero);
  }
};

/// Hyperbolic tangent.
struct Tanh {
  static constexpr OperationInfo info{"tanh", {"Tanh", "Tanh"}, "f(x) = \\tanh x", "LeCun et al., Efficient BackProp, 1998, section 4.4"};
  static constexpr Range range{-1, 1};
  template <class V>
  static V value(const V& x, const Hyperparameters&) { return simd::tanh(x); }
  template <class V>
  static V slope(const V&, const V& y, const Hyperparameters&) { return simd::constant<V>(1) - y * y; }
};

/// Clipping to [min, max].
struct HardTanh {
  static constexpr Hyperparameter parameters[] = {{"min", {"Lower bound", "下界"}, -100, 100, -1}, {"max", {"Upper bound", "上界"}, -100, 100, 1}};
  static constexpr OperationInfo info{"hardtanh", {"Hardtanh", "Hardtanh"}, "f(x) = \\min(\\max(x, a), b)", "Collobert, PhD thesis, 2004; PyTorch, torch.nn.Hardtanh",
                                      parameters, true};
  static constexpr Range range{-infinity, infinity};
  template <class V>
  static V value(const V& x, const Hyperparameters& p) { return simd::min(simd::max(x, simd::constant<V>(p[0])), simd::constant<V>(p[1])); }
  template <class V>
  static V slope(const V& x, const V&, const Hyperparameters& p) {
    const V zero = simd::constant<V>(0);
    return simd::select(x > simd::constant<V>(p[0]), simd::select(x < simd::constant<V>(p[1]), simd::constant<V>(1), zero), zero);
  }
};

/// Rectified linear unit; slope 0 at 0, as PyTorch takes it.
struct Relu {
  static constexpr OperationInfo info{"relu", {"ReLU", "ReLU"}, "f(x) = \\max(x, 0)", "Nair, Hinton, ICML 2010"};
  static constexpr Range range{0, infinity};
  template <class V>
  static V value(const V& x, const Hyperparameters&) { return simd::max(x, simd::constant<V>(0)); }
  template <class V>
  static V slope(const V& x, const V&, const Hyperparameters&) {
    return simd::select(x > simd::constant<V>(0), simd::constant<V>(1), simd::constant<V>(0));
  }
};

/// ReLU with a small slope on the left.
struct LeakyRelu {
  static constexpr Hyperparameter parameters[] = {{"slope", {"Negative slope", "负侧斜率"}, 0, 1, 0.01}};
  static constexpr OperationInfo info{"leaky-relu", {"Leaky ReLU", "Leaky ReLU"}, "f(x) = \\begin{cases}x & x > 0\\\\\\alpha x & x \\le 0\\end{cases}",
                                      "Maas, Hannun, Ng, ICML 2013", parameters};
  static constexpr Range range{-infinity, infinity};
  template <class V>
  static V value(const V& x, const Hyperparameters& p) { return simd::select(x > simd::constant<V>(0), x, x * simd::constant<V>(p[0])); }
  template <class V>
  static V slope(const V& x, const V&, const Hyperparameters& p) {
    return simd::select(x > simd::constant<V>(0), simd::constant<V>(1), simd::constant<V>(p[0]));
  }
};

/// Leaky ReLU whose slope is learned, one for the whole layer; at -1 it is the absolute value.
struct PRelu {
  static constexpr Hyperparameter parameters[] = {{"slope", {"Initial slope", "初始斜率"}, -1, 1, 0.25, Scale::linear, true}};
  static constexpr OperationInfo info{"prelu", {"PReLU", "PReLU"}, "f(x) = \\begin{cases}x & x > 0\\\\a x & x \\le 0\\end{cases}\\quad (a\\text{ learned})",
                                      "He et al., Delving Deep into Rectifiers, ICCV 2015; PyTorch, torch.nn.PReLU", parameters};
  static constexpr Range range{-infinity, infinity};
  template <class V>
  static V value(const V& x, const Hyperparameters& p) { return LeakyRelu::value(x, p); }
  template <class V>
  static V slope(const V& x, const V& y, const Hyperparameters& p) { return LeakyRelu::slope(x, y, p); }
  template <class V>
  static void learned_slopes(const V& x, const Hyperparameters&, V* slopes) { slopes[0] = simd::min(x, simd::constant<V>(0)); }
};

/// Exponential linear unit.
struct Elu {
  static constexpr Hyperparameter parameters[] = {{"alpha", {"Alpha", "α"}, 0, 10, 1}};
  static constexpr OperationInfo info{"elu", {"ELU", "ELU"}, "f(x) = \\begin{cases}x & x > 0\\\\\\alpha (e^x - 1) & x \\le 0\\end{cases}",
                                      "Clevert, Unterthiner, Hochreiter, ICLR 2016", parameters};
  static constexpr Range range{-infinity, infinity};
  template <class V>
  static V value(const V& x, const Hyperparameters& p) {
    const V zero = simd::constant<V>(0);
    return simd::select(x > zero, x, simd::expm1(simd::min(x, zero)) * simd::constant<V>(p[0]));
  }
  template <class V>
  static V slope(const V& x, const V&, const Hyperparameters& p) {
    const V zero = simd::constant<V>(0);
    return simd::select(x > zero, simd::constant<V>(1), simd::exp(simd::min(x, zero)) * simd::constant<V>(p[0]));
  }
};

/// Self-normalizing ELU.
struct Selu {
  static constexpr OperationInfo info{"selu", {"SELU", "SELU"}, "f(x) = \\lambda \\begin{cases}x & x > 0\\\\\\alpha (e^x - 1) & x \\le 0\\end{cases}",
                                      "Klambauer et al., Self-Normalizing Neural Networks, 2017"};
  static constexpr double alpha = 1.6732632423543772848170429916717;
  static constexpr double scale = 1.0507009873554804934193349852946;
  static constexpr Range range{-alpha * scale, infinity};
  template <class V>
  static V value(const V& x, const Hyperparameters&) {
    const V zero = simd::constant<V>(0);
    return simd::select(x > zero, x * simd::constant<V>(scale), simd::expm1(simd::min(x, zero)) * simd::constant<V>(alpha * scale));
  }
  template <class V>
  static V slope(const V& x, const V&, const Hyperparameters&) {
    const V zero = simd::constant<V>(0);
    return simd::select(x > zero, simd::constant<V>(scale), simd::exp(simd::min(x, zero)) * simd::constant<V>(alpha * scale));
  }
};

/// Gaussian error linear unit, exact (by erf).
struct Gelu {
  static constexpr OperationInfo info{"gelu", {"GELU", "GELU"}, "f(x) = \\frac{x}{2}\\left(1 + \\operatorname{erf}\\frac{x}{\\sqrt 2}\\right)",
                                      "Hendrycks, Gimpel, Gaussian Error Linear Units, 2016"};
  static constexpr Range range{-0.16997120747990369, infinity};
  template <class V>
  static V distribution(const V& x) {
    return simd::constant<V>(0.5) * (simd::constant<V>(1) + simd::erf(x * simd::constant<V>(0.70710678118654752440)));
  }
  template <class V>
  static V value(const V& x, const Hyperparameters&) { return x * distribution(x); }
  template <class V>
  static V slope(const V& x, const V&, const Hyperparameters&) {
    return distribution(x) + x * simd::constant<V>(0.39894228040143267794) * simd::exp(x * x * simd::constant<V>(-0.5));
  }
};

/// Sigmoid linear unit, also known as Swish.
struct Silu {
  static constexpr OperationInfo info{"silu", {"SiLU (Swish)", "SiLU（Swish）"}, "f(x) = \\frac{x}{1 + e^{-x}}", "Elfwing, Uchibe, Doya, Neural Networks 107, 2018"};
  static constexpr Range range{-0.27846454276107374, infinity};
  template <class V>
  static V value(const V& x, const Hyperparameters&) { return x * simd::sigmoid(x); }
  template <class V>
  static V slope(const V& x, const V&, const Hyperparameters&) {
    const V s = simd::sigmoid(x);
    return s * (simd::constant<V>(1) + x * (simd::constant<V>(1) - s));
  }
};

/// Smooth ReLU.
struct Softplus {
  static constexpr OperationInfo info{"softplus", {"Softplus", "Softplus"}, "f(x) = \\ln(1 + e^x)", "Dugas et al., NIPS 2000"};
  static constexpr Range range{0, infinity};
  template <class V>
  static V value(const V& x, const Hyperparameters&) { return simd::softplus(x); }
  template <class V>
  static V slope(const V& x, const V&, const Hyperparameters&) { return simd::sigmoid(x); }
};

/// Softsign.
struct Softsign {
  static constexpr OperationInfo info{"softsign", {"Softsign", "Softsign"}, "f(x) = \\frac{x}{1 + |x|}", "Bergstra et al., 2009"};
  static constexpr Range range{-1, 1};
  template <class V>
  static V value(const V& x, const Hyperparameters&) { return x / (simd::constant<V>(1) + simd::abs(x)); }
  template <class V>
  static V slope(const V& x, const V&, const Hyperparameters&) {
    const V d = simd::constant<V>(1) + simd::abs(x);
    return simd::constant<V>(1) / (d * d);
  }
};

/// Sine.
struct Sine {
  static constexpr OperationInfo info{"sine", {"Sine", "正弦"}, "f(x) = \\sin x", "Sitzmann et al., NeurIPS 2020"};
  static constexpr Range range{-1, 1};
  template <class V>
  static V value(const V& x, const Hyperparameters&) { return simd::sin(x); }
  template <class V>
  static V slope(const V& x, const V&, const Hyperparameters&) { return simd::cos(x); }
};

}  // namespace activations

/// Display order.
using Activations = std::tuple<activations::Identity, activations::Step, activations::Sigmoid, activations::HardSigmoid, activations::Tanh, activations::HardTanh,
                               activations::Relu, activations::LeakyRelu, activations::PRelu, activations::Elu, activations::Selu, activations::Gelu,
                               activations::Silu, activations::Softplus, activations::Softsign, activations::Sine>;

/// The loops over one activation. n is a multiple of the lane count; arrays of n floats.
struct ActivationKernels {
  /// y = f(x).
  void (*value)(const float* x, float* y, std::size_t n, const Hyperparameters& parameters) noexcept;
  /// d *= f'(x), where y = f(x).
  void (*multiply_slope)(const float* x, const float* y, float* d, std::size_t n, const Hyperparameters& parameters) noexcept;
  /// Learned parameters, the first of `parameters`: how many, and for each g = (or += where `add`) the sum of d times df/dp.
  std::size_t learned;
  void (*learned_gradient)(const float* x, const float* d, std::size_t n, const Hyperparameters& parameters, float* g, bool add) noexcept;  // null where none are
};

/// The same in double precision, one number at a time: the oracle.
struct ActivationReference {
  double (*value)(double x, const Hyperparameters& parameters);
  double (*slope)(double x, const Hyperparameters& parameters);
  void (*learned_slopes)(double x, const Hyperparameters& parameters, double* slopes);  // null where no parameters are learned
};

std::span<const OperationInfo* const> activation_table() noexcept;
Range activation_range(std::size_t index) noexcept;
ActivationReference activation_reference(std::size_t index) noexcept;

/// The loops of the table's entry `index` on architecture A.
template <class A = simd::Arch>
const ActivationKernels& activation_kernels(std::size_t index) noexcept;

}  // namespace mlp
