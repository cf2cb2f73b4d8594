#include "mlp/schedule.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <cmath>
#include <numbers>

#include "support/networks.hpp"

using Catch::Matchers::WithinAbs;

namespace {

double factor(std::string_view id, std::initializer_list<double> values, double epochs) {
  mlp::Operation schedule = test::operation(mlp::schedule_table(), id);
  std::size_t i = 0;
  for (const double v : values) schedule.values[i++] = v;
  return mlp::schedule_factor(schedule, epochs);
}

}  // namespace

TEST_CASE("every schedule stays between 0 and 1, at any time and at both ends of every parameter", "[schedule]") {
  for (std::size_t index = 0; index < mlp::schedule_table().size(); ++index) {
    const auto parameters = mlp::schedule_table()[index]->parameters;
    for (unsigned ends = 0; ends < 1u << parameters.size(); ++ends) {
      mlp::Operation schedule = mlp::default_operation(mlp::schedule_table(), index);
      for (std::size_t i = 0; i < parameters.size(); ++i) schedule.values[i] = (ends >> i & 1u) != 0 ? parameters[i].maximum : parameters[i].minimum;
      for (const double epochs : {0.0, 0.01, 0.5, 1.0, 4.99, 5.0, 99.5, 100.0, 1e4, 1e7, 1e15}) {
        CAPTURE(mlp::schedule_table()[index]->id, ends, epochs);
        const double x = mlp::schedule_factor(schedule, epochs);
        REQUIRE(x >= 0);
        REQUIRE(x <= 1);
      }
    }
  }
}

TEST_CASE("constant, step and exponential schedules are PyTorch's", "[schedule]") {
  CHECK(factor("constant", {}, 123.4) == 1);
  CHECK(factor("step", {30, 0.1}, 29.99) == 1);
  CHECK_THAT(factor("step", {30, 0.1}, 30), WithinAbs(0.1, 1e-15));
  CHECK_THAT(factor("step", {30, 0.1}, 89.9), WithinAbs(0.01, 1e-15));
  CHECK_THAT(factor("step", {30, 0.1}, 90), WithinAbs(0.001, 1e-15));
  CHECK(factor("exponential", {0.9}, 0.99) == 1);
  CHECK_THAT(factor("exponential", {0.9}, 1), WithinAbs(0.9, 1e-15));
  CHECK_THAT(factor("exponential", {0.9}, 10.5), WithinAbs(std::pow(0.9, 10), 1e-14));
}

TEST_CASE("cosine falls from 1 to 0 along half a cosine and stays there", "[schedule]") {
  for (double t = 0; t <= 100; t += 2.5) {
    CAPTURE(t);
    CHECK_THAT(factor("cosine", {100}, t), WithinAbs(0.5 * (1 + std::cos(std::numbers::pi * t / 100)), 2e-7));
  }
  CHECK(factor("cosine", {100}, 0) == 1);
  CHECK_THAT(factor("cosine", {100}, 1e6), WithinAbs(0, 1e-7));
}

TEST_CASE("warmup-cosine climbs from 0 in a line, then falls to 0 at its length", "[schedule]") {
  CHECK(factor("warmup-cosine", {5, 100}, 0) == 0);
  CHECK_THAT(factor("warmup-cosine", {5, 100}, 2.5), WithinAbs(0.5, 1e-15));
  CHECK_THAT(factor("warmup-cosine", {5, 100}, 5), WithinAbs(1, 1e-7));
  CHECK_THAT(factor("warmup-cosine", {5, 100}, 52.5), WithinAbs(0.5, 1e-6));
  CHECK_THAT(factor("warmup-cosine", {5, 100}, 100), WithinAbs(0, 1e-7));
  CHECK(factor("warmup-cosine", {0, 100}, 0) == 1);
  CHECK_THAT(factor("warmup-cosine", {100, 10}, 200), WithinAbs(0, 1e-7));
}
