#include "mlp/run.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <cmath>

#include "mlp/json.hpp"
#include "mlp/mlp.hpp"
#include "support/errors.hpp"
#include "support/files.hpp"
#include "support/images.hpp"
#include "support/networks.hpp"

using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using mlp::Split;

namespace {

mlp::Value json(std::string_view text) { return mlp::parse_json(text); }

/// Points of the plane, one row after the other.
std::vector<float> points(std::size_t n) { return test::random_values(2 * n, 77, 6.f); }

std::string error(mlp::Run& run, std::string_view partial) {
  return test::error_of([&] { run.update(json(partial)); });
}

const char* const two_columns = R"("data": {"id": "table", "columns": 2, "inputs": [0,0, 0,1, 1,0, 1,1], "targets": [0,0,0,0]}, "training": {"loss": "mse"})";

}  // namespace

TEST_CASE("the example that opens the umbrella header learns exclusive or", "[run]") {
  mlp::Run run(mlp::parse_json(R"({"data": {"id": "xor"}, "training": {"optimizer": {"id": "sgd", "learningRate": 0.1}}})"));
  run.train({.epochs = 100});
  CHECK(run.evaluate(mlp::Split::test).accuracy > 0.9);
}

TEST_CASE("a run's document is complete, and describes the same run again", "[run]") {
  mlp::Run run(json(R"({"data": {"id": "moons", "noise": 0.2}, "training": {"optimizer": "adam"}})"));
  mlp::Run again(run.experiment());
  CHECK(mlp::to_json(again.experiment()) == mlp::to_json(run.experiment()));
  run.train({.steps = 20});
  again.train({.steps = 20});
  CHECK(again.parameters() == run.parameters());
}

TEST_CASE("attachments stand in the document as descriptors", "[run]") {
  const mlp::Run run(json("{" + std::string(two_columns) + "}"));
  CHECK(mlp::to_json(*run.experiment().find("data")->find("inputs")) == R"({"type":"float32","length":8.0})");
}

TEST_CASE("data comes back in its own units, split by split", "[run]") {
  mlp::Run run(json(R"({"data": {"samples": 30, "testFraction": 0.2, "features": ["x1-squared"]}})"));
  const mlp::SplitData train = run.data(Split::train), tests = run.data(Split::test), all = run.data(Split::all);
  CHECK((train.rows == 24 && tests.rows == 6 && all.rows == 30));
  CHECK((train.columns == 2 && train.inputs.size() == 48 && train.labels.size() == 24 && train.targets.empty()));
  std::vector<float> joined = train.inputs;
  joined.insert(joined.end(), tests.inputs.begin(), tests.inputs.end());
  CHECK(joined == all.inputs);

  mlp::Value document;
  mlp::Value data;
  data.set("id", "idx");
  data.set("images", test::idx({2, 1, 3}, 250));
  data.set("labels", test::idx({2}, 8));
  data.set("scaling", "standardized");
  document.set("data", std::move(data));
  const mlp::Run images(document);
  CHECK(images.data(Split::train).inputs == std::vector<float>{250, 251, 252, 253, 254, 255});
  CHECK(images.data(Split::train).labels == std::vector<std::uint32_t>{8, 9});
}

TEST_CASE("splits have three names", "[run]") {
  CHECK(mlp::split_named("train") == Split::train);
  CHECK(mlp::split_named("test") == Split::test);
  CHECK(mlp::split_named("all") == Split::all);
  CHECK(test::error_of([] { mlp::split_named("Train"); }) == "invalid-argument | split: expected \"train\", \"test\" or \"all\", got \"Train\"");
}

