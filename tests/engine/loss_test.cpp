#include "mlp/loss.hpp"

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <cmath>

#include "loss_kernels.hpp"
#include "support/archs.hpp"
#include "support/kernels.hpp"
#include "support/networks.hpp"

using Catch::Matchers::WithinAbs;

namespace {

constexpr std::size_t widest = 16;  // lanes of the widest architecture that tests use

/// Predictions and targets of a loss, [outputs x samples], with rows wide enough for every architecture.
struct Problem {
  Problem(std::size_t loss, std::size_t k, std::size_t n, std::uint32_t seed) : outputs(k), samples(n), stride(mlp::simd::round_up(n, widest)) {
    const mlp::TargetEncoding encoding = mlp::loss_facts(loss).encoding;
    predictions.assign(outputs * stride, padding);
    targets.assign(outputs * stride, padding);
    const std::vector<float> values = test::random_values(outputs * samples, seed, 3.f);
    const std::vector<float> wanted = test::random_values(outputs * samples, seed + 1, 3.f);
    for (std::size_t s = 0; s < samples; ++s) {
      labels.push_back(static_cast<std::uint32_t>((s * 7 + seed) % outputs));
      for (std::size_t o = 0; o < outputs; ++o) {
        const float t = wanted[o * samples + s];
        predictions[o * stride + s] = values[o * samples + s];
        targets[o * stride + s] = encoding == mlp::TargetEncoding::bits ? (t > 0 ? 1.f : 0.f) : encoding == mlp::TargetEncoding::signs ? (t > 0 ? 1.f : -1.f) : t;
      }
    }
  }

  mlp::ConstMatrixView view() const { return {predictions.data(), outputs, samples, stride}; }
  mlp::Targets wanted() { return {mlp::MatrixView{targets.data(), outputs, samples, stride}, labels}; }

  /// One sample as the reference takes it.
  std::vector<double> prediction(std::size_t s) const {
    std::vector<double> y;
    for (std::size_t o = 0; o < outputs; ++o) y.push_back(static_cast<double>(predictions[o * stride + s]));
    return y;
  }
  std::vector<double> target(std::size_t loss, std::size_t s) const {
    if (mlp::loss_facts(loss).encoding == mlp::TargetEncoding::class_index) return {static_cast<double>(labels[s])};
    std::vector<double> t;
    for (std::size_t o = 0; o < outputs; ++o) t.push_back(static_cast<double>(targets[o * stride + s]));
    return t;
  }

  static constexpr float padding = 1e30f;  // finite, and fatal to any sum that includes it
  std::size_t outputs, samples, stride;
  std::vector<float> predictions, targets;
  std::vector<std::uint32_t> labels;
};

/// Loss of one sample, divided, with its slope.
struct Result {
  double value;
  std::vector<float> slope;
};

Result loss_of(std::string_view id, std::vector<float> y, std::vector<float> t, std::uint32_t label = 0) {
  const mlp::Operation loss = test::operation(mlp::loss_table(), id);
  const std::size_t outputs = y.size();
  mlp::Matrix predictions(outputs, 1), targets(outputs, 1), slope(outputs, 1);
  for (std::size_t o = 0; o < outputs; ++o) {
    predictions(o, 0) = y[o];
    if (!t.empty()) targets(o, 0) = t[o];
  }
  const std::vector<std::uint32_t> labels{label};
  const double divisor = mlp::loss_divisor(loss.index, 1, outputs);
  Result result{mlp::loss_kernel(loss.index)(predictions.view(), {targets.view(), labels}, static_cast<float>(1 / divisor), slope.view(), loss.values) / divisor, {}};
  for (std::size_t o = 0; o < outputs; ++o) result.slope.push_back(slope(o, 0));
  return result;
}

}  // namespace

