// Initial weights. To add an initializer: write its struct and name it in the list `Initializers`; nothing else.
#pragma once

#include <cmath>
#include <span>
#include <tuple>

#include "mlp/operation.hpp"
#include "mlp/random.hpp"

namespace mlp {

/// One layer's parameters to be filled. Biases come in as 0.
struct LayerParameters {
  std::size_t inputs;
  std::size_t units;
  std::span<float> weights;  // [units x inputs]
  std::span<float> biases;   // [units]
};

namespace initializers {

inline void fill_uniform(Random& random, std::span<float> values, double limit) {
  const auto bound = static_cast<float>(limit);
  for (float& v : values) v = random.uniform(-bound, bound);
}

inline void fill_normal(Random& random, std::span<float> values, double deviation) {
  const auto scale = static_cast<float>(deviation);
  for (float& v : values) v = scale * random.normal();
}

inline double fan_sum(const LayerParameters& layer) { return static_cast<double>(layer.inputs + layer.units); }
inline double fan_in(const LayerParameters& layer) { return static_cast<double>(layer.inputs); }

struct XavierUniform {
  static constexpr OperationInfo info{"xavier-uniform", {"Xavier, uniform", "Xavier 均匀"}, "w \\sim U\\!\\left(\\pm\\sqrt{6 / (n_{in} + n_{out})}\\right)", "Glorot, Bengio, AISTATS 2010"};
  static void fill(Random& random, const LayerParameters& layer, const Hyperparameters&) { fill_uniform(random, layer.weights, std::sqrt(6 / fan_sum(layer))); }
};

struct XavierNormal {
  static constexpr OperationInfo info{"xavier-normal", {"Xavier, normal", "Xavier 正态"}, "w \\sim N\\!\\left(0,\\; 2 / (n_{in} + n_{out})\\right)", "Glorot, Bengio, AISTATS 2010"};
  static void fill(Random& random, const LayerParameters& layer, const Hyperparameters&) { fill_normal(random, layer.weights, std::sqrt(2 / fan_sum(layer))); }
};

struct HeUniform {
  static constexpr OperationInfo info{"he-uniform", {"He, uniform", "He 均匀"}, "w \\sim U\\!\\left(\\pm\\sqrt{6 / n_{in}}\\right)", "He et al., ICCV 2015"};
  static void fill(Random& random, const LayerParameters& layer, const Hyperparameters&) { fill_uniform(random, layer.weights, std::sqrt(6 / fan_in(layer))); }
};

struct HeNormal {
  static constexpr OperationInfo info{"he-normal", {"He, normal", "He 正态"}, "w \\sim N\\!\\left(0,\\; 2 / n_{in}\\right)", "He et al., ICCV 2015"};
  static void fill(Random& random, const LayerParameters& layer, const Hyperparameters&) { fill_normal(random, layer.weights, std::sqrt(2 / fan_in(layer))); }
};

struct Normal {
  static constexpr Hyperparameter parameters[] = {{"std", {"Standard deviation", "标准差"}, 0, 10, 0.01}};
  static constexpr OperationInfo info{"normal", {"Normal", "正态"}, "w \\sim N(0, \\sigma^2)", "Saito, Deep Learning from Scratch, 2016, chapter 4", parameters};
  static void fill(Random& random, const LayerParameters& layer, const Hyperparameters& p) { fill_normal(random, layer.weights, p[0]); }
};

struct Uniform {
  static constexpr Hyperparameter parameters[] = {{"limit", {"Limit", "界限"}, 0, 10, 0.5}};
  static constexpr OperationInfo info{"uniform", {"Uniform", "均匀"}, "w \\sim U(-l, l)", "TensorFlow Playground (limit 0.5)", parameters};
  static void fill(Random& random, const LayerParameters& layer, const Hyperparameters& p) { fill_uniform(random, layer.weights, p[0]); }
};

/// Weights and biases U(±1/sqrt(inputs)), what torch.nn.Linear starts with.
struct PyTorchDefault {
  static constexpr OperationInfo info{"pytorch-default", {"PyTorch default", "PyTorch 默认"}, "w, b \\sim U\\!\\left(\\pm 1/\\sqrt{n_{in}}\\right)", "PyTorch, torch.nn.Linear.reset_parameters"};
  static void fill(Random& random, const LayerParameters& layer, const Hyperparameters&) {
    fill_uniform(random, layer.weights, 1 / std::sqrt(fan_in(layer)));
    fill_uniform(random, layer.biases, 1 / std::sqrt(fan_in(layer)));
  }
};

struct Zeros {
  static constexpr OperationInfo info{"zeros", {"Zeros", "全零"}, "w = 0", "Goodfellow et al., Deep Learning, 2016, section 8.4 (why not)"};
  static void fill(Random&, const LayerParameters& layer, const Hyperparameters&) {
    for (float& w : layer.weights) w = 0;
  }
};

struct Constant {
  static constexpr Hyperparameter parameters[] = {{"value", {"Value", "值"}, -10, 10, 0.1}};
  static constexpr OperationInfo info{"constant", {"Constant", "常数"}, "w = c", "Goodfellow et al., Deep Learning, 2016, section 8.4 (why not)", parameters};
  static void fill(Random&, const LayerParameters& layer, const Hyperparameters& p) {
    for (float& w : layer.weights) w = static_cast<float>(p[0]);
  }
};

}  // namespace initializers

/// Display order.
using Initializers = std::tuple<initializers::XavierUniform, initializers::XavierNormal, initializers::HeUniform, initializers::HeNormal, initializers::Normal,
                                initializers::Uniform, initializers::PyTorchDefault, initializers::Zeros, initializers::Constant>;

std::span<const OperationInfo* const> initializer_table() noexcept;

/// Fills one layer; biases are set to 0 first.
void initialize(const Operation& initializer, Random& random, const LayerParameters& layer);

}  // namespace mlp