TEST_CASE("predictions, surface, maps and activations agree with each other to the bit", "[run]") {
  for (const char* document : {R"({"data": {"id": "spiral", "features": ["x1", "sin-x2"]}})", R"({"data": {"id": "blobs", "classes": 4}, "network": {"layers": [{"units": 40}, {"units": 30}, {}]}})", R"({"data": {"id": "plane"}})"}) {
    CAPTURE(document);
    mlp::Run run(json(document));
    run.train({.steps = 30});
    const mlp::Grid grid{-5, 3, -2, 6, 21, 17};  // 357 cells: more than a stack takes at once
    std::vector<float> centers;
    for (std::size_t r = 0; r < grid.rows; ++r)
      for (std::size_t c = 0; c < grid.columns; ++c) {
        centers.push_back(static_cast<float>(-5 + (static_cast<double>(c) + 0.5) * 8 / 21));
        centers.push_back(static_cast<float>(-2 + (static_cast<double>(r) + 0.5) * 8 / 17));
      }
    const std::size_t cells = grid.rows * grid.columns;
    const std::vector<float> predictions = run.predict(centers);
    REQUIRE(predictions.size() == cells * run.outputs());
    CHECK(run.surface(grid, {}, {}) == predictions);
    const std::vector<float> maps = run.maps(grid);
    const std::vector<float> sums = run.maps(grid, mlp::Quantity::sums);
    REQUIRE(sums.size() == maps.size());
    std::size_t at = 0;
    for (std::size_t l = 0; l < run.layers(); ++l) {
      const mlp::LayerActivations activations = run.activations(centers, l);
      REQUIRE(activations.outputs.size() == cells * run.units(l));
      for (std::size_t u = 0; u < run.units(l); ++u, at += cells) {
        const std::vector<float> surface = run.surface(grid, l, u);
        REQUIRE(surface == std::vector<float>(maps.begin() + static_cast<std::ptrdiff_t>(at), maps.begin() + static_cast<std::ptrdiff_t>(at + cells)));
        for (std::size_t i = 0; i < cells; ++i) {
          REQUIRE(surface[i] == activations.outputs[i * run.units(l) + u]);
          REQUIRE(sums[at + i] == activations.pre_activations[i * run.units(l) + u]);
        }
      }
    }
    REQUIRE(at == maps.size());
    const std::vector<float> alone = run.predict(std::span(centers).subspan(2 * 300, 2));
    for (std::size_t o = 0; o < run.outputs(); ++o) CHECK(alone[o] == predictions[300 * run.outputs() + o]);
  }
}

TEST_CASE("predictions are probabilities where the loss makes them", "[run]") {
  mlp::Run classes(json(R"({"data": {"id": "blobs", "classes": 4}})"));
  const std::vector<float> p = classes.predict(points(50));
  for (std::size_t i = 0; i < 50; ++i) CHECK_THAT(static_cast<double>(p[4 * i] + p[4 * i + 1] + p[4 * i + 2] + p[4 * i + 3]), WithinAbs(1, 1e-6));
  mlp::Run binary(json("{}"));
  const std::vector<float> probability = binary.predict(points(50));
  const mlp::LayerActivations scores = binary.activations(points(50), 2);
  for (std::size_t i = 0; i < 50; ++i) CHECK_THAT(static_cast<double>(probability[i]), WithinAbs(1 / (1 + std::exp(-static_cast<double>(scores.outputs[i]))), 1e-6));
  mlp::Run raw(json(R"({"training": {"loss": "hinge"}})"));
  CHECK(raw.predict(points(50)) == raw.activations(points(50), 2).outputs);
}

TEST_CASE("every row's own loss has the mean that evaluation reports, and the classes they are taken for its confusion", "[run]") {
  for (const char* document : {"{}", R"({"data": {"id": "blobs", "classes": 4, "samples": 700}})", R"({"data": {"id": "plane"}})", R"({"training": {"loss": "hinge"}})",
                               R"({"data": {"id": "blobs", "classes": 4}, "training": {"loss": "half-mse"}})", R"({"training": {"loss": "sse"}})"}) {
    CAPTURE(document);
    mlp::Run run(json(document));
    run.train({.steps = 40});
    for (const Split split : {Split::train, Split::test}) {
      const mlp::Evaluation evaluation = run.evaluate(split);
      const mlp::Outcomes outcomes = run.outcomes(split);
      const mlp::SplitData data = run.data(split);
      REQUIRE(outcomes.losses.size() == data.rows);
      double sum = 0;
      for (const float loss : outcomes.losses) sum += static_cast<double>(loss);
      const bool summed = std::string_view(document).find("\"sse\"") != std::string_view::npos;
      CHECK_THAT(summed ? sum : sum / static_cast<double>(data.rows), WithinRel(evaluation.loss, 1e-5));
      std::vector<std::uint32_t> confusion(run.classes() * run.classes());
      REQUIRE(outcomes.predicted.size() == (run.classes() > 0 ? data.rows : 0));
      for (std::size_t row = 0; row < outcomes.predicted.size(); ++row) ++confusion[data.labels[row] * run.classes() + outcomes.predicted[row]];
      CHECK(confusion == evaluation.confusion);
    }
  }
  mlp::Run untested(json(R"({"data": {"testFraction": 0}})"));
  CHECK(untested.outcomes(Split::test).losses.empty());
}