TEMPLATE_LIST_TEST_CASE("value and slope of every loss agree with double precision for every batch size, padding left out", "[loss]", test::Archs) {
  constexpr std::size_t lanes = mlp::simd::lanes<TestType>;
  for (std::size_t index = 0; index < mlp::loss_table().size(); ++index)
    for (const mlp::Operation& loss : test::settings_of(mlp::loss_table(), index))
      for (const std::size_t outputs : {std::size_t{1}, std::size_t{3}})
        for (std::size_t samples = 1; samples <= 2 * lanes + 1; ++samples) {
          CAPTURE(mlp::loss_table()[index]->id, outputs, samples);
          Problem problem(index, outputs, samples, 5);
          test::Guarded slope(outputs * problem.stride, 99.f);
          constexpr float scale = 0.25f;
          const double sum = mlp::loss_kernel<TestType>(index)(problem.view(), problem.wanted(), scale, {slope.data(), outputs, samples, problem.stride}, loss.values);
          const double alone = mlp::loss_kernel<TestType>(index)(problem.view(), problem.wanted(), scale, {}, loss.values);
          double expected = 0;
          for (std::size_t s = 0; s < samples; ++s) {
            std::vector<double> expected_slope(outputs);
            expected += mlp::loss_reference(index)(problem.prediction(s), problem.target(index, s), expected_slope, loss.values);
            for (std::size_t o = 0; o < outputs; ++o)
              REQUIRE_THAT(static_cast<double>(slope[o * problem.stride + s]), WithinAbs(0.25 * expected_slope[o], 2e-6 * (1 + std::fabs(expected_slope[o]))));
          }
          REQUIRE_THAT(sum, WithinAbs(expected, 4e-6 * (1 + std::fabs(expected))));
          REQUIRE(alone == sum);
          REQUIRE(slope.untouched());
          const std::size_t written = mlp::simd::round_up(samples, lanes);
          for (std::size_t o = 0; o < outputs; ++o)
            for (std::size_t c = samples; c < written; ++c) REQUIRE(slope[o * problem.stride + c] == 0.f);
        }
}

TEST_CASE("the slope of every loss is the derivative of its value", "[loss]") {
  constexpr double h = 1e-6;
  for (std::size_t index = 0; index < mlp::loss_table().size(); ++index)
    for (const mlp::Operation& loss : test::settings_of(mlp::loss_table(), index))
      for (std::uint32_t seed = 1; seed <= 20; ++seed) {
        CAPTURE(mlp::loss_table()[index]->id, seed);
        const Problem problem(index, 4, 1, seed);
        std::vector<double> y = problem.prediction(0);
        const std::vector<double> t = problem.target(index, 0);
        std::vector<double> slope(4);
        mlp::loss_reference(index)(y, t, slope, loss.values);
        for (std::size_t o = 0; o < 4; ++o) {
          const double center = y[o];
          y[o] = center + h;
          const double above = mlp::loss_reference(index)(y, t, {}, loss.values);
          y[o] = center - h;
          const double below = mlp::loss_reference(index)(y, t, {}, loss.values);
          y[o] = center;
          REQUIRE_THAT((above - below) / (2 * h), WithinAbs(slope[o], 1e-6 * (1 + std::fabs(slope[o]))));
        }
      }
}

TEST_CASE("every loss divides by what its definition says", "[loss]") {
  for (const auto& [id, divisor] : {std::pair{"mse", 6.0}, {"half-mse", 2.0}, {"sse", 1.0}, {"mae", 6.0}, {"huber", 6.0}, {"binary-cross-entropy", 6.0}, {"cross-entropy", 2.0}, {"hinge", 6.0}}) {
    CAPTURE(id);
    CHECK(mlp::loss_divisor(mlp::find_operation(mlp::loss_table(), id), 2, 3) == divisor);
  }
}

TEST_CASE("losses have the values that can be worked out by hand", "[loss]") {
  const auto logarithm = [](double p) { return static_cast<float>(std::log(p)); };
  CHECK_THAT(loss_of("cross-entropy", {logarithm(0.1), logarithm(0.9)}, {}, 1).value, WithinAbs(0.1054, 5e-5));
  CHECK_THAT(loss_of("cross-entropy", {logarithm(0.1), logarithm(0.8), logarithm(0.1)}, {}, 1).value, WithinAbs(0.2231, 5e-5));
  CHECK_THAT(loss_of("binary-cross-entropy", {logarithm(9)}, {1}).value, WithinAbs(0.1054, 5e-5));
  CHECK_THAT(loss_of("binary-cross-entropy", {logarithm(4)}, {1}).value, WithinAbs(0.2231, 5e-5));
  CHECK_THAT(loss_of("binary-cross-entropy", {logarithm(4)}, {0}).value, WithinAbs(-std::log(0.2), 1e-6));
  CHECK_THAT(loss_of("mse", {1, -2}, {0, 2}).value, WithinAbs(8.5, 1e-12));
  CHECK_THAT(loss_of("half-mse", {1, -2}, {0, 2}).value, WithinAbs(8.5, 1e-12));
  CHECK_THAT(loss_of("half-mse", {3}, {1}).value, WithinAbs(2, 1e-12));
  CHECK_THAT(loss_of("sse", {1, -2}, {0, 2}).value, WithinAbs(17, 1e-12));
  CHECK_THAT(loss_of("mae", {1, -2}, {0, 2}).value, WithinAbs(2.5, 1e-12));
  CHECK_THAT(loss_of("huber", {0.5f, -2}, {0, 2}).value, WithinAbs((0.125 + 3.5) / 2, 1e-12));
  CHECK_THAT(loss_of("hinge", {0.25f, -2}, {1, -1}).value, WithinAbs(0.375, 1e-12));
  CHECK(loss_of("mae", {1}, {1}).slope[0] == 0.f);
  CHECK(loss_of("half-mse", {3}, {1}).slope[0] == 2.f);
}

