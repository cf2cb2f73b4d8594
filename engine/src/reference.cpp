#include "mlp/reference.hpp"

#include <algorithm>

#include "mlp/activation.hpp"
#include "mlp/loss.hpp"

namespace mlp {

double reference_loss(std::span<const LayerShape> layers, const Operation& loss, std::span<const double> parameters, const ReferenceSamples& samples, std::span<double> gradient) {
  const std::size_t outputs = layers.back().units;
  const double divisor = loss_divisor(loss.index, samples.rows, outputs);
  const std::size_t target_columns = samples.targets.size() / samples.rows;
  std::fill(gradient.begin(), gradient.end(), 0.0);
  double sum = 0;
  for (std::size_t row = 0; row < samples.rows; ++row) {
    const std::size_t inputs = layers.front().inputs;
    std::vector<std::vector<double>> z(layers.size());
    std::vector<std::vector<double>> a{{samples.inputs.begin() + static_cast<std::ptrdiff_t>(row * inputs), samples.inputs.begin() + static_cast<std::ptrdiff_t>((row + 1) * inputs)}};
    std::size_t at = 0;
    std::vector<std::size_t> offsets;
    std::vector<Hyperparameters> values;
    const auto kept = [&](std::size_t l, std::size_t u) { return l < samples.dropout.size() && !samples.dropout[l].empty() ? samples.dropout[l][row * layers[l].units + u] : 1.0; };
    for (std::size_t l = 0; l < layers.size(); ++l) {
      const LayerShape& layer = layers[l];
      offsets.push_back(at);
      values.push_back(layer.activation.values);
      for (std::size_t j = 0; j < layer.learned(); ++j) values[l][j] = parameters[at + layer.units * layer.inputs + layer.units + j];
      if (layer.skip > 0) a[l].insert(a[l].end(), a[0].begin(), a[0].end());
      const ActivationReference f = activation_reference(layer.activation.index);
      std::vector<double> y;
      for (std::size_t u = 0; u < layer.units; ++u) {
        double s = parameters[at + layer.units * layer.inputs + u];
        for (std::size_t i = 0; i < layer.inputs; ++i) s += parameters[at + u * layer.inputs + i] * a[l][i];
        z[l].push_back(s);
        y.push_back(f.value(s, values[l]) * kept(l, u));
      }
      a.push_back(std::move(y));
      at += layer.parameters();
    }

    const std::span<const double> target(samples.targets.data() + row * target_columns, target_columns);
    std::vector<double> slope(gradient.empty() ? 0 : outputs);
    sum += loss_reference(loss.index)(a.back(), target, slope, loss.values);
    if (gradient.empty()) continue;

    for (std::size_t l = layers.size(); l-- > 0;) {
      const LayerShape& layer = layers[l];
      const ActivationReference f = activation_reference(layer.activation.index);
      std::vector<double> below(layer.inputs);
      for (std::size_t u = 0; u < layer.units; ++u) {
        const double upstream = slope[u] * kept(l, u);
        const double d = upstream * f.slope(z[l][u], values[l]);
        Hyperparameters learned{};
        if (f.learned_slopes) f.learned_slopes(z[l][u], values[l], learned.data());
        for (std::size_t j = 0; j < layer.learned(); ++j) gradient[offsets[l] + layer.units * layer.inputs + layer.units + j] += upstream * learned[j] / divisor;
        for (std::size_t i = 0; i < layer.inputs; ++i) {
          gradient[offsets[l] + u * layer.inputs + i] += d * a[l][i] / divisor;
          below[i] += d * parameters[offsets[l] + u * layer.inputs + i];
        }
        gradient[offsets[l] + layer.units * layer.inputs + u] += d / divisor;
      }
      slope = std::move(below);
    }
  }
  return sum / divisor;
}

std::vector<double> numerical_gradient(std::span<const LayerShape> layers, const Operation& loss, std::span<const double> parameters, const ReferenceSamples& samples, double h) {
  std::vector<double> moved(parameters.begin(), parameters.end());
  std::vector<double> gradient;
  gradient.reserve(moved.size());
  for (double& parameter : moved) {
    const double center = parameter;
    parameter = center + h;
    const double above = reference_loss(layers, loss, moved, samples, {});
    parameter = center - h;
    const double below = reference_loss(layers, loss, moved, samples, {});
    parameter = center;
    gradient.push_back((above - below) / (2 * h));
  }
  return gradient;
}

}  // namespace mlp
