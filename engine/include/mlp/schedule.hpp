// Learning-rate schedules. To add one: write its struct and name it in the list `Schedules`; nothing else.
#pragma once

#include <cmath>
#include <span>
#include <tuple>

#include "mlp/operation.hpp"
#include "mlp/optimizer.hpp"
#include "mlp/simd.hpp"

namespace mlp {
namespace schedules {

/// Half a cosine from 1 at 0 to 0 at 1 and beyond; the engine's own cosine, for the same bits everywhere.
inline double fall(double t) {
  return 0.5 + 0.5 * static_cast<double>(simd::single([](auto x) { return simd::cos(x); }, 3.14159265f * static_cast<float>(std::fmin(t, 1.0))));
}

/// Factors are functions of the time in epochs, which is fractional within an epoch.
struct Constant {
  static constexpr OperationInfo info{"constant", {"Constant", "恒定"}, "\\eta(t) = \\eta", "Robbins, Monro, 1951"};
  static double factor(double, const Hyperparameters&) { return 1; }
};

struct Step {
  static constexpr Hyperparameter parameters[] = {{"every", {"Every (epochs)", "间隔（轮）"}, 1, 1e5, 30, Scale::integer}, {"factor", {"Factor", "倍数"}, 0, 1, 0.1}};
  static constexpr OperationInfo info{"step", {"Step", "阶梯"}, "\\eta(t) = \\eta\\,\\gamma^{\\lfloor t / k\\rfloor}", "PyTorch, torch.optim.lr_scheduler.StepLR", parameters};
  static double factor(double epochs, const Hyperparameters& p) { return power(p[1], std::floor(epochs / p[0])); }
};

struct Exponential {
  static constexpr Hyperparameter parameters[] = {{"decay", {"Factor per epoch", "每轮倍数"}, 0, 1, 0.99}};
  static constexpr OperationInfo info{"exponential", {"Exponential", "指数"}, "\\eta(t) = \\eta\\,\\gamma^{\\lfloor t\\rfloor}", "PyTorch, torch.optim.lr_scheduler.ExponentialLR", parameters};
  static double factor(double epochs, const Hyperparameters& p) { return power(p[0], std::floor(epochs)); }
};

struct Cosine {
  static constexpr Hyperparameter parameters[] = {{"epochs", {"Length (epochs)", "长度（轮）"}, 1, 1e6, 100, Scale::integer}};
  static constexpr OperationInfo info{"cosine", {"Cosine", "余弦"}, "\\eta(t) = \\frac\\eta2\\left(1 + \\cos\\frac{\\pi \\min(t, T)}{T}\\right)", "Loshchilov, Hutter, SGDR, ICLR 2017", parameters};
  static double factor(double epochs, const Hyperparameters& p) { return fall(epochs / p[0]); }
};

struct WarmupCosine {
  static constexpr Hyperparameter parameters[] = {{"warmup", {"Warm-up (epochs)", "预热（轮）"}, 0, 1e5, 5, Scale::integer}, {"epochs", {"Length (epochs)", "长度（轮）"}, 1, 1e6, 100, Scale::integer}};
  static constexpr OperationInfo info{"warmup-cosine", {"Warm-up, then cosine", "预热后余弦"},
                                      "\\eta(t) = \\eta\\begin{cases}t / T_w & t < T_w\\\\\\frac12\\left(1 + \\cos\\frac{\\pi (t - T_w)}{T - T_w}\\right) & t \\ge T_w\\end{cases}",
                                      "Goyal et al., 2017; Loshchilov, Hutter, ICLR 2017", parameters};
  static double factor(double epochs, const Hyperparameters& p) {
    if (epochs < p[0]) return epochs / p[0];
    return fall((epochs - p[0]) / std::fmax(p[1] - p[0], 1.0));
  }
};

}  // namespace schedules

/// Display order.
using Schedules = std::tuple<schedules::Constant, schedules::Step, schedules::Exponential, schedules::Cosine, schedules::WarmupCosine>;

std::span<const OperationInfo* const> schedule_table() noexcept;

/// What the learning rate is multiplied by after `epochs` (fractional) of training.
double schedule_factor(const Operation& schedule, double epochs) noexcept;

}  // namespace mlp
