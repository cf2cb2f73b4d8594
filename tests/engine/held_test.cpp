#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/generators/catch_generators_range.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <cmath>

#include "mlp/json.hpp"
#include "mlp/mlp.hpp"
#include "support/errors.hpp"
#include "support/networks.hpp"

using Catch::Matchers::WithinAbs;
using mlp::Split;

namespace {

mlp::Value json(std::string_view text) { return mlp::parse_json(text); }

std::string error(std::string_view document) {
  return test::error_of([&] { mlp::Run run(json(document)); });
}

/// Both layouts of the memory: 2-4-3-1 and 2-40-30-1.
struct Shape {
  std::size_t first, second;
  std::string layers(const char* activation) const {
    std::string text = "[";
    for (const std::size_t units : {first, second}) text.append(R"({"units": )").append(std::to_string(units)).append(R"(, "activation": ")").append(activation).append(R"("}, )");
    return text.append(R"({"activation": "identity"}])");
  }
  /// Where weight `input` of `unit` in the second layer stands among the parameters.
  std::size_t second_weight(std::size_t unit, std::size_t input) const { return first * 3 + unit * first + input; }
};

constexpr Shape shapes[] = {{4, 3}, {40, 30}};

std::string document(const Shape& shape, std::string_view network, std::string_view training = "") {
  std::string text = R"({"data": {"id": "xor", "samples": 60}, "network": {"layers": )";
  text.append(shape.layers("tanh")).append(network).append(R"(}, "training": {"optimizer": {"id": "adam", "learningRate": 0.05}, "l2": 0.01)").append(training).append("}}");
  return text;
}

}  // namespace

TEST_CASE("what is locked stays where it is, whatever optimizer and penalties do; the rest trains", "[held]") {
  const Shape shape = GENERATE(from_range(std::begin(shapes), std::end(shapes)));
  const std::string optimizer = GENERATE(as<std::string>{}, R"({"id": "sgd", "learningRate": 0.1, "momentum": 0.9})", R"({"id": "adamw", "weightDecay": 0.1})", R"("rmsprop")");
  std::string training = R"(, "l1": 0.01, "optimizer": )";
  mlp::Run run(json(document(shape, R"(, "locked": ["0", "1.2", "1.0.1", "2.0.bias"])", training.append(optimizer))));
  const std::vector<float> before = run.parameters();
  run.train({.steps = 50});
  const std::vector<float> after = run.parameters();
  std::vector<bool> held(before.size());
  std::fill_n(held.begin(), shape.first * 3, true);                                      // layer 0
  for (std::size_t i = 0; i < shape.first; ++i) held[shape.second_weight(2, i)] = true;  // unit 1.2 and its bias
  held[shape.second_weight(shape.second, 2)] = true;
  held[shape.second_weight(0, 1)] = true;
  held.back() = true;
  for (std::size_t i = 0; i < before.size(); ++i) {
    CAPTURE(i, before[i], after[i]);
    REQUIRE((before[i] == after[i]) == held[i]);
  }
}

TEST_CASE("a cut link weighs nothing from the start and for ever, and gradients do not count it", "[held]") {
  const Shape shape = GENERATE(from_range(std::begin(shapes), std::end(shapes)));
  mlp::Run run(json(document(shape, R"(, "cut": ["0.0.1", "1.2.0"])")));
  const std::size_t cut[] = {1, shape.second_weight(2, 0)};
  run.train({.steps = 30});
  for (const std::size_t i : cut) {
    CHECK(run.parameters()[i] == 0);
    CHECK(run.gradients(Split::train)[i] == 0);
  }
  if (shape.first == 4) {
    const mlp::NumericalGradients numerical = run.numerical_gradients(Split::train, 1e-6);
    const std::vector<float> gradients = run.gradients(Split::train);
    for (std::size_t i = 0; i < gradients.size(); ++i) REQUIRE_THAT(gradients[i], WithinAbs(numerical.gradient[i], 1e-4));
  }
  std::vector<float> parameters = run.parameters();
  parameters[1] = 0.5f;
  CHECK(test::error_of([&] { run.set_parameters(parameters); }) == "invalid-argument | parameters[1]: expected 0, as the link \"0.0.1\" is cut, got 0.5");
}

TEST_CASE("locks and cuts come and go while training goes on", "[held]") {
  mlp::Run run(json(document(shapes[0], "")));
  run.train({.steps = 20});
  std::vector<float> before = run.parameters();
  run.update(json(R"({"network": {"locked": ["0"], "cut": ["1.1.1"]}})"));
  before[shapes[0].second_weight(1, 1)] = 0;
  CHECK(run.parameters() == before);
  run.train({.steps = 20});
  std::vector<float> after = run.parameters();
  CHECK(std::equal(before.begin(), before.begin() + 12, after.begin()));
  CHECK(after[shapes[0].second_weight(1, 1)] == 0);
  run.update(json(R"({"network": {"locked": [], "cut": []}})"));
  run.train({.steps = 5});
  CHECK_FALSE(std::equal(before.begin(), before.begin() + 12, run.parameters().begin()));
  CHECK(run.parameters()[shapes[0].second_weight(1, 1)] != 0);
}

