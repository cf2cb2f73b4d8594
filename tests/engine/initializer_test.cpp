#include "mlp/initializer.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <cmath>
#include <limits>

#include "support/networks.hpp"

using Catch::Matchers::WithinRel;

namespace {

struct Layer {
  std::vector<float> weights, biases;
};

Layer initialized(const mlp::Operation& initializer, std::size_t inputs, std::size_t units, std::uint32_t seed = 1) {
  const float poison = std::numeric_limits<float>::quiet_NaN();
  Layer layer{std::vector<float>(inputs * units, poison), std::vector<float>(units, poison)};
  mlp::Random random(seed, mlp::Random::Purpose::initialization);
  mlp::initialize(initializer, random, {inputs, units, layer.weights, layer.biases});
  return layer;
}

mlp::Operation named(std::string_view id) { return test::operation(mlp::initializer_table(), id); }

double deviation(const std::vector<float>& values) {
  double sum = 0, squares = 0;
  for (const float v : values) {
    sum += static_cast<double>(v);
    squares += static_cast<double>(v) * static_cast<double>(v);
  }
  const auto n = static_cast<double>(values.size());
  return std::sqrt(squares / n - sum / n * sum / n);
}

float largest(const std::vector<float>& values) {
  float result = 0;
  for (const float v : values) result = std::max(result, std::fabs(v));
  return result;
}

}  // namespace

TEST_CASE("every initializer fills every weight and bias with finite numbers", "[initializer]") {
  for (std::size_t index = 0; index < mlp::initializer_table().size(); ++index)
    for (const auto& [inputs, units] : {std::pair<std::size_t, std::size_t>{1, 1}, {2, 4}, {7, 3}, {1, 9}}) {
      CAPTURE(mlp::initializer_table()[index]->id, inputs, units);
      const Layer layer = initialized(mlp::default_operation(mlp::initializer_table(), index), inputs, units);
      for (const float w : layer.weights) REQUIRE(std::isfinite(w));
      for (const float b : layer.biases) REQUIRE(std::isfinite(b));
    }
}

TEST_CASE("biases start at 0 except under pytorch-default", "[initializer]") {
  for (std::size_t index = 0; index < mlp::initializer_table().size(); ++index) {
    CAPTURE(mlp::initializer_table()[index]->id);
    const Layer layer = initialized(mlp::default_operation(mlp::initializer_table(), index), 4, 50);
    CHECK((layer.biases == std::vector<float>(50)) == (mlp::initializer_table()[index]->id != "pytorch-default"));
  }
}

TEST_CASE("one seed gives one set of weights, and random initializers another for another seed", "[initializer]") {
  for (std::size_t index = 0; index < mlp::initializer_table().size(); ++index) {
    CAPTURE(mlp::initializer_table()[index]->id);
    const mlp::Operation initializer = mlp::default_operation(mlp::initializer_table(), index);
    const Layer layer = initialized(initializer, 5, 6, 3);
    CHECK(layer.weights == initialized(initializer, 5, 6, 3).weights);
    const bool fixed = mlp::initializer_table()[index]->id == "zeros" || mlp::initializer_table()[index]->id == "constant";
    CHECK((layer.weights == initialized(initializer, 5, 6, 4).weights) == fixed);
  }
}

TEST_CASE("weights have the spread that the initializer's paper asks for", "[initializer]") {
  constexpr std::size_t inputs = 100, units = 200;
  for (const auto& [id, expected] : {std::pair{"xavier-uniform", std::sqrt(2.0 / 300)}, {"xavier-normal", std::sqrt(2.0 / 300)}, {"he-uniform", std::sqrt(2.0 / 100)}, {"he-normal", std::sqrt(2.0 / 100)}, {"normal", 0.01},
                                     {"uniform", 0.5 / std::sqrt(3.0)}, {"pytorch-default", 0.1 / std::sqrt(3.0)}}) {
    CAPTURE(id);
    CHECK_THAT(deviation(initialized(named(id), inputs, units).weights), WithinRel(expected, 0.03));
  }
}

TEST_CASE("uniform weights fill their interval and stay inside", "[initializer]") {
  for (const auto& [id, limit] : {std::pair{"xavier-uniform", std::sqrt(6.0 / 300)}, {"he-uniform", std::sqrt(6.0 / 100)}, {"uniform", 0.5}, {"pytorch-default", 0.1}}) {
    CAPTURE(id);
    const double found = largest(initialized(named(id), 100, 200).weights);
    CHECK(found <= limit * 1.0000001);
    CHECK(found >= limit * 0.99);
  }
  const double bias = largest(initialized(named("pytorch-default"), 4, 2000).biases);
  CHECK(bias <= 0.5);
  CHECK(bias >= 0.49);
}

TEST_CASE("zeros and constant write just that", "[initializer]") {
  CHECK(initialized(named("zeros"), 3, 2).weights == std::vector<float>(6));
  mlp::Operation constant = named("constant");
  constant.values[0] = -0.75;
  CHECK(initialized(constant, 3, 2).weights == std::vector<float>(6, -0.75f));
}
