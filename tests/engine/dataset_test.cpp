#include "mlp/dataset.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <cmath>
#include <map>
#include <set>

#include "mlp/json.hpp"
#include "mlp/run.hpp"
#include "support/errors.hpp"
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
        // Noise may carry a point out of its set's own domain, never out of the largest one.
        for (const float x : points.inputs)
          REQUIRE((facts.domain.low >= -6.f && facts.domain.high <= 6.f && noise > 0 ? std::fabs(x) <= 6.f : x >= facts.domain.low && x <= facts.domain.high));
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
    const mlp::Points c = mlp::generate(dataset, 50, 0.2, 5);
    CHECK((c.inputs != a.inputs || c.targets != a.targets));
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
    if (mlp::dataset_classes(dataset) != 2 || mlp::dataset_facts(dataset.index).rows > 0) continue;
    CAPTURE(mlp::dataset_table()[dataset.index]->id);
    const mlp::Points points = mlp::generate(dataset, 400, 0, 3);
    int changes = 0;
    for (std::size_t i = 1; i < points.labels.size(); ++i) changes += points.labels[i] != points.labels[i - 1] ? 1 : 0;
    CHECK(std::abs(changes - 200) < 50);
  }
}

TEST_CASE("classes are as good as equally frequent", "[dataset]") {
  for (const mlp::Operation& dataset : all_datasets()) {
    const std::size_t classes = mlp::dataset_classes(dataset);
    if (classes == 0 || mlp::dataset_facts(dataset.index).rows > 0) continue;
    CAPTURE(mlp::dataset_table()[dataset.index]->id, classes);
    const mlp::Points points = mlp::generate(dataset, 1000, 0, 3);
    for (std::uint32_t c = 0; c < classes; ++c) {
      const auto share = static_cast<double>(std::count(points.labels.begin(), points.labels.end(), c)) / 1000;
      CHECK_THAT(share, WithinAbs(1.0 / static_cast<double>(classes), 0.06));
    }
  }
}

TEST_CASE("a set's own rows come in their order, and again when more are asked for", "[dataset]") {
  for (const mlp::Operation& dataset : all_datasets()) {
    const mlp::DatasetFacts facts = mlp::dataset_facts(dataset.index);
    if (facts.rows == 0) continue;
    CAPTURE(mlp::dataset_table()[dataset.index]->id);
    CHECK(facts.samples == facts.rows);
    CHECK(facts.test_fraction == 0);
    const mlp::Points once = mlp::generate(dataset, facts.rows, 0, 1);
    const mlp::Points copies = mlp::generate(dataset, 3 * facts.rows + 1, 0, 2);
    for (std::size_t i = 0; i < 3 * facts.rows + 1; ++i) {
      const std::size_t row = i % facts.rows;
      for (std::size_t d = 0; d < facts.dimensions; ++d) REQUIRE(copies.inputs[i * facts.dimensions + d] == once.inputs[row * facts.dimensions + d]);
      if (facts.task == mlp::Task::classification) REQUIRE(copies.labels[i] == once.labels[row]);
      else REQUIRE(copies.targets[i] == once.targets[row]);
    }
    const mlp::Points noisy = mlp::generate(dataset, 2 * facts.rows, 0.5, 1);
    const std::vector<float>& moved = facts.task == mlp::Task::classification ? noisy.inputs : noisy.targets;
    CHECK_FALSE(std::equal(moved.begin(), moved.begin() + static_cast<std::ptrdiff_t>(moved.size() / 2), moved.begin() + static_cast<std::ptrdiff_t>(moved.size() / 2)));
  }
}

TEST_CASE("a gate's rows are its truth table, and noise leaves each within its quarter", "[dataset]") {
  const auto& functions = mlp::dataset_table()[named("gate").index]->parameters[0].choices;
  const std::pair<std::string_view, std::vector<std::uint32_t>> tables[] = {{"and", {0, 0, 0, 1}}, {"or", {0, 1, 1, 1}}, {"xor", {0, 1, 1, 0}}, {"nand", {1, 1, 1, 0}}};
  REQUIRE(functions.size() == std::size(tables));
  for (std::size_t f = 0; f < functions.size(); ++f) {
    CAPTURE(functions[f].id);
    CHECK(functions[f].id == tables[f].first);
    mlp::Operation gate = named("gate");
    gate.values[0] = static_cast<double>(f);
    const mlp::Points rows = mlp::generate(gate, 4, 0, 1);
    CHECK(rows.inputs == std::vector<float>{0, 0, 0, 1, 1, 0, 1, 1});
    CHECK(rows.labels == tables[f].second);
    const mlp::Points spread = mlp::generate(gate, 400, 1, 1);
    for (std::size_t i = 0; i < 400; ++i) {
      for (std::size_t d = 0; d < 2; ++d) REQUIRE(std::fabs(spread.inputs[2 * i + d] - rows.inputs[i % 4 * 2 + d]) <= 0.5f);
      REQUIRE(spread.labels[i] == tables[f].second[i % 4]);
    }
  }
}

