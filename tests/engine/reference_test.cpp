#include "mlp/reference.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <cmath>
#include <string>

#include "mlp/activation.hpp"
#include "mlp/json.hpp"
#include "mlp/loss.hpp"
#include "mlp/run.hpp"
#include "support/kernels.hpp"
#include "support/networks.hpp"

using Catch::Matchers::WithinAbs;

namespace {

mlp::Operation activation(std::string_view id) { return test::operation(mlp::activation_table(), id); }
mlp::Operation loss(std::string_view id) { return test::operation(mlp::loss_table(), id); }

/// Compares the gradient of six samples through the layers with central differences.
void check_gradient(const std::vector<mlp::LayerShape>& layers, const mlp::Operation& loss) {
  const mlp::TargetEncoding encoding = mlp::loss_facts(loss.index).encoding;
  const std::size_t outputs = layers.back().units;
  CAPTURE(mlp::activation_table()[layers.front().activation.index]->id, mlp::activation_table()[layers.back().activation.index]->id,
          layers.back().activation.values, mlp::loss_table()[loss.index]->id, loss.values);
  const std::vector<double> parameters = test::exact(test::random_values(mlp::parameter_count(layers), 21, 0.9f));
  mlp::ReferenceSamples samples{6, test::exact(test::random_values(6 * layers.front().inputs, 22, 2.f)), {}};
  const bool classes = encoding == mlp::TargetEncoding::class_index;
  for (std::size_t i = 0; i < (classes ? 6 : 6 * outputs); ++i)
    samples.targets.push_back(classes ? static_cast<double>(i % outputs) : i % 2 == 0 ? 1 : encoding == mlp::TargetEncoding::bits ? 0 : -1);
  std::vector<double> gradient(parameters.size());
  mlp::reference_loss(layers, loss, parameters, samples, gradient);
  const std::vector<double> numerical = mlp::numerical_gradient(layers, loss, parameters, samples, 1e-6);
  REQUIRE(numerical.size() == gradient.size());
  for (std::size_t i = 0; i < gradient.size(); ++i) {
    CAPTURE(i);
    REQUIRE_THAT(numerical[i], WithinAbs(gradient[i], 1e-5 + 1e-3 * std::fabs(gradient[i])));
  }
}

}  // namespace

TEST_CASE("loss and gradient of one tanh unit are those worked out on paper", "[reference]") {
  const std::vector<mlp::LayerShape> layers{{2, 1, activation("tanh")}};
  const std::vector<double> parameters{0.5, -0.25, 0.1};
  const mlp::ReferenceSamples samples{1, {1, 2}, {1}};
  std::vector<double> gradient(3);
  const double y = std::tanh(0.1);
  CHECK_THAT(mlp::reference_loss(layers, loss("mse"), parameters, samples, gradient), WithinAbs((y - 1) * (y - 1), 1e-15));
  const double d = 2 * (y - 1) * (1 - y * y);
  CHECK_THAT(gradient[0], WithinAbs(d, 1e-15));
  CHECK_THAT(gradient[1], WithinAbs(2 * d, 1e-15));
  CHECK_THAT(gradient[2], WithinAbs(d, 1e-15));
}

TEST_CASE("the chain rule agrees with central differences for every activation, hidden and at the output, under every loss", "[reference]") {
  for (std::size_t a = 0; a < mlp::activation_table().size(); ++a)
    for (const mlp::Operation& hidden : test::settings_of(mlp::activation_table(), a))
      for (std::size_t l = 0; l < mlp::loss_table().size(); ++l)
        for (const mlp::Operation& operation : test::settings_of(mlp::loss_table(), l)) {
          check_gradient({{3, 5, hidden}, {5, 4, hidden}, {4, 3, activation("identity")}}, operation);
          // Logits are what the cross-entropies ask for; another activation there is allowed all the same.
          check_gradient({{3, 5, activation("tanh")}, {5, 3, hidden}}, operation);
        }
}

TEST_CASE("the gradient of float networks agrees with central differences in double precision, in both layouts", "[reference]") {
  for (const char* layers : {R"([{"units": 5}, {"units": 4, "activation": "gelu"}, {"activation": "identity"}])",
                             R"([{"units": 34, "activation": "softplus"}, {"units": 33, "activation": "tanh"}, {"activation": "identity"}])"})
    for (const mlp::OperationInfo* loss : mlp::loss_table()) {
      CAPTURE(layers, loss->id);
      mlp::Run run(mlp::parse_json(std::string(R"({"data": {"id": "moons", "samples": 12, "noise": 0.1, "testFraction": 0}, "network": {"layers": )")
                                       .append(layers)
                                       .append(R"(, "initializer": "pytorch-default"}, "training": {"loss": ")")
                                       .append(loss->id)
                                       .append("\"}}")));
      const std::vector<float> gradient = run.gradients(mlp::Split::train);
      const std::vector<double> numerical = run.numerical_gradients(mlp::Split::train, 1e-6).gradient;
      REQUIRE(numerical.size() == gradient.size());
      for (std::size_t i = 0; i < gradient.size(); ++i) {
        CAPTURE(i);
        REQUIRE_THAT(static_cast<double>(gradient[i]), WithinAbs(numerical[i], 1e-5 + 1e-3 * std::fabs(numerical[i])));
      }
    }
}

TEST_CASE("the loss is the same with and without its gradient, and for samples in any order", "[reference]") {
  const std::vector<mlp::LayerShape> layers{{2, 3, activation("sigmoid")}, {3, 1, activation("identity")}};
  const std::vector<double> parameters = test::exact(test::random_values(mlp::parameter_count(layers), 3));
  const mlp::ReferenceSamples samples{2, {1, 2, 3, 4}, {1, 0}};
  const mlp::ReferenceSamples swapped{2, {3, 4, 1, 2}, {0, 1}};
  std::vector<double> gradient(parameters.size());
  const double value = mlp::reference_loss(layers, loss("binary-cross-entropy"), parameters, samples, gradient);
  CHECK(mlp::reference_loss(layers, loss("binary-cross-entropy"), parameters, samples, {}) == value);
  CHECK_THAT(mlp::reference_loss(layers, loss("binary-cross-entropy"), parameters, swapped, {}), WithinAbs(value, 1e-15));
}

TEST_CASE("permuting hidden units changes nothing", "[reference]") {
  const std::vector<mlp::LayerShape> layers{{1, 2, activation("gelu")}, {2, 1, activation("identity")}};
  const mlp::ReferenceSamples samples{1, {0.7}, {0.2}};
  // Weights and biases of the hidden layer, then the output layer's.
  const std::vector<double> parameters{1, -2, 0.5, 0.25, 3, 4, 0.1};
  const std::vector<double> permuted{-2, 1, 0.25, 0.5, 4, 3, 0.1};
  CHECK_THAT(mlp::reference_loss(layers, loss("mse"), permuted, samples, {}), WithinAbs(mlp::reference_loss(layers, loss("mse"), parameters, samples, {}), 1e-13));
}
