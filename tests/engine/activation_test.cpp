#include "mlp/activation.hpp"

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <cmath>
#include <limits>

#include "activation_kernels.hpp"
#include "support/archs.hpp"
#include "support/kernels.hpp"
#include "support/networks.hpp"

using Catch::Matchers::WithinAbs;

namespace {

/// Points from -9 to 9, none of them on a kink of any activation.
std::vector<double> points() {
  std::vector<double> result;
  for (double x = -9.0123; x < 9; x += 0.0371) result.push_back(x);
  for (const double x : {1e-3, 1e-6, 1e-20, 20.0, 60.0})
    for (const double sign : {-1.0, 1.0}) result.push_back(sign * x);
  return result;
}

std::vector<float> floats() {
  const std::vector<double> x = points();
  std::vector<float> result(x.begin(), x.end());
  result.resize(mlp::simd::round_up(result.size(), 16), 0.5f);
  return result;
}

double value_of(std::string_view id, double x) {
  const mlp::Operation operation = test::operation(mlp::activation_table(), id);
  return mlp::activation_reference(operation.index).value(x, operation.values);
}

}  // namespace

TEMPLATE_LIST_TEST_CASE("values and slopes of every activation agree with double precision", "[activation]", test::Archs) {
  const std::vector<float> x = floats();
  for (std::size_t index = 0; index < mlp::activation_table().size(); ++index)
    for (const mlp::Operation& operation : test::settings_of(mlp::activation_table(), index)) {
      const mlp::ActivationKernels& kernels = mlp::activation_kernels<TestType>(index);
      const mlp::ActivationReference reference = mlp::activation_reference(index);
      std::vector<float> y(x.size()), d(x.size(), 3.f);
      kernels.value(x.data(), y.data(), x.size(), operation.values);
      kernels.multiply_slope(x.data(), y.data(), d.data(), x.size(), operation.values);
      for (std::size_t i = 0; i < x.size(); ++i) {
        CAPTURE(mlp::activation_table()[index]->id, x[i]);
        const double value = reference.value(static_cast<double>(x[i]), operation.values);
        const double slope = reference.slope(static_cast<double>(x[i]), operation.values);
        REQUIRE_THAT(static_cast<double>(y[i]), WithinAbs(value, 6e-7 * (1 + std::fabs(value))));
        REQUIRE_THAT(static_cast<double>(d[i]), WithinAbs(3 * slope, 6e-6 * (1 + std::fabs(slope))));
      }
    }
}

TEST_CASE("the slope of every activation is the derivative of its value", "[activation]") {
  constexpr double h = 1e-5;
  for (std::size_t index = 0; index < mlp::activation_table().size(); ++index)
    for (const mlp::Operation& operation : test::settings_of(mlp::activation_table(), index)) {
      const mlp::ActivationReference f = mlp::activation_reference(index);
      for (const double x : points()) {
        if (std::fabs(x) < 2 * h) continue;  // 0 is a kink of many
        CAPTURE(mlp::activation_table()[index]->id, x);
        const double difference = (f.value(x + h, operation.values) - f.value(x - h, operation.values)) / (2 * h);
        REQUIRE_THAT(f.slope(x, operation.values), WithinAbs(difference, 1e-7 * (1 + std::fabs(difference))));
      }
    }
}

TEST_CASE("values of every activation stay within the range it states", "[activation]") {
  const std::vector<float> x = floats();
  std::vector<float> y(x.size());
  for (std::size_t index = 0; index < mlp::activation_table().size(); ++index) {
    const mlp::Operation operation = mlp::default_operation(mlp::activation_table(), index);
    const mlp::Range range = mlp::activation_range(index);
    mlp::activation_kernels(index).value(x.data(), y.data(), x.size(), operation.values);
    for (std::size_t i = 0; i < x.size(); ++i) {
      CAPTURE(mlp::activation_table()[index]->id, x[i], y[i]);
      REQUIRE(static_cast<double>(y[i]) >= range.minimum - 2.4e-7);
      REQUIRE(static_cast<double>(y[i]) <= range.maximum + 2.4e-7);
    }
  }
}

