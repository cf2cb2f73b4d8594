#include "mlp/feature.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <cmath>
#include <map>
#include <string>

#include "support/kernels.hpp"
#include "support/networks.hpp"

using Catch::Matchers::WithinAbs;

namespace {

float feature(std::size_t index, float x1, float x2) {
  std::vector<float> a(mlp::simd::lanes<>, x1), b(mlp::simd::lanes<>, x2), value(mlp::simd::lanes<>);
  mlp::compute_feature(index, a.data(), b.data(), value.data(), a.size());
  return value[0];
}

}  // namespace

TEST_CASE("features are the functions that their names say", "[feature]") {
  const std::map<std::string, double (*)(double, double)> expected{
      {"x1", [](double a, double) { return a; }},
      {"x2", [](double, double b) { return b; }},
      {"x1-squared", [](double a, double) { return a * a; }},
      {"x2-squared", [](double, double b) { return b * b; }},
      {"x1-x2", [](double a, double b) { return a * b; }},
      {"sin-x1", [](double a, double) { return std::sin(a); }},
      {"sin-x2", [](double, double b) { return std::sin(b); }},
      {"cos-x1", [](double a, double) { return std::cos(a); }},
      {"cos-x2", [](double, double b) { return std::cos(b); }},
  };
  for (const auto& [id, function] : expected) {
    const std::size_t index = mlp::find_operation(mlp::feature_table(), id);
    REQUIRE(index < mlp::feature_table().size());
    for (float x1 = -6; x1 <= 6; x1 += 0.7f)
      for (float x2 = -6; x2 <= 6; x2 += 1.1f) {
        CAPTURE(id, x1, x2);
        const double value = function(static_cast<double>(x1), static_cast<double>(x2));
        REQUIRE_THAT(static_cast<double>(feature(index, x1, x2)), WithinAbs(value, 2e-7 * (1 + std::fabs(value))));
      }
  }
}

TEST_CASE("a feature of one column does not look at the second", "[feature]") {
  for (std::size_t index = 0; index < mlp::feature_table().size(); ++index) {
    CAPTURE(mlp::feature_table()[index]->id);
    REQUIRE((mlp::feature_columns(index) == 1 || mlp::feature_columns(index) == 2));
    bool depends = false;
    for (float x = -5; x <= 5; x += 0.9f) depends = depends || feature(index, 0.5f, x) != feature(index, 0.5f, 1.25f);
    CHECK(depends == (mlp::feature_columns(index) == 2));
  }
}

TEST_CASE("a feature writes what it was asked for and nothing around it", "[feature]") {
  for (std::size_t index = 0; index < mlp::feature_table().size(); ++index)
    for (std::size_t n = 0; n <= 3 * mlp::simd::lanes<>; n += mlp::simd::lanes<>) {
      CAPTURE(mlp::feature_table()[index]->id, n);
      test::Guarded x1(n, 0.5f), x2(n, 1.5f), value(n, 77.f);
      mlp::compute_feature(index, x1.data(), x2.data(), value.data(), n);
      REQUIRE((x1.untouched() && x2.untouched() && value.untouched()));
      for (std::size_t i = 0; i < n; ++i) REQUIRE(value[i] == feature(index, 0.5f, 1.5f));
    }
}