TEST_CASE("the cross-entropies are finite and right for logits of a thousand", "[loss]") {
  for (const float sign : {-1.f, 1.f}) {
    CAPTURE(sign);
    const float z = sign * 1000;
    const Result right = loss_of("binary-cross-entropy", {z}, {sign > 0 ? 1.f : 0.f});
    CHECK(right.value == 0);
    CHECK(right.slope[0] == 0.f);
    const Result wrong = loss_of("binary-cross-entropy", {z}, {sign > 0 ? 0.f : 1.f});
    CHECK(wrong.value == 1000);
    CHECK(wrong.slope[0] == sign);
  }
  const Result right = loss_of("cross-entropy", {1000, -1000, 0}, {}, 0);
  CHECK(right.value == 0);
  CHECK(right.slope == std::vector<float>{0, 0, 0});
  const Result wrong = loss_of("cross-entropy", {1000, -1000, 0}, {}, 1);
  CHECK(wrong.value == 2000);
  CHECK(wrong.slope == std::vector<float>{1, -1, 0});
  CHECK_THAT(loss_of("cross-entropy", {1000, 1000}, {}, 0).value, WithinAbs(std::log(2.0), 1e-6));
}

TEST_CASE("logits become probabilities where the loss makes them, and other outputs stay", "[loss]") {
  for (std::size_t index = 0; index < mlp::loss_table().size(); ++index) {
    CAPTURE(mlp::loss_table()[index]->id);
    constexpr std::size_t samples = 7;
    mlp::Matrix values(3, samples);
    const std::vector<float> logits = test::random_values(3 * samples, 11, 4.f);
    for (std::size_t o = 0; o < 3; ++o)
      for (std::size_t s = 0; s < samples; ++s) values(o, s) = s == 0 ? (o == 0 ? 1000.f : -1000.f) : logits[o * samples + s];
    const mlp::Matrix before = values;
    mlp::to_probabilities(index, values.view());
    const bool softmax = mlp::loss_facts(index).encoding == mlp::TargetEncoding::class_index;
    for (std::size_t s = 0; s < samples; ++s) {
      double total = 0;
      for (std::size_t o = 0; o < 3; ++o) total += std::exp(static_cast<double>(before(o, s) - before(0, s)));
      for (std::size_t o = 0; o < 3; ++o) {
        const double z = before(o, s);
        const double expected = !mlp::loss_facts(index).on_logits ? z : softmax ? std::exp(z - static_cast<double>(before(0, s))) / total : 1 / (1 + std::exp(-z));
        REQUIRE_THAT(static_cast<double>(values(o, s)), WithinAbs(expected, mlp::loss_facts(index).on_logits ? 5e-7 : 0));
      }
    }
  }
}

TEMPLATE_LIST_TEST_CASE("no loss hides a NaN", "[loss]", test::Archs) {
  for (std::size_t index = 0; index < mlp::loss_table().size(); ++index) {
    const mlp::Operation loss = mlp::default_operation(mlp::loss_table(), index);
    for (std::size_t bad = 0; bad < 5; ++bad) {
      CAPTURE(mlp::loss_table()[index]->id, bad);
      Problem problem(index, 2, 5, 3);
      problem.predictions[bad] = std::nanf("");
      problem.predictions[problem.stride + bad] = std::nanf("");
      CHECK(std::isnan(mlp::loss_kernel<TestType>(index)(problem.view(), problem.wanted(), 1.f, {}, loss.values)));
    }
  }
}