TEMPLATE_LIST_TEST_CASE("no activation hides a NaN, wherever it stands", "[activation]", test::Archs) {
  constexpr std::size_t n = 2 * mlp::simd::lanes<TestType>;
  for (std::size_t index = 0; index < mlp::activation_table().size(); ++index) {
    const mlp::Operation operation = mlp::default_operation(mlp::activation_table(), index);
    for (std::size_t bad = 0; bad < n; ++bad) {
      std::vector<float> x(n, 0.25f), y(n);
      x[bad] = std::numeric_limits<float>::quiet_NaN();
      mlp::activation_kernels<TestType>(index).value(x.data(), y.data(), n, operation.values);
      CAPTURE(mlp::activation_table()[index]->id, bad);
      for (std::size_t i = 0; i < n; ++i) REQUIRE(std::isnan(y[i]) == (i == bad));
    }
  }
}

TEMPLATE_LIST_TEST_CASE("an activation writes what it was asked for and nothing around it", "[activation]", test::Archs) {
  constexpr std::size_t lanes = mlp::simd::lanes<TestType>;
  for (std::size_t index = 0; index < mlp::activation_table().size(); ++index) {
    const mlp::Operation operation = mlp::default_operation(mlp::activation_table(), index);
    const mlp::ActivationKernels& kernels = mlp::activation_kernels<TestType>(index);
    for (std::size_t size = 0; size <= 2 * lanes + 1; ++size) {
      const std::size_t n = mlp::simd::round_up(size, lanes);
      test::Guarded x(n, 0.75f), y(n, 77.f), d(n, 2.f);
      kernels.value(x.data(), y.data(), n, operation.values);
      kernels.multiply_slope(x.data(), y.data(), d.data(), n, operation.values);
      CAPTURE(mlp::activation_table()[index]->id, size);
      REQUIRE((x.untouched() && y.untouched() && d.untouched()));
      for (std::size_t i = 0; i < n; ++i) {
        REQUIRE(y[i] == y[0]);
        REQUIRE(y[i] != 77.f);
        REQUIRE(d[i] == d[0]);
        REQUIRE(x[i] == 0.75f);
      }
    }
  }
}

TEST_CASE("activations have the values that text books print", "[activation]") {
  CHECK_THAT(value_of("gelu", 1), WithinAbs(0.8413, 5e-5));
  CHECK_THAT(value_of("elu", -1), WithinAbs(-0.632, 5e-4));
  CHECK_THAT(value_of("softplus", 0), WithinAbs(0.693, 5e-4));
  CHECK_THAT(value_of("tanh", -2.2), WithinAbs(-0.9757431300314515, 1e-15));
  CHECK_THAT(value_of("tanh", 0.1), WithinAbs(0.09966799462495582, 1e-15));
  CHECK_THAT(value_of("tanh", 2.5), WithinAbs(0.9866142981514303, 1e-15));
  CHECK_THAT(value_of("sigmoid", 0), WithinAbs(0.5, 0));
  CHECK_THAT(value_of("hard-sigmoid", 1), WithinAbs(4.0 / 6, 1e-15));
  CHECK_THAT(value_of("selu", -1), WithinAbs(-1.1113307378125627, 1e-12));
  CHECK_THAT(value_of("silu", 1), WithinAbs(0.7310585786300049, 1e-15));
  CHECK_THAT(value_of("softsign", -3), WithinAbs(-0.75, 0));
  CHECK_THAT(value_of("leaky-relu", -2), WithinAbs(-0.02, 1e-17));
  CHECK(value_of("step", 0) == 0);
  CHECK(value_of("step", 1e-9) == 1);
  CHECK(value_of("hardtanh", -7) == -1);
  CHECK(value_of("relu", -7) == 0);
}

TEST_CASE("GELU has its minimum of -0.170 at -0.752", "[activation]") {
  double best = 0;
  for (double x = -3; x < 0; x += 1e-4)
    if (value_of("gelu", x) < value_of("gelu", best)) best = x;
  CHECK_THAT(best, WithinAbs(-0.752, 5e-4));
  CHECK_THAT(value_of("gelu", best), WithinAbs(-0.170, 5e-4));
}

TEST_CASE("ReLU and its relatives have slope 0 or the left one at the kink, as PyTorch takes it", "[activation]") {
  for (const auto& [id, slope] : {std::pair{"relu", 0.0}, {"step", 0.0}, {"leaky-relu", 0.01}, {"elu", 1.0}}) {
    CAPTURE(id);
    const mlp::Operation operation = test::operation(mlp::activation_table(), id);
    CHECK(mlp::activation_reference(operation.index).slope(0, operation.values) == slope);
  }
}
