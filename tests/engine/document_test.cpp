#include "mlp/document.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <limits>
#include <type_traits>

#include "mlp/json.hpp"
#include "support/errors.hpp"
#include "support/images.hpp"
#include "support/networks.hpp"

using mlp::Value;

namespace {

using Lines = std::vector<std::string>;

/// Of a document as a value or as JSON.
template <class Document>
Lines issues(const Document& document) {
  const auto value = [&] {
    if constexpr (std::is_same_v<Document, Value>)
      return document;
    else
      return mlp::parse_json(document);
  };
  Lines lines;
  for (const mlp::Issue& issue : mlp::check_experiment(value()).issues) lines.push_back(issue.path.empty() ? issue.message : issue.path + ": " + issue.message);
  return lines;
}

mlp::Experiment parsed(std::string_view json) { return mlp::parse_experiment(mlp::parse_json(json)); }

/// A document with one value at a dotted path.
Value with(std::initializer_list<std::string_view> path, Value value) {
  const std::vector<std::string_view> keys(path);
  for (std::size_t i = keys.size(); i-- > 0;) {
    Value object;
    object.set(keys[i], std::move(value));
    value = std::move(object);
  }
  return value;
}

Value idx_document(const mlp::Bytes& images, const mlp::Bytes& labels) {
  Value document;
  Value data;
  data.set("id", "idx");
  data.set("images", images);
  data.set("labels", labels);
  document.set("data", std::move(data));
  return document;
}

std::string_view id_of(const mlp::Operation& operation, std::span<const mlp::OperationInfo* const> table) { return table[operation.index]->id; }

const char* const activation_ids = "identity, step, sigmoid, hard-sigmoid, tanh, hardtanh, relu, leaky-relu, prelu, elu, selu, gelu, silu, softplus, softsign, sine";

}  // namespace

TEST_CASE("an empty document is the default experiment, as the design shows it", "[document]") {
  const mlp::Experiment experiment = parsed("{}");
  CHECK(id_of(experiment.data.dataset, mlp::dataset_table()) == "circle");
  CHECK(experiment.data.samples == 500);
  CHECK(experiment.data.noise == 0);
  CHECK(experiment.data.test_fraction == 0.5);
  CHECK(experiment.data.features == std::vector<mlp::FeatureChoice>{{false, 0}, {false, 1}});
  CHECK(experiment.data.seed == 1);
  REQUIRE(experiment.network.layers.size() == 3);
  CHECK(experiment.network.layers[0].units == 4);
  CHECK(experiment.network.layers[1].units == 2);
  CHECK(experiment.network.layers[2].units == 1);
  CHECK(id_of(experiment.network.layers[0].activation, mlp::activation_table()) == "tanh");
  CHECK(id_of(experiment.network.layers[2].activation, mlp::activation_table()) == "identity");
  CHECK(id_of(experiment.network.initializer, mlp::initializer_table()) == "xavier-uniform");
  CHECK(id_of(experiment.training.loss, mlp::loss_table()) == "binary-cross-entropy");
  CHECK(id_of(experiment.training.optimizer, mlp::optimizer_table()) == "sgd");
  CHECK(experiment.training.optimizer.values[0] == 0.03);
  CHECK(experiment.training.batch_size == 10);
  CHECK(experiment.training.sampling == mlp::Sampling::shuffle);
  CHECK(id_of(experiment.training.schedule, mlp::schedule_table()) == "constant");
  CHECK((experiment.training.l1 == 0 && experiment.training.l2 == 0 && experiment.training.clip_norm == 0));
}

TEST_CASE("null stands for nothing: it is neither an absent member nor a value", "[document]") {
  CHECK(issues("null") == Lines{"expected an object, got null"});
  CHECK(issues(R"({"data": null, "network": {"skip": null}, "training": {"l1": null}})") ==
        Lines{"data: expected an object, got null", "network.skip: expected true or false, got null", "training.l1: expected 0 to 100, got null"});
}