TEST_CASE("arguments that do not fit are refused by name", "[run]") {
  mlp::Run run(json(R"({"network": {"layers": [{"units": 3}, {}]}})"));
  const std::vector<float> three(3), bad{0, std::nanf("")};
  CHECK(test::error_of([&] { run.predict(three); }) == "invalid-argument | inputs: expected a multiple of 2 numbers, one row after the other, got 3");
  CHECK(test::error_of([&] { run.predict(bad); }) == "invalid-argument | inputs[1]: expected a finite number, got NaN");
  CHECK(run.predict({}).empty());
  CHECK(test::error_of([&] { run.activations(three, 2); }) == "invalid-argument | layer: expected 0 to 1, got 2");
  CHECK(test::error_of([&] { run.surface({}, 0, 3); }) == "invalid-argument | unit: expected 0 to 2, got 3");
  CHECK(test::error_of([&] { run.surface({}, 5, 0); }) == "invalid-argument | layer: expected 0 to 1, got 5");
  CHECK(test::error_of([&] { run.surface({}, 0, {}); }) == "invalid-argument | unit: expected 0 to 2");
  CHECK(test::error_of([&] { run.surface({.columns = 0}, {}, {}); }).starts_with("invalid-argument | columns: "));
  CHECK(test::error_of([&] { run.maps({.columns = 4000000000u, .rows = 4000000000u}); }).starts_with("invalid-argument | columns: "));
  CHECK(test::error_of([&] { run.maps({.y_max = std::nan("")}); }).starts_with("invalid-argument | "));
  CHECK(test::error_of([&] { run.numerical_gradients(Split::train, 0); }) == "invalid-argument | epsilon: expected 1e-12 to 1, got 0");
  CHECK(test::error_of([&] { run.numerical_gradients(Split::train, std::nan("")); }).starts_with("invalid-argument | epsilon: "));
  mlp::Run images(json(R"({"data": {"id": "table", "columns": 3, "inputs": [1,2,3], "labels": [1]}})"));
  CHECK(test::error_of([&] { images.maps({}); }) == "invalid-argument | a surface needs data with two columns; this run's has 3");
  CHECK(test::error_of([&] { images.evaluate(Split::test); }) == "invalid-argument | split: this split has no rows");
}

TEST_CASE("parameters can be set when they are as many and finite, else nothing changes", "[run]") {
  mlp::Run run(json("{}"));
  std::vector<float> parameters = run.parameters();
  const std::vector<float> before = parameters;
  parameters[5] = std::nanf("");
  CHECK(test::error_of([&] { run.set_parameters(parameters); }) == "invalid-argument | parameters[5]: expected a finite number, got NaN");
  parameters.pop_back();
  CHECK(test::error_of([&] { run.set_parameters(parameters); }) == "invalid-argument | parameters: expected 25 numbers, got 24");
  CHECK(run.parameters() == before);
  run.train({.steps = 3});
  run.set_parameters(before);
  CHECK(run.parameters() == before);
  CHECK(run.progress().step == 3);
}

