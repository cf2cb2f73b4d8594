#include "mlp/optimizer.hpp"

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <cmath>
#include <functional>
#include <limits>

#include "optimizer_kernels.hpp"
#include "support/archs.hpp"
#include "support/kernels.hpp"
#include "support/networks.hpp"

using Catch::Matchers::WithinAbs;

namespace {

constexpr std::size_t n = 48;  // a multiple of every architecture's lanes

/// Parameters under one optimizer.
struct Optimized {
  explicit Optimized(const mlp::Operation& chosen, std::uint32_t seed = 1)
      : operation(chosen), parameters(test::random_values(n, seed)), state(n * mlp::optimizer_state_rows(chosen.index)) {}

  template <class Arch = mlp::simd::Arch>
  bool step(std::span<const float> gradient, double rate) {
    return mlp::optimizer_kernel<Arch>(operation.index)({parameters, gradient, state, operation.values, rate, ++steps});
  }

  mlp::Operation operation;
  std::vector<float> parameters;
  std::vector<float> state;
  double steps = 0;
};

mlp::Operation optimizer(std::string_view id) { return test::operation(mlp::optimizer_table(), id); }

void set(mlp::Operation& operation, std::string_view name, double value) {
  const auto parameters = mlp::optimizer_table()[operation.index]->parameters;
  std::size_t i = 0;
  while (parameters[i].name != name) ++i;
  operation.values[i] = value;
}

/// The trajectory of one parameter under the published rule, written down a second time without the engine's help.
using Rule = std::function<double(double w, double g, double rate, int t)>;

void follows(const mlp::Operation& operation, double rate, const Rule& rule) {
  std::vector<double> state(mlp::optimizer_state_rows(operation.index));
  double w = 0.7, expected = 0.7;
  for (int t = 1; t <= 50; ++t) {
    const double g = std::sin(1.3 * t) * (t % 7 == 0 ? 20 : 1);
    w = mlp::optimizer_reference(operation.index)(w, g, state, operation.values, rate, t);
    expected = rule(expected, g, rate, t);
    CAPTURE(t);
    REQUIRE_THAT(w, WithinAbs(expected, 1e-12));
  }
}

}  // namespace

TEMPLATE_LIST_TEST_CASE("fifty steps of every optimizer agree with double precision", "[optimizer]", test::Archs) {
  for (std::size_t index = 0; index < mlp::optimizer_table().size(); ++index)
    for (mlp::Operation operation : test::settings_of(mlp::optimizer_table(), index)) {
      const double rate = 0.02;
      Optimized optimized(operation);
      std::vector<double> exact = test::exact(optimized.parameters);
      const std::size_t rows = mlp::optimizer_state_rows(index);
      std::vector<std::vector<double>> states(n, std::vector<double>(rows));
      for (std::uint32_t t = 1; t <= 50; ++t) {
        const std::vector<float> gradient = test::random_values(n, 100 + t, 2.f);
        REQUIRE(optimized.step<TestType>(gradient, rate));
        for (std::size_t i = 0; i < n; ++i) exact[i] = mlp::optimizer_reference(index)(exact[i], static_cast<double>(gradient[i]), states[i], operation.values, rate, t);
      }
      for (std::size_t i = 0; i < n; ++i) {
        CAPTURE(mlp::optimizer_table()[index]->id, i);
        REQUIRE_THAT(static_cast<double>(optimized.parameters[i]), WithinAbs(exact[i], 2e-5 * (1 + std::fabs(exact[i]))));
        for (std::size_t r = 0; r < rows; ++r)
          REQUIRE_THAT(static_cast<double>(optimized.state[r * n + i]), WithinAbs(states[i][r], 2e-5 * (1 + std::fabs(states[i][r]))));
      }
    }
}

TEST_CASE("SGD's momentum is PyTorch's: the velocity is a plain sum of gradients, the rate multiplies it afterwards", "[optimizer]") {
  for (const bool nesterov : {false, true}) {
    mlp::Operation sgd = optimizer("sgd");
    set(sgd, "momentum", 0.9);
    set(sgd, "nesterov", nesterov ? 1 : 0);
    double v = 0;
    follows(sgd, 0.1, [&](double w, double g, double rate, int) {
      v = 0.9 * v + g;
      return w - rate * (nesterov ? g + 0.9 * v : v);
    });
  }
}

TEST_CASE("a rate that changes under momentum acts at once, as in PyTorch", "[optimizer]") {
  mlp::Operation sgd = optimizer("sgd");
  set(sgd, "momentum", 0.5);
  std::vector<double> state(1);
  double w = mlp::optimizer_reference(sgd.index)(0, 1, state, sgd.values, 1, 1);
  CHECK(w == -1);
  w = mlp::optimizer_reference(sgd.index)(w, 0, state, sgd.values, 0.1, 2);
  CHECK_THAT(w, WithinAbs(-1.05, 1e-15));
}

TEST_CASE("Adam, AdamW, RMSProp and Adagrad follow the rules as published", "[optimizer]") {
  for (const bool decoupled : {false, true}) {
    double m = 0, v = 0;
    follows(optimizer(decoupled ? "adamw" : "adam"), 0.01, [&, decoupled](double w, double g, double rate, int t) {
      m = 0.9 * m + 0.1 * g;
      v = 0.999 * v + 0.001 * g * g;
      const double corrected_m = m / (1 - std::pow(0.9, t));
      const double corrected_v = v / (1 - std::pow(0.999, t));
      if (decoupled) w -= rate * 0.01 * w;
      return w - rate * corrected_m / (std::sqrt(corrected_v) + 1e-8);
    });
  }
  double s = 0;
  follows(optimizer("rmsprop"), 0.01, [&](double w, double g, double rate, int) {
    s = 0.99 * s + 0.01 * g * g;
    return w - rate * g / (std::sqrt(s) + 1e-8);
  });
  double sum = 0;
  follows(optimizer("adagrad"), 0.1, [&](double w, double g, double rate, int) {
    sum += g * g;
    return w - rate * g / (std::sqrt(sum) + 1e-10);
  });
}