TEST_CASE("bounds that cross each other are an issue that names both", "[document]") {
  const auto hardtanh = [](const std::string& bounds) { return issues(R"({"network": {"layers": [{"units": 2, "activation": {"id": "hardtanh", )" + bounds + "}}, {}]}}"); };
  CHECK(hardtanh(R"("min": 2)") == Lines{"network.layers[0].activation: expected min of at most max, got min 2 and max 1"});
  CHECK(hardtanh(R"("min": 0.5, "max": -0.5)") == Lines{"network.layers[0].activation: expected min of at most max, got min 0.5 and max -0.5"});
  CHECK(hardtanh(R"("min": 2, "max": 3)").empty());
  CHECK(hardtanh(R"("min": 1)").empty());
  std::vector<mlp::Issue> found;
  const mlp::Operation operation = mlp::read_operation(mlp::parse_json(R"({"id": "hardtanh", "min": 5})"), "op", mlp::activation_table(), found);
  REQUIRE(found.size() == 1);
  CHECK(found[0].path == "op");
  CHECK(operation.values[0] == -1);
}

TEST_CASE("what is wrong is named by its path, what was expected and what was found", "[document]") {
  const std::string activations = activation_ids;
  const struct {
    const char* document;
    std::string issue;
  } cases[] = {
      {"[]", "expected an object, got an array"},
      {"3", "expected an object, got 3"},
      {R"({"version": 2})", "version: expected 1, got 2; this document is from another version"},
      {R"({"version": "1"})", "version: expected 1, got \"1\"; this document is from another version"},
      {R"({"dta": {}})", "dta: unknown; expected version, data, network, training"},
      {R"({"data": 5})", "data: expected an object, got 5"},
      {R"({"data": {"samples": 0}})", "data.samples: expected 1 to 60000, got 0"},
      {R"({"data": {"samples": 60001}})", "data.samples: expected 1 to 60000, got 60001"},
      {R"({"data": {"samples": 2.5}})", "data.samples: expected a whole number, got 2.5"},
      {R"({"data": {"samples": "many"}})", "data.samples: expected 1 to 60000, got \"many\""},
      {R"({"data": {"noise": 1.01}})", "data.noise: expected 0 to 1, got 1.01"},
      {R"({"data": {"noise": true}})", "data.noise: expected 0 to 1, got true"},
      {R"({"data": {"testFraction": 0.99}})", "data.testFraction: expected 0 to 0.95, got 0.99"},
      {R"({"data": {"seed": -1}})", "data.seed: expected 0 to 4294967295, got -1"},
      {R"({"data": {"seed": 4294967296}})", "data.seed: expected 0 to 4294967295, got 4294967296"},
      {R"({"data": {"classes": 3}})", "data.classes: unknown; expected id, samples, noise, labelNoise, testFraction, seed, features"},
      {R"({"data": {"id": "blobs", "classes": 11}})", "data.classes: expected 2 to 10, got 11"},
      {R"({"data": {"id": "blobs", "classes": 2.5}})", "data.classes: expected a whole number, got 2.5"},
      {R"({"data": {"features": ["x1", "x1"]}})", "data.features[1]: \"x1\" is listed twice"},
      {R"({"data": {"features": "x1"}})", "data.features: expected a list of at least one of x1, x2, x1-squared, x2-squared, x1-x2, sin-x1, sin-x2, cos-x1, cos-x2, got \"x1\""},
      {R"({"data": {"features": []}})", "data.features: expected a list of at least one of x1, x2, x1-squared, x2-squared, x1-x2, sin-x1, sin-x2, cos-x1, cos-x2, got an array"},
      {R"({"data": {"features": ["x3"]}})", "data.features[0]: expected one of x1, x2, x1-squared, x2-squared, x1-x2, sin-x1, sin-x2, cos-x1, cos-x2, got \"x3\""},
      {R"({"network": {"layers": []}})", "network.layers: expected a list of 1 to 9 layers, the output layer last, got 0"},
      {R"({"network": {"layers": [{},{},{},{},{},{},{},{},{},{}]}})", "network.layers: expected a list of 1 to 9 layers, the output layer last, got 10"},
      {R"({"network": {"layers": "deep"}})", "network.layers: expected a list of 1 to 9 layers, the output layer last, got \"deep\""},
      {R"({"network": {"layers": [{"units": 4}, {"units": 0}, {}]}})", "network.layers[1].units: expected 1 to 512, got 0"},
      {R"({"network": {"layers": [{"units": 513}, {}]}})", "network.layers[0].units: expected 1 to 512, got 513"},
      {R"({"network": {"layers": [{"units": 1e300}, {}]}})", "network.layers[0].units: expected 1 to 512, got 1e300"},
      {R"({"network": {"layers": [{"activation": "relu"}, {}]}})", "network.layers[0].units: expected 1 to 512; only the output layer's may be left out"},
      {R"({"network": {"layers": [{"units": 2}, "out"]}})", "network.layers[1]: expected an object such as {\"units\": 4, \"activation\": \"tanh\"}, got \"out\""},
      {R"({"network": {"layers": [{"units": 2, "activation": "rely"}, {}]}})", "network.layers[0].activation: expected one of " + activations + ", got \"rely\""},
      {R"({"network": {"layers": [{"units": 2, "activation": {"id": "rely"}}, {}]}})", "network.layers[0].activation.id: expected one of " + activations + ", got \"rely\""},
      {R"({"network": {"layers": [{"units": 2, "activation": 7}, {}]}})", "network.layers[0].activation: expected one of " + activations + ", or an object with such an id, got 7"},
      {R"({"network": {"layers": [{"units": 2, "activation": {"slope": 1}}, {}]}})", "network.layers[0].activation: expected one of " + activations + ", or an object with such an id, got an object"},
      {R"({"network": {"layers": [{"units": 2, "activation": {"id": "leaky-relu", "slope": 2}}, {}]}})", "network.layers[0].activation.slope: expected 0 to 1, got 2"},
      {R"({"network": {"layers": [{"units": 2, "activation": {"id": "leaky-relu", "alpha": 1}}, {}]}})", "network.layers[0].activation.alpha: unknown; expected id, slope"},
      {R"({"network": {"layers": [{"units": 2, "activation": {"id": "relu", "slope": 1}}, {}]}})", "network.layers[0].activation.slope: unknown; expected id"},
      {R"({"network": {"layers": [{"units": 3}]}})", "network.layers[0].units: expected 1, which data and loss ask for, got 3"},
      {R"({"data": {"id": "blobs", "classes": 4}, "network": {"layers": [{"units": 3}]}})", "network.layers[0].units: expected 4, which data and loss ask for, got 3"},
      {R"({"training": {"loss": "cross-entropy"}, "network": {"layers": [{"units": 1}]}})", "network.layers[0].units: expected 2, which data and loss ask for, got 1"},
      {R"({"training": {"batchSize": 0}})", "training.batchSize: expected 1 to 60000, got 0"},
      {R"({"training": {"sampling": "random"}})", "training.sampling: expected one of shuffle, replacement, sequential, got \"random\""},
      {R"({"training": {"l1": -0.1}})", "training.l1: expected 0 to 100, got -0.1"},
      {R"({"training": {"clipNorm": 1e7}})", "training.clipNorm: expected 0 to 1000000, got 10000000"},
      {R"({"training": {"optimizer": {"id": "sgd", "nesterov": 1}}})", "training.optimizer.nesterov: expected true or false, got 1"},
      {R"({"training": {"optimizer": {"id": "sgd", "learningRate": 0}}})", "training.optimizer.learningRate: expected 1e-7 to 100, got 0"},
      {R"({"training": {"optimizer": {"id": "sgd", "learningrate": 1}}})", "training.optimizer.learningrate: unknown; expected id, learningRate, momentum, nesterov"},
      {R"({"training": {"schedule": {"id": "step", "every": 1.5}}})", "training.schedule.every: expected a whole number, got 1.5"},
      {R"({"data": {"id": "plane"}, "training": {"loss": "hinge"}})", "training.loss: \"hinge\" is for classes, but the data's targets are numbers"},
  };
  for (const auto& [document, issue] : cases) {
    CAPTURE(document);
    CHECK(issues(document) == Lines{issue});
  }
}