TEST_CASE("a line separates its classes with a margin, whatever slope and intercept", "[dataset]") {
  for (const double slope : {-4.0, -1.0, 0.0, 0.3, 4.0})
    for (const double intercept : {-4.0, 0.0, 1.5, 4.0}) {
      CAPTURE(slope, intercept);
      mlp::Operation line = named("line");
      line.values = {slope, intercept};
      const mlp::Points points = mlp::generate(line, 300, 0, 1);
      CHECK(std::count(points.labels.begin(), points.labels.end(), 1u) == 150);
      for (std::size_t i = 0; i < 300; ++i) {
        const double distance = (static_cast<double>(points.inputs[2 * i + 1]) - slope * static_cast<double>(points.inputs[2 * i]) - intercept) / std::hypot(1.0, slope);
        REQUIRE((points.labels[i] == 1 ? distance : -distance) >= 0.2999);
      }
    }
}

TEST_CASE("squares of the checkerboard alternate", "[dataset]") {
  for (const double squares : {2.0, 3.0, 4.0, 8.0}) {
    mlp::Operation board = named("checkerboard");
    board.values[0] = squares;
    const mlp::Points points = mlp::generate(board, 500, 0, 1);
    for (std::size_t i = 0; i < 500; ++i) {
      int sum = 0;
      bool near_an_edge = false;
      for (std::size_t d = 0; d < 2; ++d) {
        const double at = (static_cast<double>(points.inputs[2 * i + d]) + 6) * squares / 12;
        sum += static_cast<int>(std::floor(at));
        near_an_edge = near_an_edge || std::fabs(at - std::round(at)) < 1e-5;
      }
      if (!near_an_edge) REQUIRE(points.labels[i] == static_cast<std::uint32_t>(sum % 2));
    }
  }
}