TEST_CASE("gradients agree with central differences in double precision for every activation under several losses", "[run]") {
  for (const mlp::OperationInfo* activation : mlp::activation_table())
    for (const char* loss : {"mse", "binary-cross-entropy", "cross-entropy", "huber"}) {
      CAPTURE(activation->id, loss);
      const std::string id(activation->id);
      mlp::Run run(json(R"({"data": {"samples": 24, "id": "moons", "noise": 0.1}, "network": {"layers": [{"units": 5, "activation": ")" + id + R"("}, {"units": 3, "activation": ")" + id + R"("}, {}], "initializer": "pytorch-default"},
                          "training": {"loss": ")" + loss + "\"}}"));
      const std::vector<float> gradient = run.gradients(Split::train);
      const mlp::NumericalGradients numerical = run.numerical_gradients(Split::train, 1e-6);
      REQUIRE(numerical.gradient.size() == gradient.size());
      CHECK(numerical.evaluations == 2 * gradient.size());
      for (std::size_t i = 0; i < gradient.size(); ++i) {
        CAPTURE(i);
        REQUIRE_THAT(static_cast<double>(gradient[i]), WithinAbs(numerical.gradient[i], 1e-5 + 1e-3 * std::fabs(numerical.gradient[i])));
      }
    }
}

TEST_CASE("settings change without reset", "[run]") {
  mlp::Run run(json("{}"));
  run.train({.steps = 5});
  const std::vector<float> before = run.parameters();
  run.update(json(R"({"training": {"optimizer": {"learningRate": 0.5}, "batchSize": 7}})"));
  CHECK(run.parameters() == before);
  CHECK(run.progress().step == 5);
  CHECK(*run.experiment().find("training")->find("optimizer")->find("learningRate")->get<double>() == 0.5);
  CHECK(*run.experiment().find("training")->find("batchSize")->get<double>() == 7);
  run.update(json(R"({"training": {"optimizer": {"id": "adam", "learningRate": 0.25}}})"));
  CHECK(*run.experiment().find("training")->find("optimizer")->find("id")->get<std::string>() == "adam");
  run.update(json(R"({"training": {"optimizer": "sgd"}})"));
  CHECK(*run.experiment().find("training")->find("optimizer")->find("learningRate")->get<double>() == 0.03);
  CHECK(run.parameters() == before);
  CHECK(run.train({.steps = 1}).step == 6);
}

TEST_CASE("a learning rate changed under way trains as if it had been so from there", "[run]") {
  mlp::Run changed(json("{}"));
  changed.train({.steps = 5});
  changed.update(json(R"({"training": {"optimizer": {"learningRate": 0.5}}})"));
  mlp::Run fast(json(R"({"training": {"optimizer": {"id": "sgd", "learningRate": 0.5}}})"));
  fast.train({.steps = 5});
  fast.set_parameters(changed.parameters());
  changed.train({.steps = 5});
  fast.train({.steps = 5});
  CHECK(changed.parameters() == fast.parameters());
}

TEST_CASE("what can't be changed in a run is refused with its path, and nothing changes", "[run]") {
  mlp::Run run(json("{}"));
  run.train({.steps = 5});
  const std::vector<float> before = run.parameters();
  const std::string document = mlp::to_json(run.experiment());
  CHECK(error(run, R"({"data": {"noise": 0.5}})") == "invalid-document | data: data can't be changed in a run; create a new one");
  CHECK(error(run, R"({"training": {"batchSize": 0}})") == "invalid-document | training.batchSize: expected 1 to 60000, got 0");
  CHECK(error(run, R"({"trainig": {}})").starts_with("invalid-document | trainig: unknown"));
  CHECK(error(run, "[]").starts_with("invalid-document | expected an object"));
  CHECK(error(run, R"({"network": {"layers": [{"units": 4}, {"activation": "identity"}]}})").starts_with("invalid-argument | network.layers: expected 3 layers"));
  CHECK(error(run, R"({"network": {"layers": [{"units": 4}, {"units": 1}, {"activation": "identity"}]}})").starts_with("invalid-argument | network.layers[1].units: expected at least 2"));
  CHECK(run.parameters() == before);
  CHECK(mlp::to_json(run.experiment()) == document);
  CHECK(run.train({.steps = 1}).step == 6);
}

TEST_CASE("going from binary to two-class cross-entropy and back keeps the predictions", "[run]") {
  mlp::Run run(json(R"({"data": {"id": "moons"}})"));
  run.train({.steps = 100});
  const std::vector<float> x = points(64);
  const std::vector<float> before = run.predict(x);
  run.update(json(R"({"training": {"loss": "cross-entropy"}})"));
  REQUIRE(run.outputs() == 2);
  const std::vector<float> both = run.predict(x);
  for (std::size_t i = 0; i < 64; ++i) {
    CHECK_THAT(static_cast<double>(both[2 * i + 1]), WithinAbs(static_cast<double>(before[i]), 1e-6));
    CHECK_THAT(static_cast<double>(both[2 * i]), WithinAbs(1 - static_cast<double>(before[i]), 1e-6));
  }
  CHECK(run.train({.steps = 1}).status == mlp::Status::running);
  run.restore(run.snapshot());
  const std::vector<float> trained = run.predict(x);
  run.update(json(R"({"training": {"loss": "binary-cross-entropy"}})"));
  REQUIRE(run.outputs() == 1);
  const std::vector<float> after = run.predict(x);
  for (std::size_t i = 0; i < 64; ++i) CHECK_THAT(static_cast<double>(after[i]), WithinAbs(static_cast<double>(trained[2 * i + 1]), 1e-6));
}

TEST_CASE("widening layers keeps the predictions exactly, also where the layout of memory changes", "[run]") {
  for (const char* optimizer : {"sgd", "adam"})
    for (const auto& [first, second] : {std::pair{"5", "2"}, {"4", "3"}, {"9", "11"}, {"60", "70"}}) {
      CAPTURE(optimizer, first, second);
      mlp::Run run(json(R"({"training": {"optimizer": ")" + std::string(optimizer) + "\"}}"));
      run.train({.steps = 40});
      const std::vector<float> x = points(300);
      const std::vector<float> before = run.predict(x);
      run.update(json(R"({"network": {"layers": [{"units": )" + std::string(first) + R"(, "activation": "tanh"}, {"units": )" + second + R"(, "activation": "tanh"}, {"activation": "identity"}]}})"));
      CHECK(run.predict(x) == before);
      CHECK(run.progress().step == 40);
      CHECK(run.train({.steps = 40}).step == 80);
      CHECK(run.predict(x) != before);
      const std::vector<std::uint8_t> bytes = run.snapshot();
      CHECK(test::error_of([&] { run.restore(bytes); }) == "nothing");
    }
}