TEST_CASE("an unknown data set is answered with the list of known ones", "[document]") {
  std::string ids;
  for (const mlp::OperationInfo* info : mlp::dataset_table()) ids += std::string(info->id) + ", ";
  CHECK(issues(R"({"data": {"id": "circel"}})") == Lines{"data.id: expected one of " + ids + "table, idx, mnist, got \"circel\""});
}

TEST_CASE("everything that is wrong is reported at once, and the first is what parsing throws", "[document]") {
  const char* document = R"({"data": {"samples": 0, "noise": 7}, "network": {"layers": [{"units": 0}, {"activation": "x"}], "seed": 0.5}, "training": {"l2": 1000, "lost": 1}})";
  const Lines found = issues(document);
  REQUIRE(found.size() == 7);
  for (const char* path : {"data.samples", "data.noise", "network.layers[0].units", "network.layers[1].activation", "network.seed", "training.l2", "training.lost"})
    CHECK(std::any_of(found.begin(), found.end(), [&](const std::string& line) { return line.starts_with(std::string(path) + ":"); }));
  CHECK(test::error_of([&] { parsed(document); }) == "invalid-document | " + found.front());
}

TEST_CASE("what is wrong falls back to its default, so that a checked experiment is always complete", "[document]") {
  const mlp::CheckedExperiment checked = mlp::check_experiment(mlp::parse_json(R"({"data": {"samples": -4, "noise": 0.25}, "training": {"loss": "nonsense"}})"));
  CHECK(checked.issues.size() == 2);
  CHECK(checked.experiment.data.samples == 500);
  CHECK(checked.experiment.data.noise == 0.25);
  CHECK(id_of(checked.experiment.training.loss, mlp::loss_table()) == "binary-cross-entropy");
}

