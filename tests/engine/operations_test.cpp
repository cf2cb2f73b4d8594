#include "mlp/operations.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <cmath>

#include "mlp/activation.hpp"
#include "mlp/loss.hpp"
#include "support/errors.hpp"
#include "support/networks.hpp"

using Catch::Matchers::WithinAbs;

TEST_CASE("value and slope of an activation are as many as the inputs, whatever their number", "[operations]") {
  for (std::size_t index = 0; index < mlp::activation_table().size(); ++index) {
    const mlp::Operation operation = mlp::default_operation(mlp::activation_table(), index);
    const mlp::ActivationReference reference = mlp::activation_reference(index);
    for (std::size_t n = 0; n <= 2 * mlp::simd::padding + 1; ++n) {
      CAPTURE(mlp::activation_table()[index]->id, n);
      const std::vector<float> x = test::random_values(n, 3, 4.f);
      const mlp::ActivationValues result = mlp::evaluate_activation(operation, x);
      REQUIRE(result.value.size() == n);
      REQUIRE(result.slope.size() == n);
      for (std::size_t i = 0; i < n; ++i) {
        REQUIRE_THAT(static_cast<double>(result.value[i]), WithinAbs(reference.value(static_cast<double>(x[i]), operation.values), 4e-6));
        REQUIRE_THAT(static_cast<double>(result.slope[i]), WithinAbs(reference.slope(static_cast<double>(x[i]), operation.values), 4e-6));
      }
    }
  }
}

TEST_CASE("value and slope of a loss are those of its definition, divisor included", "[operations]") {
  constexpr std::size_t rows = 5, outputs = 3;
  for (std::size_t index = 0; index < mlp::loss_table().size(); ++index) {
    CAPTURE(mlp::loss_table()[index]->id);
    const mlp::Operation loss = mlp::default_operation(mlp::loss_table(), index);
    const bool indices = mlp::loss_facts(index).encoding == mlp::TargetEncoding::class_index;
    const std::vector<float> y = test::random_values(rows * outputs, 1, 2.f);
    std::vector<float> t;
    for (std::size_t i = 0; i < (indices ? rows : rows * outputs); ++i) t.push_back(indices ? static_cast<float>(i % outputs) : static_cast<float>(i % 2));
    const mlp::LossValue result = mlp::evaluate_loss(loss, y, t, outputs);
    const double divisor = mlp::loss_divisor(index, rows, outputs);
    double expected = 0;
    const std::vector<double> exact_y = test::exact(y), exact_t = test::exact(t);
    const std::size_t per_row = exact_t.size() / rows;
    for (std::size_t r = 0; r < rows; ++r) {
      std::vector<double> slope(outputs);
      expected += mlp::loss_reference(index)(std::span(exact_y).subspan(r * outputs, outputs), std::span(exact_t).subspan(r * per_row, per_row), slope, loss.values) / divisor;
      for (std::size_t o = 0; o < outputs; ++o) REQUIRE_THAT(static_cast<double>(result.slope[r * outputs + o]), WithinAbs(slope[o] / divisor, 2e-6));
    }
    CHECK_THAT(result.value, WithinAbs(expected, 1e-5 * (1 + expected)));
  }
}

TEST_CASE("arguments of a wrong shape are refused by name", "[operations]") {
  const mlp::Operation mse = test::operation(mlp::loss_table(), "mse");
  const mlp::Operation entropy = test::operation(mlp::loss_table(), "cross-entropy");
  const std::vector<float> six(6), two{0, 2}, bad{0, 3}, half{0, 0.5f}, nan{0, std::nanf("")};
  const auto error = [](const mlp::Operation& loss, std::span<const float> y, std::span<const float> t, std::size_t outputs) { return test::error_of([&] { mlp::evaluate_loss(loss, y, t, outputs); }); };
  CHECK(error(mse, six, six, 3) == "nothing");
  CHECK(error(mse, six, six, 4) == "invalid-argument | predictions: expected a multiple of 4 numbers (outputs), got 6");
  CHECK(error(mse, six, six, 0).starts_with("invalid-argument | predictions: "));
  CHECK(error(mse, {}, {}, 2).starts_with("invalid-argument | predictions: "));
  CHECK(error(mse, six, two, 3) == "invalid-argument | targets: expected 6 numbers, got 2");
  CHECK(error(entropy, six, two, 3) == "nothing");
  CHECK(error(entropy, six, six, 3) == "invalid-argument | targets: expected 2 numbers, got 6");
  CHECK(error(entropy, six, bad, 3) == "invalid-argument | targets[1]: expected a class index from 0 to 2, got 3");
  CHECK(error(entropy, six, half, 3) == "invalid-argument | targets[1]: expected a class index from 0 to 2, got 0.5");
  CHECK(error(entropy, six, nan, 3) == "invalid-argument | targets[1]: expected a class index from 0 to 2, got NaN");
}