TEST_CASE("rings lie one in the other, apart", "[dataset]") {
  for (const double classes : {2.0, 3.0, 10.0}) {
    mlp::Operation rings = named("rings");
    rings.values[0] = classes;
    const mlp::Points points = mlp::generate(rings, 300, 0, 1);
    for (std::size_t i = 0; i < 300; ++i) {
      const double r = length(points, i) / 5 * classes - points.labels[i];
      REQUIRE((r >= 0.2999 && r <= 0.9001));
    }
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

TEST_CASE("targets are the formulas' values, and noise is normal with the deviation they state", "[dataset]") {
  struct Oracle {
    double (*value)(double, double);
    double deviation;  // at full noise
  };
  const auto bump = [](double x, double y, double c) { return std::exp(-((x - c) * (x - c) + (y - c) * (y - c)) / 4); };
  static const auto gauss = bump;
  const std::map<std::string_view, Oracle> oracles{
      {"plane", {[](double x, double y) { return (x + y) / 10; }, 1}},
      {"gauss-bumps", {[](double x, double y) { return gauss(x, y, 2) - gauss(x, y, -2); }, 1}},
      {"saddle", {[](double x, double y) { return (x * x - y * y) / 36; }, 1}},
      {"abs", {[](double x, double) { return std::fabs(x); }, 3}},
      {"max", {[](double x, double y) { return std::fmax(x, y); }, 6}},
      {"sine", {[](double x, double) { return std::sin(x); }, 1}},
      {"square", {[](double x, double) { return x * x; }, 0.5}},
      {"abs-x", {[](double x, double) { return std::fabs(x); }, 0.5}},
      {"step-function", {[](double x, double) { return x >= 0 ? 1.0 : 0.0; }, 0.5}},
      {"nielsen", {[](double x, double) { return 0.2 + 0.4 * x * x + 0.3 * x * std::sin(15 * x) + 0.05 * std::cos(50 * x); }, 0.4}},
      {"x-sin-x", {[](double x, double) { return x * std::sin(x); }, 3}},
      // The readings of the book: what an instrument of unknown unit shows, and the temperature.
      {"thermometer", {[](double x, double) {
         const double unknown[] = {35.7, 55.9, 58.2, 81.9, 56.3, 48.9, 33.9, 21.8, 48.4, 60.4, 68.4}, celsius[] = {0.5, 14, 15, 28, 11, 8, 3, -4, 6, 13, 21};
         return celsius[std::min_element(std::begin(unknown), std::end(unknown), [&](double a, double b) { return std::fabs(a - x) < std::fabs(b - x); }) - unknown];
       }, 16}},
  };
  for (std::size_t index = 0; index < mlp::dataset_table().size(); ++index) {
    const mlp::OperationInfo& info = *mlp::dataset_table()[index];
    const mlp::DatasetFacts facts = mlp::dataset_facts(index);
    if (facts.task != mlp::Task::regression) continue;
    CAPTURE(info.id);
    REQUIRE(oracles.contains(info.id));
    const Oracle& oracle = oracles.at(info.id);
    constexpr std::size_t samples = 2000;
    const mlp::Points still = mlp::generate(mlp::default_operation(mlp::dataset_table(), index), samples, 0, 1);
    const mlp::Points noisy = mlp::generate(mlp::default_operation(mlp::dataset_table(), index), samples, 0.5, 1);
    REQUIRE(still.targets.size() == samples);
    CHECK(still.inputs == noisy.inputs);
    double squares = 0;
    for (std::size_t i = 0; i < samples; ++i) {
      const double x = still.inputs[i * facts.dimensions];
      const double y = still.inputs[i * facts.dimensions + facts.dimensions - 1];
      REQUIRE_THAT(static_cast<double>(still.targets[i]), WithinAbs(oracle.value(x, y), 2e-6));
      const double error = static_cast<double>(noisy.targets[i] - still.targets[i]);
      squares += error * error;
    }
    CHECK_THAT(std::sqrt(squares / samples) / (0.5 * oracle.deviation), WithinAbs(1, 0.08));
    if (facts.rows > 0) continue;
    // Points fill the domain.
    const auto [low, high] = std::minmax_element(still.inputs.begin(), still.inputs.end());
    const float width = facts.domain.high - facts.domain.low;
    CHECK((*low < facts.domain.low + 0.02f * width && *high > facts.domain.high - 0.02f * width));
  }
}

TEST_CASE("label noise gives the share of rows it says another class, the same ones and more when there is more of it", "[dataset]") {
  for (const std::size_t classes : {2u, 3u, 10u}) {
    std::vector<std::uint32_t> labels(4000);
    for (std::size_t i = 0; i < labels.size(); ++i) labels[i] = static_cast<std::uint32_t>(i % classes);
    const auto noisy = [&](double probability, std::uint32_t seed) {
      std::vector<std::uint32_t> result = labels;
      mlp::add_label_noise(result, classes, probability, seed);
      return result;
    };
    CHECK(noisy(0, 1) == labels);
    CHECK(noisy(0.2, 1) == noisy(0.2, 1));
    CHECK(noisy(0.2, 1) != noisy(0.2, 2));
    const std::vector<std::uint32_t> few = noisy(0.1, 1), many = noisy(0.4, 1);
    std::vector<int> steps(classes);
    for (std::size_t i = 0; i < labels.size(); ++i) {
      REQUIRE(many[i] < classes);
      if (few[i] != labels[i]) REQUIRE(many[i] == few[i]);
      ++steps[(many[i] + classes - labels[i]) % classes];
    }
    CHECK_THAT(1 - steps[0] / 4000.0, WithinAbs(0.4, 0.03));
    for (std::size_t s = 1; s < classes; ++s) CHECK_THAT(steps[s] / 1600.0, WithinAbs(1.0 / static_cast<double>(classes - 1), 0.05));
  }
}

TEST_CASE("label noise of a document changes labels and nothing else, and numbers have none", "[dataset]") {
  const auto rows = [](const char* more) { return mlp::Run(mlp::parse_json(std::string(R"({"data": {"id": "circle", "noise": 0.1)") + more + "}}")).data(mlp::Split::all); };
  const mlp::SplitData plain = rows(""), noisy = rows(R"(, "labelNoise": 0.5)");
  CHECK(plain.inputs == noisy.inputs);
  int changed = 0;
  for (std::size_t i = 0; i < plain.rows; ++i) changed += plain.labels[i] != noisy.labels[i] ? 1 : 0;
  CHECK(std::abs(changed - 250) < 40);
  CHECK(test::error_of([] { mlp::Run run(mlp::parse_json(R"({"data": {"id": "plane", "labelNoise": 0.1}})")); }).starts_with("invalid-document | data.labelNoise: unknown"));
  CHECK(test::error_of([] { mlp::Run run(mlp::parse_json(R"({"data": {"labelNoise": 0.6}})")); }) == "invalid-document | data.labelNoise: expected 0 to 0.5, got 0.6");
}

TEST_CASE("the default document of every set trains: its loss falls, and it does not diverge", "[dataset]") {
  for (std::size_t index = 0; index < mlp::dataset_table().size(); ++index) {
    const std::string id(mlp::dataset_table()[index]->id);
    CAPTURE(id);
    mlp::Run run(mlp::parse_json(R"({"data": {"id": ")" + id + "\"}}"));
    CHECK(run.columns() == mlp::dataset_facts(index).dimensions);
    const double before = run.evaluate(mlp::Split::train).loss;
    CHECK(run.train({.epochs = 60}).status == mlp::Status::running);
    CHECK(run.evaluate(mlp::Split::train).loss < 0.95 * before);
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