TEST_CASE("every hyperparameter of every table is read, and refused just outside its range", "[document]") {
  const struct {
    std::span<const mlp::OperationInfo* const> table;
    std::vector<std::string_view> path;
  } places[] = {{mlp::loss_table(), {"training", "loss"}}, {mlp::optimizer_table(), {"training", "optimizer"}}, {mlp::schedule_table(), {"training", "schedule"}}, {mlp::initializer_table(), {"network", "initializer"}}};
  for (const auto& [table, path] : places)
    for (const mlp::OperationInfo* info : table) {
      CAPTURE(info->id);
      CHECK(issues(with({path[0], path[1]}, Value(info->id))).empty());
      for (const mlp::Hyperparameter& p : info->parameters) {
        CAPTURE(p.name);
        REQUIRE((p.minimum <= p.fallback && p.fallback <= p.maximum));
        const auto with_value = [&](Value value) {
          Value operation;
          operation.set("id", info->id);
          // Of parameters that have an order, the others are out of the way.
          for (const mlp::Hyperparameter& other : info->parameters)
            if (info->ordered) operation.set(other.name, &other < &p ? other.minimum : other.maximum);
          operation.set(p.name, std::move(value));
          return issues(with({path[0], path[1]}, std::move(operation)));
        };
        if (p.scale == mlp::Scale::toggle) {
          CHECK((with_value(true).empty() && with_value(false).empty() && with_value(0.0).size() == 1));
        } else {
          CHECK((with_value(p.minimum).empty() && with_value(p.maximum).empty() && with_value(p.fallback).empty()));
          CHECK(with_value(p.maximum * 2 + 1).size() == 1);
          CHECK(with_value(p.minimum - 1).size() == 1);
          CHECK(with_value(std::numeric_limits<double>::quiet_NaN()).size() == 1);
          CHECK(with_value("1").size() == 1);
        }
      }
    }
}