TEST_CASE("locks mean the same after a layer was widened", "[held]") {
  mlp::Run run(json(document(shapes[0], R"(, "locked": ["1.0"])")));
  run.update(json(R"({"network": {"layers": [{"units": 6, "activation": "tanh"}, {"units": 5, "activation": "tanh"}, {"activation": "identity"}]}})"));
  const auto unit = [&] {
    const std::vector<float> parameters = run.parameters();
    return std::vector<float>(parameters.begin() + 18, parameters.begin() + 24);
  };
  const std::vector<float> before = unit();
  run.train({.steps = 20});
  CHECK(unit() == before);
}

TEST_CASE("locks on a skip edge move with its links, and go with it", "[held]") {
  const Shape shape = shapes[0];
  mlp::Run run(json(document(shape, R"(, "skip": true, "locked": ["2.0.4", "2.0.1"], "cut": ["2.0.3"])")));
  const std::string hidden = R"({"network": {"layers": [{"units": 4, "activation": "tanh"}, {"units": 5, "activation": "tanh"}, {"activation": "identity"}]}})";
  run.update(json(hidden));
  const auto paths = [&](const char* key) { return mlp::to_json(*run.experiment().find("network")->find(key)); };
  CHECK(paths("locked") == R"(["2.0.6","2.0.1"])");
  CHECK(paths("cut") == R"(["2.0.5"])");
  const std::vector<float> before = run.parameters();
  run.train({.steps = 20});
  const std::vector<float> after = run.parameters();
  const std::size_t output = before.size() - 8;  // 5 units, 2 inputs, bias
  CHECK(after[output + 6] == before[output + 6]);
  CHECK(after[output + 1] == before[output + 1]);
  CHECK(after[output + 5] == 0);
  CHECK(after[output + 2] != before[output + 2]);
  run.update(json(R"({"network": {"skip": false}})"));
  CHECK(paths("locked") == R"(["2.0.1"])");
  CHECK(paths("cut") == "[]");
}

TEST_CASE("locks of an output that goes away go with it", "[held]") {
  mlp::Run run(json(R"({"network": {"layers": [{"units": 3}, {}], "locked": ["1.1", "1.0.2"]}, "training": {"loss": "cross-entropy"}})"));
  run.update(json(R"({"training": {"loss": "binary-cross-entropy"}})"));
  CHECK(mlp::to_json(*run.experiment().find("network")->find("locked")) == R"(["1.0.2"])");
}

TEST_CASE("a snapshot from before a cut comes back with the link cut", "[held]") {
  mlp::Run run(json(document(shapes[0], "")));
  run.train({.steps = 20});
  const std::vector<std::uint8_t> snapshot = run.snapshot();
  run.update(json(R"({"network": {"cut": ["0.0.1"], "locked": ["0.1"]}})"));
  run.restore(snapshot);
  CHECK(run.parameters()[1] == 0);
  const std::vector<float> before = run.parameters();
  run.train({.steps = 10});
  CHECK(run.parameters()[1] == 0);
  CHECK(run.parameters()[2] == before[2]);
  CHECK(run.parameters()[4] != before[4]);
}

TEST_CASE("paths that lead nowhere are issues that say so", "[held]") {
  CHECK(error(document(shapes[0], R"(, "locked": ["3"])")) == "invalid-document | network.locked[0]: expected a layer from 0 to 2, got \"3\"");
  CHECK(error(document(shapes[0], R"(, "locked": ["0", "1.3"])")) == "invalid-document | network.locked[1]: expected a unit from 0 to 2, got \"1.3\"");
  CHECK(error(document(shapes[0], R"(, "locked": ["1.0.4"])")) == "invalid-document | network.locked[0]: expected an input from 0 to 3, got \"1.0.4\"");
  CHECK(error(document(shapes[0], R"(, "cut": ["1.0.bias"])")) == "invalid-document | network.cut[0]: expected a link, \"layer.unit.input\", got \"1.0.bias\"");
  for (const char* wrong : {"", ".", "0.", "0..1", "01", "-1", "0.0.0.0", "0.0.Bias", "a"}) {
    CAPTURE(wrong);
    std::string locked = R"(, "locked": [")";
    locked.append(wrong).append(R"("])");
    CHECK(error(document(shapes[0], locked)).starts_with("invalid-document | network.locked[0]: expected"));
  }
}

