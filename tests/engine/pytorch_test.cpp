// The engine beside PyTorch: tests/fixtures/pytorch.json holds what PyTorch computes in double precision, pytorch.py beside it
// writes it. The reference is held to it as closely as double allows, the kernels as closely as float does.
#include <algorithm>
#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <cmath>
#include <string>
#include <vector>

#include "activation_kernels.hpp"
#include "loss_kernels.hpp"
#include "mlp/optimizer.hpp"
#include "mlp/reference.hpp"
#include "mlp/run.hpp"
#include "mlp/schedule.hpp"
#include "support/archs.hpp"
#include "support/files.hpp"
#include "support/networks.hpp"

using Catch::Matchers::WithinAbs;

namespace {

using Table = std::span<const mlp::OperationInfo* const>;

constexpr const char* regenerate =
    "describe it in tests/fixtures/pytorch.py and run: /usr/bin/python3 tests/fixtures/pytorch.py (Debian's package python3-torch)";

const mlp::Value& fixture() {
  static const mlp::Value value = test::read_json("pytorch.json");
  return value;
}

const mlp::Array& entries(std::string_view name) { return *fixture().find(name)->get<mlp::Array>(); }

double number(const mlp::Value& value, std::string_view name) { return *value.find(name)->get<double>(); }

std::string text(const mlp::Value& value, std::string_view name) { return *value.find(name)->get<std::string>(); }

std::vector<double> numbers(const mlp::Value& value, std::string_view name) { return *value.find(name)->get<mlp::Numbers>(); }

std::vector<float> floats(const std::vector<double>& values) {
  std::vector<float> result;
  for (const double v : values) result.push_back(static_cast<float>(v));
  return result;
}

/// The operation {"id": …, "name": number…} of a table.
mlp::Operation operation(Table table, const mlp::Value& value) {
  mlp::Operation result = test::operation(table, text(value, "id"));
  const auto parameters = table[result.index]->parameters;
  for (const auto& [name, given] : *value.get<mlp::Object>()) {
    if (name == "id") continue;
    const auto at =
        std::find_if(parameters.begin(), parameters.end(), [&wanted = name](const mlp::Hyperparameter& p) { return p.name == wanted; });
    REQUIRE(at != parameters.end());
    result.values[static_cast<std::size_t>(at - parameters.begin())] = *given.get<double>();
  }
  return result;
}

/// Every entry of the table has to occur among `described`.
void require_all(Table table, const std::vector<std::string>& described) {
  for (const mlp::OperationInfo* info : table) {
    INFO("PyTorch's numbers for '" << info->id << "' are missing; " << regenerate);
    CHECK(std::count(described.begin(), described.end(), info->id) > 0);
  }
}

std::vector<std::string> operations_of(std::string_view name) {
  std::vector<std::string> ids;
  for (const mlp::Value& entry : entries(name)) ids.push_back(text(*entry.find("operation"), "id"));
  return ids;
}

/// As pytorch.py's function of that name.
double scattered(std::size_t i, double scale) { return (static_cast<double>((i * 7919 + 17) % 2003) - 1001) / 1024 * scale; }

/// Targets as the loss takes them.
std::vector<double> targets_of(const mlp::Value& data, mlp::TargetEncoding encoding) {
  if (!data.find("labels")) return numbers(data, "targets");
  std::vector<double> targets = numbers(data, "labels");
  if (encoding == mlp::TargetEncoding::signs)
    for (double& t : targets) t = 2 * t - 1;
  return targets;
}

}  // namespace

TEST_CASE("PyTorch's numbers are there for every activation, loss and optimizer", "[pytorch]") {
  require_all(mlp::activation_table(), operations_of("activations"));
  require_all(mlp::loss_table(), operations_of("losses"));
  std::vector<std::string> optimizers;
  for (const mlp::Value& entry : entries("trainings"))
    optimizers.push_back(text(*entry.find("document")->find("training")->find("optimizer"), "id"));
  require_all(mlp::optimizer_table(), optimizers);
}