TEST_CASE("Adam's first step moves by the rate whatever the gradient's size", "[optimizer]") {
  for (const char* id : {"adam", "adamw"})
    for (const float size : {1e-3f, 1.f, 1e6f}) {
      CAPTURE(id, size);
      mlp::Operation operation = optimizer(id);
      if (id == std::string_view("adamw")) set(operation, "weightDecay", 0);
      Optimized optimized(operation);
      const std::vector<float> before = optimized.parameters;
      std::vector<float> gradient(n, size);
      gradient[1] = -size;
      REQUIRE(optimized.step(gradient, 0.125));
      for (std::size_t i = 0; i < n; ++i)
        CHECK_THAT(static_cast<double>(before[i]) - static_cast<double>(optimized.parameters[i]), WithinAbs(i == 1 ? -0.125 : 0.125, 0.125 * 2e-5));
    }
}

TEST_CASE("weight decay of AdamW shrinks parameters without a gradient, Adam leaves them", "[optimizer]") {
  const std::vector<float> nothing(n);
  Optimized adam(optimizer("adam")), adamw(optimizer("adamw"));
  const std::vector<float> before = adam.parameters;
  adam.step(nothing, 0.5);
  adamw.step(nothing, 0.5);
  CHECK(adam.parameters == before);
  for (std::size_t i = 0; i < n; ++i) CHECK_THAT(static_cast<double>(adamw.parameters[i]), WithinAbs(static_cast<double>(before[i]) * (1 - 0.5 * 0.01), 1e-7));
}

TEST_CASE("moving averages that fade end at 0, never among the subnormal numbers", "[optimizer]") {
  for (std::size_t index = 0; index < mlp::optimizer_table().size(); ++index) {
    CAPTURE(mlp::optimizer_table()[index]->id);
    mlp::Operation operation = mlp::default_operation(mlp::optimizer_table(), index);
    for (const std::string_view name : {"momentum", "decay", "beta1", "beta2"})
      for (std::size_t i = 0; i < mlp::optimizer_table()[index]->parameters.size(); ++i)
        if (mlp::optimizer_table()[index]->parameters[i].name == name) operation.values[i] = 0.9;
    Optimized optimized(operation);
    REQUIRE(optimized.step(test::random_values(n, 9, 1e-3f), 0.01));
    const std::vector<float> nothing(n);
    bool subnormal = false;
    for (int t = 0; t < 1200; ++t) {
      REQUIRE(optimized.step(nothing, 0.01));
      for (const float x : optimized.state) subnormal = subnormal || (x != 0 && std::fabs(x) < 1e-37f);
    }
    CHECK_FALSE(subnormal);
    // Adagrad's sum of squares is not an average: it stays.
    if (mlp::optimizer_table()[index]->id != "adagrad") CHECK(optimized.state == std::vector<float>(optimized.state.size()));
  }
}

TEMPLATE_LIST_TEST_CASE("a parameter that stops being finite is reported, wherever it stands", "[optimizer]", test::Archs) {
  for (std::size_t index = 0; index < mlp::optimizer_table().size(); ++index) {
    CAPTURE(mlp::optimizer_table()[index]->id);
    for (std::size_t bad = 0; bad < n; ++bad)
      for (const float value : {std::numeric_limits<float>::infinity(), std::numeric_limits<float>::quiet_NaN()}) {
        Optimized optimized(mlp::default_operation(mlp::optimizer_table(), index));
        optimized.parameters[bad] = -value;
        const std::vector<float> gradient(n, 0.5f);
        REQUIRE_FALSE(optimized.step<TestType>(gradient, 0.01));
      }
    Optimized optimized(mlp::default_operation(mlp::optimizer_table(), index));
    std::vector<float> gradient(n, 0.5f);
    gradient[n - 1] = std::numeric_limits<float>::quiet_NaN();
    CHECK_FALSE(optimized.step<TestType>(gradient, 0.01));
  }
}

TEST_CASE("zero gradients leave zero parameters at zero, so that padding stays padding", "[optimizer]") {
  for (std::size_t index = 0; index < mlp::optimizer_table().size(); ++index)
    for (const mlp::Operation& operation : test::settings_of(mlp::optimizer_table(), index)) {
      CAPTURE(mlp::optimizer_table()[index]->id);
      Optimized optimized(operation);
      const std::vector<float> zeros(n);
      optimized.parameters = zeros;
      for (int t = 0; t < 3; ++t) REQUIRE(optimized.step(zeros, 0.1));
      CHECK(optimized.parameters == zeros);
    }
}

TEST_CASE("whole powers are right", "[optimizer]") {
  CHECK(mlp::power(0.9, 0) == 1);
  CHECK(mlp::power(0.5, 10) == 0x1p-10);
  CHECK_THAT(mlp::power(0.999, 1000), WithinAbs(std::pow(0.999, 1000), 1e-13));
  CHECK(mlp::power(0, 3) == 0);
  CHECK(mlp::power(0.9, 1e9) == 0);
}
