#include "mlp/dataset.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <cmath>
#include <set>

#include "mlp/json.hpp"
#include "mlp/run.hpp"
#include "support/networks.hpp"

using Catch::Matchers::WithinAbs;

namespace {

mlp::Operation named(std::string_view id) { return test::operation(mlp::dataset_table(), id); }

/// Every entry with its fallbacks and with each parameter at both ends.
std::vector<mlp::Operation> all_datasets() {
  std::vector<mlp::Operation> result;
  for (std::size_t index = 0; index < mlp::dataset_table().size(); ++index) {
    const mlp::Operation dataset = mlp::default_operation(mlp::dataset_table(), index);
    result.push_back(dataset);
    for (std::size_t i = 0; i < mlp::dataset_table()[index]->parameters.size(); ++i)
      for (const double end : {mlp::dataset_table()[index]->parameters[i].minimum, mlp::dataset_table()[index]->parameters[i].maximum}) {
        result.push_back(dataset);
        result.back().values[i] = end;
      }
  }
  return result;
}

double length(const mlp::Points& points, std::size_t i) { return std::hypot(static_cast<double>(points.inputs[2 * i]), static_cast<double>(points.inputs[2 * i + 1])); }

}  // namespace

TEST_CASE("every data set draws as many points as it was asked for, inside the domain, with the answers of its task", "[dataset]") {
  for (const mlp::Operation& dataset : all_datasets())
    for (const std::size_t samples : {1u, 2u, 7u, 300u})
      for (const double noise : {0.0, 0.3, 1.0}) {
        CAPTURE(mlp::dataset_table()[dataset.index]->id, samples, noise);
        const mlp::DatasetFacts facts = mlp::dataset_facts(dataset.index);
        const mlp::Points points = mlp::generate(dataset, samples, noise, 1);
        REQUIRE(points.inputs.size() == samples * facts.dimensions);
        for (const float x : points.inputs) REQUIRE(std::fabs(x) <= 6.f);
        const std::size_t classes = mlp::dataset_classes(dataset);
        if (facts.task == mlp::Task::classification) {
          REQUIRE(classes >= 2);
          REQUIRE(points.targets.empty());
          REQUIRE(points.labels.size() == samples);
          for (const std::uint32_t label : points.labels) REQUIRE(label < classes);
          if (samples == 300) REQUIRE(std::set<std::uint32_t>(points.labels.begin(), points.labels.end()).size() == classes);
        } else {
          REQUIRE(classes == 0);
          REQUIRE(points.labels.empty());
          REQUIRE(points.targets.size() % samples == 0);
          REQUIRE_FALSE(points.targets.empty());
          for (const float t : points.targets) REQUIRE(std::isfinite(t));
        }
      }
}

TEST_CASE("one seed gives the same bits, another seed other points", "[dataset]") {
  for (const mlp::Operation& dataset : all_datasets()) {
    CAPTURE(mlp::dataset_table()[dataset.index]->id);
    const mlp::Points a = mlp::generate(dataset, 50, 0.2, 4);
    const mlp::Points b = mlp::generate(dataset, 50, 0.2, 4);
    CHECK((a.inputs == b.inputs && a.labels == b.labels && a.targets == b.targets));
    CHECK(mlp::generate(dataset, 50, 0.2, 5).inputs != a.inputs);
  }
}

TEST_CASE("points keep their places when noise changes: a little noise moves them a little", "[dataset]") {
  for (const mlp::Operation& dataset : all_datasets()) {
    CAPTURE(mlp::dataset_table()[dataset.index]->id);
    const mlp::Points still = mlp::generate(dataset, 200, 0, 2);
    const mlp::Points moved = mlp::generate(dataset, 200, 1e-4, 2);
    for (std::size_t i = 0; i < still.inputs.size(); ++i) REQUIRE(std::fabs(still.inputs[i] - moved.inputs[i]) <= 0.01f);
    for (std::size_t i = 0; i < still.targets.size(); ++i) REQUIRE(std::fabs(still.targets[i] - moved.targets[i]) <= 0.01f);
  }
}

