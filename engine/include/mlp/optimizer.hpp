// Optimizers. To add one: write its struct and name it in the list `Optimizers`; nothing else.
#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <span>
#include <tuple>

#include "mlp/operation.hpp"
#include "mlp/simd.hpp"

namespace mlp {

/// Numbers of one update that are the same for every parameter; computed in double once a step.
inline constexpr std::size_t max_coefficients = 8;
using Coefficients = std::array<double, max_coefficients>;

/// base^exponent by squaring, with the same bits everywhere, which the platform's pow does not promise.
constexpr double power(double base, double exponent) noexcept {
  double result = 1;
  for (auto n = static_cast<std::uint64_t>(exponent); n > 0; n /= 2, base *= base)
    if (n % 2 == 1) result *= base;
  return result;
}

namespace optimizers {

inline constexpr Hyperparameter learning_rate(double fallback) {
  return {"learningRate", {"Learning rate", "学习率"}, 1e-7, 100, fallback, Scale::logarithmic};
}
inline constexpr Hyperparameter momentum{"momentum", {"Momentum", "动量"}, 0, 0.999, 0};
inline constexpr Hyperparameter beta1{"beta1", {"Beta 1", "β₁"}, 0, 0.9999, 0.9};
inline constexpr Hyperparameter beta2{"beta2", {"Beta 2", "β₂"}, 0, 0.99999, 0.999};
inline constexpr Hyperparameter epsilon(double fallback) { return {"epsilon", {"Epsilon", "ε"}, 1e-16, 1, fallback, Scale::logarithmic}; }

/// Numbers this small are set to 0: a moving average that decays for ever would end among the subnormals, where
/// arithmetic is many times slower and WebAssembly cannot switch them off.
template <class V>
inline V flush(const V& x) {
  return simd::select(simd::abs(x) < simd::constant<V>(1e-36), simd::constant<V>(0), x);
}

/// Stochastic gradient descent; velocity v = momentum v + g, as PyTorch writes it.
struct Sgd {
  static constexpr Hyperparameter parameters[] = {learning_rate(0.03), momentum, {"nesterov", {"Nesterov", "Nesterov"}, 0, 1, 0, Scale::toggle}};
  static constexpr OperationInfo info{"sgd", {"SGD", "SGD"}, "v \\leftarrow \\mu v + g,\\quad w \\leftarrow w - \\eta v", "Sutskever et al., ICML 2013; PyTorch, torch.optim.SGD",
                                      parameters};
  static constexpr std::size_t state_rows = 1;
  static Coefficients prepare(const Hyperparameters& p, double rate, double) { return {rate, p[1], p[2]}; }
  template <class V>
  static V update(const V& w, const V& g, V* state, const V* c) {
    state[0] = flush(simd::multiply_add(c[1], state[0], g));
    const V ahead = simd::multiply_add(c[1], state[0], g);
    return w - c[0] * simd::select(c[2] > simd::constant<V>(0), ahead, state[0]);
  }
};

/// Adagrad: every parameter's rate falls with the sum of its squared gradients.
struct Adagrad {
  static constexpr Hyperparameter parameters[] = {learning_rate(0.01), epsilon(1e-10)};
  static constexpr OperationInfo info{"adagrad", {"Adagrad", "Adagrad"}, "s \\leftarrow s + g^2,\\quad w \\leftarrow w - \\eta\\frac{g}{\\sqrt s + \\epsilon}",
                                      "Duchi, Hazan, Singer, JMLR 12, 2011", parameters};
  static constexpr std::size_t state_rows = 1;
  static Coefficients prepare(const Hyperparameters& p, double rate, double) { return {rate, p[1]}; }
  template <class V>
  static V update(const V& w, const V& g, V* state, const V* c) {
    state[0] = simd::multiply_add(g, g, state[0]);
    return w - c[0] * g / (simd::sqrt(state[0]) + c[1]);
  }
};

/// RMSProp, PyTorch's form.
struct RmsProp {
  static constexpr Hyperparameter parameters[] = {learning_rate(0.01), {"decay", {"Decay", "衰减"}, 0, 0.9999, 0.99}, epsilon(1e-8)};
  static constexpr OperationInfo info{"rmsprop", {"RMSProp", "RMSProp"}, "s \\leftarrow \\rho s + (1 - \\rho) g^2,\\quad w \\leftarrow w - \\eta\\frac{g}{\\sqrt s + \\epsilon}",
                                      "Tieleman, Hinton, Coursera lecture 6.5, 2012; PyTorch, torch.optim.RMSprop", parameters};
  static constexpr std::size_t state_rows = 1;
  static Coefficients prepare(const Hyperparameters& p, double rate, double) { return {rate, p[1], 1 - p[1], p[2]}; }
  template <class V>
  static V update(const V& w, const V& g, V* state, const V* c) {
    state[0] = flush(simd::multiply_add(c[1], state[0], c[2] * g * g));
    return w - c[0] * g / (simd::sqrt(state[0]) + c[3]);
  }
};

/// The two moving averages of Adam and AdamW, and the step they give.
/// c: rate / (1 - beta1^t), beta1, 1 - beta1, beta2, 1 - beta2, 1 / sqrt(1 - beta2^t), epsilon, and AdamW's decay.
template <class V>
inline V adam_step(const V& g, V* state, const V* c) {
  state[0] = flush(simd::multiply_add(c[1], state[0], c[2] * g));
  state[1] = flush(simd::multiply_add(c[3], state[1], c[4] * g * g));
  return c[0] * state[0] / simd::multiply_add(simd::sqrt(state[1]), c[5], c[6]);
}

inline Coefficients adam_coefficients(const Hyperparameters& p, double rate, double step, double decay) {
  return {rate / (1 - power(p[1], step)), p[1], 1 - p[1], p[2], 1 - p[2], 1 / std::sqrt(1 - power(p[2], step)), p[3], decay};
}

/// Adam with bias correction.
struct Adam {
  static constexpr Hyperparameter parameters[] = {learning_rate(0.001), beta1, beta2, epsilon(1e-8)};
  static constexpr OperationInfo info{"adam", {"Adam", "Adam"},
                                      "m \\leftarrow \\beta_1 m + (1-\\beta_1) g,\\; v \\leftarrow \\beta_2 v + (1-\\beta_2) g^2,\\; w \\leftarrow w - \\eta\\frac{m / (1-\\beta_1^t)}{\\sqrt{v / (1-\\beta_2^t)} + \\epsilon}",
                                      "Kingma, Ba, ICLR 2015", parameters};
  static constexpr std::size_t state_rows = 2;
  static Coefficients prepare(const Hyperparameters& p, double rate, double step) { return adam_coefficients(p, rate, step, 0); }
  template <class V>
  static V update(const V& w, const V& g, V* state, const V* c) { return w - adam_step(g, state, c); }
};

/// Adam with decoupled weight decay, on biases too, as PyTorch's default does.
struct AdamW {
  static constexpr Hyperparameter parameters[] = {learning_rate(0.001), beta1, beta2, epsilon(1e-8), {"weightDecay", {"Weight decay", "权重衰减"}, 0, 1, 0.01}};
  static constexpr OperationInfo info{"adamw", {"AdamW", "AdamW"}, "w \\leftarrow (1 - \\eta\\lambda) w - \\eta\\frac{m / (1-\\beta_1^t)}{\\sqrt{v / (1-\\beta_2^t)} + \\epsilon}",
                                      "Loshchilov, Hutter, ICLR 2019; PyTorch, torch.optim.AdamW", parameters};
  static constexpr std::size_t state_rows = 2;
  static Coefficients prepare(const Hyperparameters& p, double rate, double step) { return adam_coefficients(p, rate, step, rate * p[4]); }
  template <class V>
  static V update(const V& w, const V& g, V* state, const V* c) { return w - c[7] * w - adam_step(g, state, c); }
};

}  // namespace optimizers

/// Display order.
using Optimizers = std::tuple<optimizers::Sgd, optimizers::Adagrad, optimizers::RmsProp, optimizers::Adam, optimizers::AdamW>;

/// What one parameter update is given.
struct Update {
  std::span<float> parameters;        // a multiple of simd::padding long, as are the others
  std::span<const float> gradient;
  std::span<float> state;             // state_rows arrays, one after the other
  Hyperparameters hyperparameters;
  double rate = 0;                    // learning rate after the schedule
  double step = 1;                    // 1 for the first update
};

/// Applies one update; false if any parameter is no longer finite.
using OptimizerKernel = bool (*)(const Update& update) noexcept;

/// The same for one parameter in double precision; the oracle.
using OptimizerReference = double (*)(double w, double g, std::span<double> state, const Hyperparameters& hyperparameters, double rate, double step);

std::span<const OperationInfo* const> optimizer_table() noexcept;
std::size_t optimizer_state_rows(std::size_t index) noexcept;
OptimizerReference optimizer_reference(std::size_t index) noexcept;

template <class A = simd::Arch>
OptimizerKernel optimizer_kernel(std::size_t index) noexcept;

}  // namespace mlp