TEST_CASE("a restored run goes on with the same bits, from the middle of an epoch too", "[run]") {
  for (const char* sampling : {"shuffle", "replacement", "sequential"})
    for (const mlp::OperationInfo* optimizer : mlp::optimizer_table())
      for (const std::uint64_t steps : {0u, 1u, 7u, 25u, 40u}) {
        CAPTURE(sampling, optimizer->id, steps);
        const mlp::Value document = json(R"({"data": {"samples": 90}, "training": {"batchSize": 4, "sampling": ")" + std::string(sampling) + R"(", "schedule": {"id": "exponential", "decay": 0.9}, "optimizer": ")" + std::string(optimizer->id) + "\"}}");
        mlp::Run run(document);
        run.train({.steps = steps});
        const std::vector<std::uint8_t> bytes = run.snapshot();
        run.train({.steps = 33});
        mlp::Run other(document);
        other.train({.steps = 3});
        other.restore(bytes);
        CHECK(other.progress().step == steps);
        CHECK(other.snapshot() == bytes);
        other.train({.steps = 33});
        CHECK(other.parameters() == run.parameters());
        CHECK(other.progress().epoch == run.progress().epoch);
        CHECK(other.snapshot() == run.snapshot());
      }
}

TEST_CASE("a snapshot that is damaged, cut short or of another run is refused and leaves the run as it was", "[run]") {
  mlp::Run run(json("{}"));
  run.train({.steps = 7});
  const std::vector<std::uint8_t> before = run.snapshot();
  const auto refused = [&](std::span<const std::uint8_t> bytes) {
    const std::string message = test::error_of([&] { run.restore(bytes); });
    CHECK(run.snapshot() == before);
    return message;
  };
  std::vector<std::uint8_t> bytes = before;
  bytes[bytes.size() / 2] ^= 1u;
  CHECK(refused(bytes).starts_with("bad-file | "));
  CHECK(refused(std::span(before).first(before.size() / 2)).starts_with("bad-file | "));
  CHECK(refused({}).starts_with("bad-file | "));
  mlp::Run adam(json(R"({"training": {"optimizer": "adam"}})"));
  CHECK(refused(adam.snapshot()) == "bad-file | training.optimizer: this snapshot was made with \"adam\"");
  mlp::Run wider(json(R"({"network": {"layers": [{"units": 5}, {"units": 2}, {}]}})"));
  CHECK(refused(wider.snapshot()) == "bad-file | network.layers[0].units: this snapshot has 5 units, the run has 4");
  mlp::Run more(json(R"({"data": {"samples": 2000}})"));
  more.train({.steps = 80});
  CHECK(refused(more.snapshot()).starts_with("bad-file | position: "));
}

TEST_CASE("two ReLU units are the absolute value, exactly", "[run]") {
  mlp::Run run(json(R"({"data": {"id": "table", "columns": 1, "inputs": [0], "targets": [0]}, "network": {"layers": [{"units": 2, "activation": "relu"}, {"activation": "identity"}]}})"));
  run.set_parameters(std::vector<float>{1, -1, 0, 0, 1, 1, 0});
  const std::vector<float> x{-3, -0.125f, 0, 0.7f, 1e6f};
  CHECK(run.predict(x) == std::vector<float>{3, 0.125f, 0, 0.7f, 1e6f});
}