TEST_CASE("points come in a drawn order, not class after class", "[dataset]") {
  for (const mlp::Operation& dataset : all_datasets()) {
    if (mlp::dataset_classes(dataset) != 2) continue;
    CAPTURE(mlp::dataset_table()[dataset.index]->id);
    const mlp::Points points = mlp::generate(dataset, 400, 0, 3);
    int changes = 0;
    for (std::size_t i = 1; i < points.labels.size(); ++i) changes += points.labels[i] != points.labels[i - 1] ? 1 : 0;
    CHECK(std::abs(changes - 200) < 50);
  }
}

TEST_CASE("classes of circle, xor and gauss lie where their formulas say", "[dataset]") {
  const mlp::Points circle = mlp::generate(named("circle"), 400, 0, 1);
  for (std::size_t i = 0; i < 400; ++i) REQUIRE((circle.labels[i] == 1 ? length(circle, i) < 2.5001 : length(circle, i) > 3.4999));
  CHECK(std::count(circle.labels.begin(), circle.labels.end(), 1u) == 200);
  const mlp::Points exclusive_or = mlp::generate(named("xor"), 400, 0, 1);
  for (std::size_t i = 0; i < 400; ++i) {
    const float x1 = exclusive_or.inputs[2 * i], x2 = exclusive_or.inputs[2 * i + 1];
    REQUIRE(std::min(std::fabs(x1), std::fabs(x2)) >= 0.3f);
    REQUIRE(exclusive_or.labels[i] == (x1 * x2 >= 0 ? 1u : 0u));
  }
  const mlp::Points gauss = mlp::generate(named("gauss"), 1000, 0, 1);
  double sum[2]{};
  for (std::size_t i = 0; i < 1000; ++i) sum[gauss.labels[i]] += static_cast<double>(gauss.inputs[2 * i] + gauss.inputs[2 * i + 1]) / 1000;
  CHECK_THAT(sum[1], WithinAbs(2, 0.15));
  CHECK_THAT(sum[0], WithinAbs(-2, 0.15));
}

TEST_CASE("arms of the spirals turn 1.75 times, evenly apart", "[dataset]") {
  for (const auto& [id, classes] : {std::pair{"spiral", 2.0}, {"spirals", 5.0}}) {
    CAPTURE(id);
    mlp::Operation dataset = named(id);
    if (classes > 2) dataset.values[0] = classes;
    const mlp::Points points = mlp::generate(dataset, 300, 0, 1);
    for (std::size_t i = 0; i < 300; ++i) {
      const double r = length(points, i);
      if (r < 0.1) continue;
      const double turns = std::atan2(static_cast<double>(points.inputs[2 * i]), static_cast<double>(points.inputs[2 * i + 1])) / (2 * 3.14159265358979) - 1.75 * r / 5;
      // The two-arm spiral calls its first arm class 1.
      const double arm = classes > 2 ? points.labels[i] : 1.0 - points.labels[i];
      const double off = turns - arm / classes;
      REQUIRE_THAT(off - std::round(off), WithinAbs(0, 1e-4));
    }
  }
}

TEST_CASE("targets of plane and gauss-bumps are their formulas", "[dataset]") {
  const mlp::Points plane = mlp::generate(named("plane"), 200, 0, 1);
  const mlp::Points bumps = mlp::generate(named("gauss-bumps"), 200, 0, 1);
  for (std::size_t i = 0; i < 200; ++i) {
    REQUIRE_THAT(static_cast<double>(plane.targets[i]), WithinAbs((static_cast<double>(plane.inputs[2 * i]) + static_cast<double>(plane.inputs[2 * i + 1])) / 10, 1e-6));
    const auto bump = [&](double c) { return std::exp(-(std::pow(static_cast<double>(bumps.inputs[2 * i]) - c, 2) + std::pow(static_cast<double>(bumps.inputs[2 * i + 1]) - c, 2)) / 4); };
    REQUIRE_THAT(static_cast<double>(bumps.targets[i]), WithinAbs(bump(2) - bump(-2), 1e-6));
  }
}

TEST_CASE("the default network learns circle and exclusive or", "[dataset]") {
  for (const char* id : {"circle", "xor"}) {
    CAPTURE(id);
    mlp::Run run(mlp::parse_json(std::string(R"({"data": {"id": ")") + id + R"("}, "training": {"optimizer": {"id": "sgd", "learningRate": 0.1}}})"));
    run.train({.epochs = 300});
    CHECK(run.evaluate(mlp::Split::test).accuracy >= 0.95);
  }
}
