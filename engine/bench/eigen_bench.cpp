// One round of the benchmark by a multilayer perceptron written by hand with Eigen: eigen_bench WORKLOADS.json MILLISECONDS. Trains the
// workloads of tables whose network has sigmoid or ReLU; prints steps per second as workloads_bench does. A peer, and no part of the engine.
#include <Eigen/Core>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "mlp/json.hpp"

namespace {

using Clock = std::chrono::steady_clock;
using Matrix = Eigen::MatrixXf;
using Vector = Eigen::VectorXf;
using Index = Eigen::Index;

double number(const mlp::Value& object, std::string_view key, double fallback = 0) {
  const mlp::Value* member = object.find(key);
  return member ? *member->get<double>() : fallback;
}

std::string text(const mlp::Value& object, std::string_view key) { return *object.find(key)->get<std::string>(); }

struct Layer {
  Matrix weights, outputs, slopes, gradient, first, second;  // [units x inputs], [units x samples]; moments of the optimizer
  Vector bias, bias_gradient, bias_first, bias_second;
  std::string activation;
};

/// One step of Adam, or of gradient descent with momentum.
struct Optimizer {
  bool adam = false;
  float rate = 0, momentum = 0, correction1 = 1, correction2 = 1;
  template <class W>
  void update(W& w, const W& g, W& first, W& second) const {
    if (adam) {
      first = 0.9f * first + 0.1f * g;
      second = 0.999f * second + 0.001f * g.cwiseProduct(g);
      w.array() -= rate / correction1 * first.array() / ((second.array() / correction2).sqrt() + 1e-8f);
    } else if (momentum > 0) {
      first = momentum * first + g;
      w -= rate * first;
    } else {
      w -= rate * g;
    }
  }
};

class Perceptron {
 public:
  Perceptron(const mlp::Value& workload, Index inputs, Index outputs) : cross_entropy_(text(*workload.find("document")->find("training"), "loss") == "cross-entropy") {
    const mlp::Value& document = *workload.find("document");
    const mlp::Value& settings = *document.find("training")->find("optimizer");
    optimizer_.adam = text(settings, "id") == "adam";
    optimizer_.rate = static_cast<float>(number(settings, "learningRate"));
    optimizer_.momentum = static_cast<float>(number(settings, "momentum"));
    for (const mlp::Value& spec : *document.find("network")->find("layers")->get<mlp::Array>()) {
      const auto units = static_cast<Index>(number(spec, "units", static_cast<double>(outputs)));
      Layer layer;
      layer.weights = Matrix::Random(units, inputs) / std::sqrt(static_cast<float>(inputs));
      layer.first = layer.second = Matrix::Zero(units, inputs);
      layer.bias = layer.bias_first = layer.bias_second = Vector::Zero(units);
      layer.activation = text(spec, "activation");
      layers_.push_back(std::move(layer));
      inputs = units;
    }
  }

  /// x [inputs x samples], y [outputs x samples]
  void step(const Eigen::Ref<const Matrix>& x, const Eigen::Ref<const Matrix>& y) {
    for (std::size_t l = 0; l < layers_.size(); ++l) {
      Layer& layer = layers_[l];
      if (l == 0)
        layer.outputs.noalias() = layer.weights * x;
      else
        layer.outputs.noalias() = layer.weights * layers_[l - 1].outputs;
      layer.outputs.colwise() += layer.bias;
      if (layer.activation == "sigmoid") layer.outputs = (1 + (-layer.outputs.array()).exp()).inverse();
      if (layer.activation == "relu") layer.outputs = layer.outputs.cwiseMax(0.f);
    }
    const auto samples = static_cast<float>(x.cols());
    Layer& last = layers_.back();
    if (cross_entropy_) {
      last.slopes = (last.outputs.rowwise() - last.outputs.colwise().maxCoeff()).array().exp();
      last.slopes.array().rowwise() /= last.slopes.colwise().sum().array().eval();
      last.slopes = (last.slopes - y) / samples;
    } else {
      last.slopes = (last.outputs - y) / samples;
    }
    ++count_;
    optimizer_.correction1 = 1 - std::pow(0.9f, count_);
    optimizer_.correction2 = 1 - std::pow(0.999f, count_);
    for (std::size_t l = layers_.size(); l-- > 0;) {
      Layer& layer = layers_[l];
      if (layer.activation == "sigmoid") layer.slopes.array() *= layer.outputs.array() * (1 - layer.outputs.array());
      if (layer.activation == "relu") layer.slopes.array() *= (layer.outputs.array() > 0).cast<float>();
      if (l == 0)
        layer.gradient.noalias() = layer.slopes * x.transpose();
      else
        layer.gradient.noalias() = layer.slopes * layers_[l - 1].outputs.transpose();
      layer.bias_gradient = layer.slopes.rowwise().sum();
      if (l > 0) layers_[l - 1].slopes.noalias() = layer.weights.transpose() * layer.slopes;
      optimizer_.update(layer.weights, layer.gradient, layer.first, layer.second);
      optimizer_.update(layer.bias, layer.bias_gradient, layer.bias_first, layer.bias_second);
    }
  }

 private:
  std::vector<Layer> layers_;
  Optimizer optimizer_;
  bool cross_entropy_;
  float count_ = 0;
};

double measure(const mlp::Value& workload, double milliseconds) {
  const mlp::Value& table = *workload.find("table");
  const auto rows = static_cast<Index>(number(table, "rows"));
  const auto columns = static_cast<Index>(number(table, "columns"));
  const auto classes = static_cast<Index>(number(table, "classes"));
  const auto outputs = classes > 0 ? classes : static_cast<Index>(number(table, "outputs"));
  const auto size = static_cast<Index>(number(*workload.find("document")->find("training"), "batchSize"));
  const Matrix x = Matrix::Random(columns, rows);
  Matrix y = Matrix::Random(outputs, rows);
  if (classes > 0) {
    y.setZero();
    for (Index row = 0; row < rows; ++row) y(row % classes, row) = 1;
  }
  Perceptron perceptron(workload, columns, outputs);
  Index first = 0;
  double rate = 0;
  for (const double duration : {milliseconds / 4000, milliseconds / 1000}) {
    double done = 0;
    double elapsed = 0;
    const Clock::time_point start = Clock::now();
    for (; elapsed < duration; ++done, elapsed = std::chrono::duration<double>(Clock::now() - start).count()) {
      perceptron.step(x.middleCols(first, size), y.middleCols(first, size));
      first = first + 2 * size <= rows ? first + size : 0;
    }
    rate = done / elapsed;
  }
  return rate;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "usage: eigen_bench WORKLOADS.json MILLISECONDS\n");
    return 2;
  }
  std::ifstream file(argv[1], std::ios::binary);
  std::ostringstream all;
  all << file.rdbuf();
  const mlp::Value workloads = mlp::parse_json(all.str());
  mlp::Value rates;
  for (const mlp::Value& workload : *workloads.get<mlp::Array>())
    if (workload.find("table") && !workload.find("predict")) rates.set(text(workload, "id"), measure(workload, std::atof(argv[2])));
  mlp::Value report;
  report.set("rates", std::move(rates));
  std::printf("%s\n", mlp::to_json(report).c_str());
  return 0;
}