TEST_CASE("a document written out and read again is the same document", "[document]") {
  std::vector<std::string> documents{
      "{}",
      R"({"data": {"id": "mnist", "samples": 100, "scaling": {"id": "standardized", "mean": 0.1307, "std": 0.3081}}})",
      R"({"data": {"id": "mnist", "scaling": "raw"}})",
      R"({"data": {"id": "gauss-bumps", "noise": 0.1, "features": ["x2", "sin-x1", "x1-squared"]}, "training": {"loss": {"id": "huber", "delta": 0.5}, "sampling": "replacement", "l1": 0.001, "clipNorm": 1}})",
      R"({"network": {"layers": [{"units": 3, "activation": {"id": "leaky-relu", "slope": 0.2}}, {"activation": "sigmoid"}], "seed": 4294967295}, "training": {"optimizer": {"id": "sgd", "nesterov": true, "momentum": 0.9}}})",
  };
  for (const mlp::OperationInfo* info : mlp::dataset_table()) documents.push_back(R"({"data": {"id": ")" + std::string(info->id) + "\"}}");
  for (const mlp::OperationInfo* info : mlp::optimizer_table()) documents.push_back(R"({"training": {"optimizer": ")" + std::string(info->id) + "\"}}");
  for (const std::string& document : documents) {
    CAPTURE(document);
    const Value written = mlp::to_value(parsed(document));
    CHECK(issues(written).empty());
    CHECK(mlp::to_json(mlp::to_value(mlp::parse_experiment(written))) == mlp::to_json(written));
    CHECK(mlp::to_json(mlp::to_value(mlp::parse_experiment(mlp::parse_json(mlp::to_json(written))))) == mlp::to_json(written));
  }
}

TEST_CASE("outputs and targets follow from data, loss and output activation", "[document]") {
  const struct {
    const char* document;
    std::size_t outputs;
    mlp::TargetEncoding encoding;
  } cases[] = {
      {R"({"training": {"loss": "binary-cross-entropy"}})", 1, mlp::TargetEncoding::bits},
      {R"({"training": {"loss": "cross-entropy"}})", 2, mlp::TargetEncoding::class_index},
      {R"({"training": {"loss": "hinge"}})", 1, mlp::TargetEncoding::signs},
      {R"({"training": {"loss": "mse"}})", 1, mlp::TargetEncoding::signs},
      {R"({"training": {"loss": "mse"}, "network": {"layers": [{"activation": "tanh"}]}})", 1, mlp::TargetEncoding::signs},
      {R"({"training": {"loss": "mae"}, "network": {"layers": [{"activation": "sigmoid"}]}})", 1, mlp::TargetEncoding::bits},
      {R"({"training": {"loss": "huber"}, "network": {"layers": [{"activation": "hard-sigmoid"}]}})", 1, mlp::TargetEncoding::bits},
      {R"({"data": {"id": "blobs", "classes": 4}, "training": {"loss": "hinge"}})", 4, mlp::TargetEncoding::signs},
      {R"({"data": {"id": "blobs", "classes": 4}, "training": {"loss": "cross-entropy"}})", 4, mlp::TargetEncoding::class_index},
      {R"({"data": {"id": "blobs", "classes": 2}})", 1, mlp::TargetEncoding::bits},
      {R"({"data": {"id": "plane"}})", 1, mlp::TargetEncoding::signs},
  };
  for (const auto& [document, outputs, encoding] : cases) {
    CAPTURE(document);
    const mlp::Experiment experiment = parsed(document);
    CHECK(experiment.network.layers.back().units == outputs);
    CHECK(mlp::output_units(experiment) == outputs);
    CHECK(mlp::target_encoding(experiment) == encoding);
  }
}