TEMPLATE_LIST_TEST_CASE("values and slopes of every activation are PyTorch's, tails and kinks included", "[pytorch]", test::Archs) {
  const std::vector<double> x = numbers(fixture(), "grid");
  std::vector<float> padded = floats(x);
  padded.resize(mlp::simd::round_up(x.size(), 16), 0.5f);
  for (const mlp::Value& entry : entries("activations")) {
    const mlp::Operation f = operation(mlp::activation_table(), *entry.find("operation"));
    const std::vector<double> value = numbers(entry, "value"), slope = numbers(entry, "slope");
    std::vector<float> y(padded.size()), d(padded.size(), 1.f);
    mlp::activation_kernels<TestType>(f.index).value(padded.data(), y.data(), y.size(), f.values);
    mlp::activation_kernels<TestType>(f.index).multiply_slope(padded.data(), y.data(), d.data(), d.size(), f.values);
    for (std::size_t i = 0; i < x.size(); ++i) {
      CAPTURE(text(*entry.find("operation"), "id"), f.values, x[i]);
      const mlp::ActivationReference reference = mlp::activation_reference(f.index);
      REQUIRE_THAT(reference.value(x[i], f.values), WithinAbs(value[i], 1e-14 * (1 + std::fabs(value[i]))));
      REQUIRE_THAT(reference.slope(x[i], f.values), WithinAbs(slope[i], 1e-14 * (1 + std::fabs(slope[i]))));
      REQUIRE_THAT(static_cast<double>(y[i]), WithinAbs(value[i], 4e-7 * (1 + std::fabs(value[i]))));
      REQUIRE_THAT(static_cast<double>(d[i]), WithinAbs(slope[i], 1e-6 * (1 + std::fabs(slope[i]))));
    }
  }
}

TEMPLATE_LIST_TEST_CASE("values and slopes of every loss are PyTorch's, for logits of a thousand too", "[pytorch]", test::Archs) {
  for (const mlp::Value& entry : entries("losses")) {
    const mlp::Operation loss = operation(mlp::loss_table(), *entry.find("operation"));
    const bool classes = mlp::loss_facts(loss.index).encoding == mlp::TargetEncoding::class_index;
    const auto outputs = static_cast<std::size_t>(number(entry, "outputs"));
    const std::vector<double> y = numbers(entry, "predictions"), t = numbers(entry, "targets"), slope = numbers(entry, "slope");
    const double value = number(entry, "value");
    const std::size_t samples = y.size() / outputs, stride = mlp::simd::round_up(samples, 16);
    const double divisor = mlp::loss_divisor(loss.index, samples, outputs);
    CAPTURE(text(*entry.find("operation"), "id"), loss.values, samples, outputs);

    double sum = 0;
    std::vector<float> predictions(outputs * stride), targets(outputs * stride), found(outputs * stride);
    std::vector<std::uint32_t> labels;
    for (std::size_t s = 0; s < samples; ++s) {
      const std::span<const double> row(y.data() + s * outputs, outputs),
          wanted(t.data() + s * (classes ? 1 : outputs), classes ? 1 : outputs);
      std::vector<double> d(outputs);
      sum += mlp::loss_reference(loss.index)(row, wanted, d, loss.values);
      for (std::size_t o = 0; o < outputs; ++o) {
        REQUIRE_THAT(d[o] / divisor, WithinAbs(slope[s * outputs + o], 1e-13 * (1 + std::fabs(slope[s * outputs + o]))));
        predictions[o * stride + s] = static_cast<float>(row[o]);
        if (!classes) targets[o * stride + s] = static_cast<float>(wanted[o]);
      }
      if (classes) labels.push_back(static_cast<std::uint32_t>(wanted[0]));
    }
    REQUIRE_THAT(sum / divisor, WithinAbs(value, 1e-13 * (1 + value)));

    const double total = mlp::loss_kernel<TestType>(loss.index)(
        {predictions.data(), outputs, samples, stride}, {{targets.data(), outputs, samples, stride}, labels},
        static_cast<float>(1 / divisor), {found.data(), outputs, samples, stride}, loss.values);
    REQUIRE_THAT(total / divisor, WithinAbs(value, 1e-6 * (1 + value)));
    for (std::size_t s = 0; s < samples; ++s)
      for (std::size_t o = 0; o < outputs; ++o) {
        const double expected = slope[s * outputs + o];
        REQUIRE_THAT(static_cast<double>(found[o * stride + s]), WithinAbs(expected, 1e-6 * (1 + std::fabs(expected))));
      }
  }
}

