#include "mlp/reference.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <cmath>

#include "mlp/activation.hpp"
#include "mlp/loss.hpp"
#include "support/networks.hpp"

using Catch::Matchers::WithinAbs;

namespace {

mlp::Operation activation(std::string_view id) { return test::operation(mlp::activation_table(), id); }
mlp::Operation loss(std::string_view id) { return test::operation(mlp::loss_table(), id); }

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

TEST_CASE("the chain rule agrees with central differences for every activation under every loss", "[reference]") {
  for (std::size_t a = 0; a < mlp::activation_table().size(); ++a)
    for (std::size_t l = 0; l < mlp::loss_table().size(); ++l) {
      CAPTURE(mlp::activation_table()[a]->id, mlp::loss_table()[l]->id);
      const mlp::Operation hidden = mlp::default_operation(mlp::activation_table(), a);
      const std::vector<mlp::LayerShape> layers{{3, 5, hidden}, {5, 4, hidden}, {4, 3, activation("identity")}};
      const mlp::Operation operation = mlp::default_operation(mlp::loss_table(), l);
      const std::vector<double> parameters = test::exact(test::random_values(mlp::parameter_count(layers), 21, 0.9f));
      mlp::ReferenceSamples samples{6, test::exact(test::random_values(18, 22, 2.f)), {}};
      const mlp::TargetEncoding encoding = mlp::loss_facts(l).encoding;
      const std::size_t per_row = encoding == mlp::TargetEncoding::class_index ? 1 : 3;
      for (std::size_t i = 0; i < 6 * per_row; ++i)
        samples.targets.push_back(encoding == mlp::TargetEncoding::class_index ? static_cast<double>(i % 3) : i % 2 == 0 ? 1 : encoding == mlp::TargetEncoding::bits ? 0 : -1);
      std::vector<double> gradient(parameters.size());
      mlp::reference_loss(layers, operation, parameters, samples, gradient);
      const std::vector<double> numerical = mlp::numerical_gradient(layers, operation, parameters, samples, 1e-6);
      REQUIRE(numerical.size() == gradient.size());
      for (std::size_t i = 0; i < gradient.size(); ++i) {
        CAPTURE(i);
        REQUIRE_THAT(numerical[i], WithinAbs(gradient[i], 1e-5 + 1e-3 * std::fabs(gradient[i])));
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