TEST_CASE("own data is taken as rows of columns with labels or targets", "[document]") {
  const mlp::Experiment classes = parsed(R"({"data": {"id": "table", "columns": 3, "inputs": [1,2,3,4,5,6], "labels": [2, 0]}})");
  CHECK(classes.data.samples == 2);
  CHECK(classes.data.classes == 3);
  CHECK(classes.data.inputs == std::vector<float>{1, 2, 3, 4, 5, 6});
  CHECK(classes.data.labels == std::vector<std::uint32_t>{2, 0});
  CHECK(classes.data.test_fraction == 0);
  CHECK(classes.data.features.size() == 3);
  CHECK(id_of(classes.training.loss, mlp::loss_table()) == "cross-entropy");
  const mlp::Experiment numbers = parsed(R"({"data": {"id": "table", "columns": 1, "inputs": [1,2], "targets": [1,2,3,4], "outputs": 2}})");
  CHECK(numbers.data.classes == 0);
  CHECK(numbers.data.targets == 2);
  CHECK(numbers.network.layers.back().units == 2);
  CHECK(id_of(numbers.training.loss, mlp::loss_table()) == "mse");
  const mlp::Experiment chosen = parsed(R"({"data": {"id": "table", "columns": 12, "inputs": [1,2,3,4,5,6,7,8,9,10,11,12], "labels": [1], "features": ["x12", "x1"]}})");
  CHECK(chosen.data.features == std::vector<mlp::FeatureChoice>{{false, 11}, {false, 0}});
}

TEST_CASE("mistakes in own data are named by their place", "[document]") {
  const struct {
    const char* data;
    const char* issue;
  } cases[] = {
      {R"("inputs": [1, 2], "labels": [0, 1])", "data.columns: expected the number of input columns"},
      {R"("columns": 2, "labels": [0, 1])", "data.inputs: expected rows x columns numbers, row by row"},
      {R"("columns": 2, "inputs": [], "labels": [0, 1])", "data.inputs: expected rows x columns numbers, row by row"},
      {R"("columns": 2, "inputs": [1, 2, 3], "labels": [0, 1])", "data.inputs: expected a multiple of 2 numbers (columns), got 3"},
      {R"("columns": 2, "inputs": [1, 2], "labels": [0, 1])", "data.labels: expected 1 numbers for 1 rows, got 2"},
      {R"("columns": 2, "inputs": [1, 2], "targets": [0, 1])", "data.targets: expected 1 numbers for 1 rows, got 2"},
      {R"("columns": 1, "inputs": [1, 2], "targets": [0, 1, 2], "outputs": 2)", "data.targets: expected 4 numbers for 2 rows, got 3"},
      {R"("columns": 1, "inputs": [1, 2])", "data.targets: expected either targets (regression) or labels (classification), got neither"},
      {R"("columns": 1, "inputs": [1, 2], "labels": [0, 100])", "data.labels[1]: expected a whole number from 0 to 99, got 100"},
      {R"("columns": 1, "inputs": [1, 2], "labels": [0, 0.5])", "data.labels[1]: expected a whole number from 0 to 99, got 0.5"},
      {R"("columns": 1, "inputs": [1, 2], "labels": [0, -1])", "data.labels[1]: expected a whole number from 0 to 99, got -1"},
      {R"("columns": 1, "inputs": [1, 2], "labels": [0, 3], "classes": 3)", "data.labels: expected labels below 3 (classes), got 3"},
      {R"("columns": 1, "inputs": [1, 2], "labels": "01")", "data.labels: expected an array of numbers, got \"01\""},
      {R"("columns": 1, "inputs": [1, 2], "labels": [0, "1"])", "data.labels: expected an array of numbers, got an array"},
      {R"("columns": 1, "inputs": [1, 2], "labels": [0, 1], "features": ["x2"])", "data.features[0]: expected one of x1, x1-squared, sin-x1, cos-x1, got \"x2\""},
      {R"("columns": 3, "inputs": [1, 2, 3], "labels": [1], "features": ["x1-squared"])", "data.features[0]: expected one of x1 to x3, got \"x1-squared\""},
      {R"("columns": 1, "inputs": [1, 2], "labels": [0, 1], "noise": 0.5)", "data.noise: unknown; expected id, columns, inputs, labels, targets, classes, testFraction, seed, features"},
  };
  for (const auto& [data, issue] : cases) {
    CAPTURE(data);
    CHECK(issues(R"({"data": {"id": "table", )" + std::string(data) + "}}") == Lines{issue});
  }
}