TEST_CASE("training goes PyTorch's way, step by step: every optimizer with its options, both layouts of the memory", "[pytorch]") {
  bool narrow = false, wide = false;
  for (const mlp::Value& entry : entries("trainings")) {
    const std::string name = text(entry, "name");
    CAPTURE(name);
    const mlp::Value& document = *entry.find("document");
    const auto steps = static_cast<std::size_t>(number(entry, "steps")), stride = static_cast<std::size_t>(number(entry, "stride"));
    const std::vector<double> losses = numbers(entry, "losses"), expected = numbers(entry, "parameters");
    mlp::Trainer trainer(mlp::parse_experiment(document));
    (mlp::is_wide(trainer.shape()) ? wide : narrow) = true;

    std::vector<double> parameters;
    for (std::size_t i = 0; i < trainer.parameters().size(); ++i) parameters.push_back(scattered(i, number(entry, "scale")));
    trainer.set_parameters(floats(parameters));

    // The same in double precision, from the reference's gradient and update.
    const mlp::TrainingSpec& training = trainer.experiment().training;
    const mlp::Value& data = *document.find("data");
    const std::vector<double> inputs = numbers(data, "inputs");
    const mlp::ReferenceSamples samples{inputs.size() / static_cast<std::size_t>(number(data, "columns")), inputs,
                                        targets_of(data, mlp::target_encoding(trainer.experiment()))};
    std::vector<std::vector<double>> states(parameters.size(), std::vector<double>(mlp::optimizer_state_rows(training.optimizer.index)));
    std::vector<double> gradient(parameters.size());

    for (std::size_t step = 0; step < steps; ++step) {
      CAPTURE(step);
      REQUIRE_THAT(mlp::reference_loss(trainer.shape(), training.loss, parameters, samples, gradient),
                   WithinAbs(losses[step], 1e-12 * (1 + losses[step])));
      REQUIRE_THAT(trainer.train({.steps = 1}).loss, WithinAbs(losses[step], 2e-5 * (1 + losses[step])));
      double squares = 0;
      for (std::size_t i = 0; i < gradient.size(); ++i) {
        gradient[i] += training.l2 * parameters[i];
        squares += gradient[i] * gradient[i];
      }
      const double factor = training.clip_norm > 0 ? std::min(1.0, training.clip_norm / (std::sqrt(squares) + 1e-6)) : 1;
      for (std::size_t i = 0; i < gradient.size(); ++i)
        parameters[i] =
            mlp::optimizer_reference(training.optimizer.index)(parameters[i], factor * gradient[i], states[i], training.optimizer.values,
                                                               training.optimizer.values[0], static_cast<double>(step + 1));
    }

    const std::vector<float> found = trainer.parameters();
    for (std::size_t i = 0; i < expected.size(); ++i) {
      CAPTURE(i * stride);
      REQUIRE_THAT(parameters[i * stride], WithinAbs(expected[i], 1e-11 * (1 + std::fabs(expected[i]))));
      REQUIRE_THAT(static_cast<double>(found[i * stride]), WithinAbs(expected[i], 1e-4 * (1 + std::fabs(expected[i]))));
    }
  }
  CHECK((narrow && wide));
}