TEST_CASE("three ReLU units are the larger of two numbers, exactly", "[run]") {
  mlp::Run run(json(R"({"network": {"layers": [{"units": 3, "activation": "relu"}, {"activation": "identity"}]}, )" + std::string(two_columns) + "}"));
  // max(x1, x2) = ReLU(x1) - ReLU(-x1) + ReLU(x2 - x1)
  run.set_parameters(std::vector<float>{1, 0, -1, 0, -1, 1, 0, 0, 0, 1, -1, 1, 0});
  const std::vector<float> x{1, 2, 2, 1, -3, -4, -4, -3, 0.5f, -0.25f, 5, 5};
  CHECK(run.predict(x) == std::vector<float>{2, 2, -3, -3, 0.5f, 5});
}

TEST_CASE("ReLU units are the gates and, or and xor, exactly", "[run]") {
  const struct {
    const char* name;
    const char* units;
    std::vector<float> parameters;
    std::vector<float> truth;
  } gates[] = {
      // ReLU(x1 + x2 - 1)
      {"and", "1", {1, 1, -1, 1, 0}, {0, 0, 0, 1}},
      // ReLU(x1) + ReLU(x2 - x1)
      {"or", "2", {1, 0, -1, 1, 0, 0, 1, 1, 0}, {0, 1, 1, 1}},
      // ReLU(x1 - x2) + ReLU(x2 - x1)
      {"xor", "2", {1, -1, -1, 1, 0, 0, 1, 1, 0}, {0, 1, 1, 0}},
  };
  const std::vector<float> corners{0, 0, 0, 1, 1, 0, 1, 1};
  for (const auto& [name, units, parameters, truth] : gates) {
    CAPTURE(name);
    mlp::Run run(json(R"({"network": {"layers": [{"units": )" + std::string(units) + R"(, "activation": "relu"}, {"activation": "identity"}]}, )" + two_columns + "}"));
    run.set_parameters(parameters);
    CHECK(run.predict(corners) == truth);
    CHECK(run.activations(corners, 1).pre_activations == truth);
  }
}

TEST_CASE("pixels from 0 to 255 are what a run on images predicts from, in the scaling it trains with", "[run]") {
  for (const char* scaling : {"raw", "unit", "standardized"}) {
    CAPTURE(scaling);
    mlp::Value document;
    mlp::Value data;
    data.set("id", "idx");
    data.set("images", test::idx({20, 2, 2}, 3, 7));
    data.set("labels", test::idx({20}, 0, 1, 10));
    data.set("scaling", scaling);
    document.set("data", std::move(data));
    mlp::Run run(document);
    run.train({.epochs = 3});
    const mlp::SplitData train = run.data(Split::train);
    const std::vector<float> p = run.predict(train.inputs);
    std::uint32_t right = 0;
    for (std::size_t i = 0; i < train.rows; ++i) {
      const auto row = p.begin() + static_cast<std::ptrdiff_t>(10 * i);
      right += static_cast<std::uint32_t>(std::max_element(row, row + 10) - row) == train.labels[i] ? 1u : 0u;
    }
    CHECK_THAT(run.evaluate(Split::train).accuracy, WithinAbs(right / 20.0, 1e-12));
  }
}