TEST_CASE("numbers that are not finite, as floats too, never get in", "[document]") {
  for (const double bad : {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity(), 1e39, -1e300}) {
    CAPTURE(bad);
    Value data;
    data.set("id", "table");
    data.set("columns", 1.0);
    data.set("inputs", mlp::Numbers{1, bad});
    data.set("targets", mlp::Numbers{bad, 1});
    Value document;
    document.set("data", std::move(data));
    CHECK(issues(document) == Lines{"data.inputs[1]: expected a finite number, got " + mlp::to_text(bad), "data.inputs: expected rows x columns numbers, row by row",
                                    "data.targets[0]: expected a finite number, got " + mlp::to_text(bad)});
  }
  for (const char* key : {"l1", "l2", "clipNorm", "batchSize", "seed"})
    for (const double bad : {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity(), -1e308}) {
      CAPTURE(key, bad);
      CHECK(issues(with({"training", key}, Value(bad))).size() == 1);
    }
}

TEST_CASE("images and labels are checked against each other", "[document]") {
  const mlp::Bytes images = test::idx({3, 2, 2}, 1);
  const mlp::Bytes labels = test::idx({3}, 4);
  const mlp::Experiment experiment = mlp::parse_experiment(idx_document(images, labels));
  CHECK(experiment.data.samples == 3);
  CHECK(experiment.data.columns == 4);
  CHECK(experiment.data.classes == 10);
  CHECK(experiment.network.layers.back().units == 10);
  CHECK(experiment.inputs() == 4);

  CHECK(issues(idx_document(images, test::idx({2}, 4))) == Lines{"data.labels: expected 3 labels, one per image, got 2"});
  CHECK(issues(idx_document(images, test::idx({3}, 200))) == Lines{"data.labels: expected labels below 100, got 202"});
  CHECK(issues(idx_document(test::idx({30}, 0), images)) == Lines{"data.images: expected 3 dimensions, got 1"});
  CHECK(test::error_of([&] { mlp::parse_experiment(idx_document(test::idx({30}, 0), images)); }) == "bad-file | data.images: expected 3 dimensions, got 1");
  CHECK(test::error_of([&] { mlp::parse_experiment(idx_document(images, test::idx({2}, 4))); }).starts_with("invalid-document | data.labels: "));
  CHECK(issues(idx_document(test::idx({1, 65, 64}, 0), test::idx({1}, 0))) == Lines{"data.images: expected images of 4096 pixels at most, got 4160"});
  CHECK(issues(idx_document(images, {})) == Lines{"data.labels: expected the bytes of an IDX file"});

  Value document = idx_document(images, labels);
  document.get<mlp::Object>()->front().second.set("testImages", test::idx({2, 2, 3}, 1));
  CHECK(issues(document) == Lines{"data.testLabels: expected test images and test labels together"});
  document.get<mlp::Object>()->front().second.set("testLabels", test::idx({2}, 1));
  CHECK(issues(document) == Lines{"data.testImages: expected images of 4 pixels, got 6"});
  document.get<mlp::Object>()->front().second.set("testImages", test::idx({2, 2, 2}, 1));
  CHECK(issues(document).empty());
  document.get<mlp::Object>()->front().second.set("samples", 4.0);
  CHECK(issues(document) == Lines{"data.samples: expected 1 to 3, got 4"});
}