TEST_CASE("with a skip edge one ReLU unit is the larger of two numbers, exactly", "[skip]") {
  mlp::Run run(json(R"({"data": {"id": "table", "columns": 2, "inputs": [0,0, 1,2, 3,-1], "targets": [0, 2, 3], "outputs": 1},
    "network": {"layers": [{"units": 1, "activation": "relu"}, {"activation": "identity"}], "skip": true}})"));
  // relu(x2 - x1), then 1 * hidden + 1 * x1 + 0 * x2
  run.set_parameters(std::vector<float>{-1, 1, 0, 1, 1, 0, 0});
  CHECK(run.predict(std::vector<float>{1, 2, 3, -1, -4, -2.5f, 0, 0}) == std::vector<float>{2, 3, -2.5f, 0});
  CHECK(run.evaluate(Split::all).loss == 0);
}

TEST_CASE("a skip edge is learned, comes and goes without changing what the network says", "[skip]") {
  const Shape shape = GENERATE(from_range(std::begin(shapes), std::end(shapes)));
  mlp::Run run(json(document(shape, "")));
  run.train({.steps = 20});
  const std::vector<float> points = test::random_values(40, 3, 5.f);
  const std::vector<float> before = run.predict(points);
  run.update(json(R"({"network": {"skip": true}})"));
  CHECK(run.predict(points) == before);
  CHECK(run.parameters().size() == (shape.first * 3 + shape.second * (shape.first + 1) + shape.second + 2 + 1));
  run.train({.steps = 20});
  const std::vector<float> parameters = run.parameters();
  CHECK(parameters[parameters.size() - 2] != 0);
  if (shape.first == 4) {
    const mlp::NumericalGradients numerical = run.numerical_gradients(Split::train, 1e-6);
    const std::vector<float> gradients = run.gradients(Split::train);
    for (std::size_t i = 0; i < gradients.size(); ++i) REQUIRE_THAT(gradients[i], WithinAbs(numerical.gradient[i], 1e-4));
  }
  run.update(json(R"({"network": {"skip": false}})"));
  CHECK(run.parameters().size() == parameters.size() - 2);
  CHECK(error(R"({"network": {"layers": [{"activation": "identity"}], "skip": true}})").starts_with("invalid-document | network.skip: expected"));
}

TEST_CASE("dropout leaves predictions and evaluation alone, resumes with the same bits, and shows its mask", "[dropout]") {
  mlp::Run run(json(R"({"data": {"id": "moons"}, "network": {"layers": [{"units": 8, "activation": "relu", "dropout": 0.5}, {"units": 4}, {"activation": "identity"}]}})"));
  CHECK(run.dropout_mask(0).empty());
  CHECK(test::error_of([&] { run.dropout_mask(1); }) == "invalid-argument | layer: expected a layer with dropout, got 1, which has none");
  const double loss = run.evaluate(Split::train).loss;
  CHECK(run.evaluate(Split::train).loss == loss);
  run.train({.steps = 7});
  const std::vector<std::uint8_t> mask = run.dropout_mask(0);
  REQUIRE(mask.size() == 10 * 8);
  const auto kept = std::count(mask.begin(), mask.end(), std::uint8_t{1});
  CHECK((kept > 20 && kept < 60));
  const std::vector<std::uint8_t> snapshot = run.snapshot();
  run.train({.steps = 9});
  const std::vector<float> there = run.parameters();
  run.restore(snapshot);
  run.train({.steps = 9});
  CHECK(run.parameters() == there);
  run.update(json(R"({"network": {"layers": [{"units": 8, "activation": "relu", "dropout": 0}, {"units": 4}, {"activation": "identity"}]}})"));
  CHECK_FALSE(test::error_of([&] { run.dropout_mask(0); }).empty());
}

TEST_CASE("dropout is for hidden layers, and less than all", "[dropout]") {
  CHECK(error(R"({"network": {"layers": [{"units": 2, "dropout": 0.95}, {}]}})").starts_with("invalid-document | network.layers[0].dropout: expected"));
  CHECK(error(R"({"network": {"layers": [{"units": 2}, {"dropout": 0.2}]}})").starts_with("invalid-document | network.layers[1].dropout: expected"));
}

TEST_CASE("the learned slope of PReLU goes along with every change that keeps its layer", "[prelu]") {
  mlp::Run run(json(R"({"data": {"id": "circle"}, "network": {"layers": [{"units": 3, "activation": "prelu"}, {"activation": "identity"}]}})"));
  CHECK(run.parameters().size() == 3 * 3 + 1 + 4);
  CHECK(run.parameters()[9] == 0.25f);
  run.train({.steps = 50});
  const float slope = run.parameters()[9];
  CHECK(slope != 0.25f);
  run.update(json(R"({"network": {"layers": [{"units": 5, "activation": "prelu"}, {"activation": "identity"}]}})"));
  CHECK(run.parameters()[15] == slope);
  run.update(json(R"({"network": {"layers": [{"units": 5, "activation": "relu"}, {"activation": "identity"}]}})"));
  CHECK(run.parameters().size() == 3 * 5 + 6);
}