TEST_CASE("the next batch is told before its step, and telling it changes no bit", "[run]") {
  const std::string sampling = GENERATE(as<std::string>{}, "shuffle", "replacement", "sequential");
  const std::string training = R"("training": {"batchSize": 10, "sampling": ")" + sampling + R"(", "schedule": {"id": "exponential", "decay": 0.5}, "optimizer": {"id": "sgd", "learningRate": 0.1}})";
  const std::string network = R"("network": {"layers": [{"units": 3, "activation": "tanh"}, {"activation": "identity"}]})";
  mlp::Run run(json(R"({"data": {"samples": 62, "testFraction": 0.5}, )" + network + ", " + training + "}"));
  mlp::Run unasked(run.experiment());
  const mlp::SplitData data = run.data(Split::train);
  for (int step = 0; step < 9; ++step) {  // 31 rows: three batches of ten and one of a single row
    CAPTURE(step);
    const std::vector<std::uint32_t> rows = run.batch();
    CHECK(run.batch() == rows);
    CHECK(run.snapshot() == unasked.snapshot());
    CHECK(rows.size() == (step % 4 == 3 && sampling != "replacement" ? 1u : 10u));
    CHECK(run.optimizer().step == static_cast<std::uint64_t>(step + 1));
    CHECK(run.optimizer().rate == 0.1 * std::pow(0.5, step / 4));
    if (sampling == "sequential") CHECK(rows.front() == static_cast<std::uint32_t>(step % 4 * 10));

    // A table of these rows alone has the gradient of the step.
    std::string inputs, labels;
    for (const std::uint32_t row : rows) {
      REQUIRE(row < data.rows);
      const char* const comma = labels.empty() ? "" : ",";
      inputs.append(comma).append(std::to_string(data.inputs[2 * row])).append(",").append(std::to_string(data.inputs[2 * row + 1]));
      labels.append(comma).append(std::to_string(data.labels[row]));
    }
    mlp::Run batch(json(R"({"data": {"id": "table", "columns": 2, "classes": 2, "inputs": [)" + inputs + R"(], "labels": [)" + labels + "]}, " + network + R"(, "training": {"loss": "binary-cross-entropy"}})"));
    const std::vector<float> before = run.parameters();
    batch.set_parameters(before);
    const std::vector<float> gradient = batch.gradients(Split::train);
    const auto rate = static_cast<float>(run.optimizer().rate);
    run.train({.steps = 1});
    unasked.train({.steps = 1});
    for (std::size_t i = 0; i < before.size(); ++i) REQUIRE_THAT(run.parameters()[i], WithinAbs(before[i] - rate * gradient[i], 1e-5));
  }
  CHECK(run.parameters() == unasked.parameters());
}

TEST_CASE("what the optimizer remembers is told in the order of the parameters", "[run]") {
  mlp::Run run(json(R"({"network": {"layers": [{"units": 3}, {}]}, "training": {"batchSize": 1000, "optimizer": "adam"}})"));
  const std::size_t count = run.parameters().size();
  CHECK(run.optimizer().values == std::vector<float>(2 * count));
  const std::vector<float> gradient = run.gradients(Split::train);
  run.train({.steps = 1});
  const mlp::OptimizerState state = run.optimizer();
  CHECK(state.step == 2);
  REQUIRE(state.values.size() == 2 * count);
  for (std::size_t i = 0; i < count; ++i) {
    REQUIRE_THAT(state.values[i], WithinAbs(0.1f * gradient[i], 1e-7));
    REQUIRE_THAT(state.values[count + i], WithinAbs(0.001f * gradient[i] * gradient[i], 1e-7));
  }
  run.update(json(R"({"training": {"optimizer": "sgd"}})"));
  CHECK(run.optimizer().step == 1);
  CHECK(run.optimizer().values == std::vector<float>(count));
}

TEST_CASE("an evaluation in parts is that of the parameters it began with, whatever is trained meanwhile", "[run]") {
  mlp::Run run(json(R"({"data": {"id": "xor", "samples": 2000, "noise": 0.3}})"));
  run.train({.steps = 30});
  const mlp::Evaluation whole = run.evaluate(Split::train);
  run.begin_evaluation(Split::train, 60000);
  std::size_t parts = 0;
  std::optional<mlp::EvaluatedRows> result;
  for (; !result; ++parts) {
    result = run.continue_evaluation(Split::train, 0);
    run.train({.steps = 5});
  }
  CHECK(parts == 4);
  CHECK((result->evaluation.loss == whole.loss && result->evaluation.accuracy == whole.accuracy && result->evaluation.confusion == whole.confusion));
  CHECK(result->outcomes.predicted.size() == 1000);
  CHECK(result->outcomes.losses.size() == 1000);
  CHECK(test::error_of([&] { run.continue_evaluation(Split::train, 1); }) == "invalid-argument | split: no evaluation of it has begun, or the run was changed since");

  run.begin_evaluation(Split::test, 100);
  result = run.continue_evaluation(Split::test, 1000);
  CHECK((result && result->outcomes.predicted.size() == 100));

  run.begin_evaluation(Split::test, 100);
  run.update(json(R"({"training": {"loss": "half-mse"}})"));
  CHECK_THROWS_AS(run.continue_evaluation(Split::test, 1), mlp::Error);
}