TEST_CASE("scaling is one of three, standardized with both constants or neither", "[document]") {
  const auto scaling = [](const char* text) { return issues(R"({"data": {"id": "mnist", "scaling": )" + std::string(text) + "}}"); };
  for (const char* good : {"\"raw\"", "\"unit\"", "\"standardized\"", R"({"id": "standardized"})", R"({"id": "standardized", "mean": 0.13, "std": 0.3})"}) {
    CAPTURE(good);
    CHECK(scaling(good).empty());
  }
  CHECK(scaling("\"half\"") == Lines{"data.scaling: expected one of raw, unit, standardized, got \"half\""});
  CHECK(scaling("7") == Lines{"data.scaling: expected one of raw, unit, standardized, got 7"});
  CHECK(scaling(R"({"id": "standardized", "mean": 0.13})") == Lines{"data.scaling: expected mean and std together"});
  CHECK(scaling(R"({"id": "standardized", "mean": 0.13, "std": 0})") == Lines{"data.scaling.std: expected 1e-6 to 1000, got 0"});
  CHECK(scaling(R"({"id": "raw", "mean": 0.13})") == Lines{"data.scaling.mean: unknown; expected id"});
}

TEST_CASE("hostile documents get an answer in bounded time and words", "[document]") {
  Value deep = "leaf";
  for (int i = 0; i < 1000; ++i) deep = Value(mlp::Array{std::move(deep)});
  CHECK(issues(with({"network", "layers"}, deep)).size() == 1);
  CHECK(issues(with({"data"}, deep)).size() == 1);

  mlp::Array many(100000, Value("x1"));
  CHECK(issues(with({"network", "layers"}, Value(many))).size() == 1);
  CHECK(issues(with({"data", "features"}, Value(std::move(many)))).size() <= 100);

  const std::string longest(1000000, 'a');
  for (const Value& document : {with({"data", "id"}, Value(longest)), with({"training", "loss"}, Value(longest)), with({"training", "sampling"}, Value(longest)), with({longest}, Value(1.0)),
                                with({"training", "optimizer", "id"}, Value(longest))}) {
    const Lines found = issues(document);
    REQUIRE(found.size() == 1);
    CHECK(found.front().size() < 1000);
  }

  mlp::Object crowd;
  for (int i = 0; i < 20000; ++i) crowd.emplace_back("key" + std::to_string(i), 1.0);
  CHECK(issues(Value(std::move(crowd))).size() <= 100);
}

TEST_CASE("settings are read for data that is there, whose part of the document is not looked at", "[document]") {
  const mlp::Experiment experiment = parsed(R"({"data": {"id": "blobs", "classes": 5}})");
  const mlp::Experiment settings = mlp::parse_settings(mlp::parse_json(R"({"data": {"type": "anything"}, "training": {"batchSize": 3}})"), experiment.data);
  CHECK(settings.network.layers.back().units == 5);
  CHECK(settings.training.batch_size == 3);
  CHECK(test::error_of([&] { mlp::parse_settings(mlp::parse_json(R"({"training": {"batchSize": 0}})"), experiment.data); }) == "invalid-document | training.batchSize: expected 1 to 60000, got 0");
}

TEST_CASE("a single operation is read as a name or as an object", "[document]") {
  std::vector<mlp::Issue> found;
  CHECK(mlp::read_operation("relu", "op", mlp::activation_table(), found) == test::operation(mlp::activation_table(), "relu"));
  const mlp::Operation leaky = mlp::read_operation(mlp::parse_json(R"({"id": "leaky-relu", "slope": 0.25})"), "op", mlp::activation_table(), found);
  CHECK(leaky.values[0] == 0.25);
  CHECK(found.empty());
  mlp::read_operation(mlp::parse_json(R"({"id": "leaky-relu", "slope": 3})"), "op", mlp::activation_table(), found);
  REQUIRE(found.size() == 1);
  CHECK(found[0] == mlp::Issue{"op.slope", "expected 0 to 1, got 3"});
}
