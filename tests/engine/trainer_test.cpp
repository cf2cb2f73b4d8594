#include "mlp/trainer.hpp"

#include <algorithm>
#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <cmath>
#include <cstdlib>
#include <new>
#include <numeric>

#include "mlp/json.hpp"
#include "mlp/reference.hpp"
#include "mlp/run.hpp"
#include "support/errors.hpp"
#include "support/files.hpp"
#include "support/networks.hpp"

using Catch::Matchers::WithinAbs;

namespace {

std::atomic<std::uint64_t> allocations{0};
std::atomic<std::int64_t> live{0};

mlp::Experiment experiment(std::string_view json) { return mlp::parse_experiment(mlp::parse_json(json)); }

/// Training as a text book writes it: double precision, one batch after the other, nothing shared with Trainer but the
/// definitions of loss, optimizer and schedule.
class NaiveTrainer {
 public:
  explicit NaiveTrainer(mlp::Trainer& trainer)
      : trainer_(trainer), training_(trainer.experiment().training), shape_(trainer.shape()), parameters_(test::exact(trainer.parameters())),
        states_(parameters_.size(), std::vector<double>(mlp::optimizer_state_rows(training_.optimizer.index))), random_(training_.seed, mlp::Random::Purpose::sampling), dropout_(training_.seed, mlp::Random::Purpose::dropout) {}

  void train(std::size_t steps) {
    for (std::size_t i = 0; i < steps; ++i) step();
  }

  const std::vector<double>& parameters() const { return parameters_; }
  double mean_loss() const { return loss_sum_ / static_cast<double>(steps_); }

  mlp::ReferenceSamples gather(std::span<const std::uint32_t> rows) {
    const mlp::Samples& samples = trainer_.samples();
    const mlp::TargetEncoding encoding = mlp::target_encoding(trainer_.experiment());
    const std::size_t outputs = shape_.back().units;
    mlp::ReferenceSamples result;
    result.rows = rows.size();
    for (const std::uint32_t row : rows) {
      for (std::size_t c = 0; c < samples.inputs().columns; ++c) result.inputs.push_back(static_cast<double>(samples.inputs().floats[row * samples.inputs().columns + c]));
      mlp::Matrix values(outputs, 1);
      std::vector<std::uint32_t> label(1);
      samples.gather_targets(encoding, std::span(&row, 1), values.view(), label);
      if (encoding == mlp::TargetEncoding::class_index)
        result.targets.push_back(label[0]);
      else
        for (std::size_t o = 0; o < outputs; ++o) result.targets.push_back(static_cast<double>(values(o, 0)));
    }
    return result;
  }

 private:
  void step() {
    const std::vector<std::uint32_t> train(trainer_.samples().train().begin(), trainer_.samples().train().end());
    if (position_ == 0) {
      order_ = train;
      if (training_.sampling == mlp::Sampling::shuffle) random_.shuffle(std::span(order_));
    }
    const std::size_t size = std::min(training_.batch_size, train.size());
    std::vector<std::uint32_t> batch;
    if (training_.sampling == mlp::Sampling::replacement)
      for (std::size_t i = 0; i < size; ++i) batch.push_back(train[random_.below(static_cast<std::uint32_t>(train.size()))]);
    else
      for (std::size_t i = position_; i < std::min(position_ + size, train.size()); ++i) batch.push_back(order_[i]);
    const double epochs = epoch_ + static_cast<double>(position_) / static_cast<double>(train.size());

    std::vector<double> gradient(parameters_.size());
    mlp::ReferenceSamples samples = gather(batch);
    samples.dropout.resize(shape_.size());
    mlp::draw_dropout(shape_, batch.size(), dropout_, [&](std::size_t, std::size_t l, std::size_t, bool kept) { samples.dropout[l].push_back(kept ? 1 / (1 - shape_[l].dropout) : 0); });
    loss_sum_ += mlp::reference_loss(shape_, training_.loss, parameters_, samples, gradient);
    double norm = 0;
    for (std::size_t i = 0; i < gradient.size(); ++i) {
      const double w = parameters_[i];
      gradient[i] += training_.l1 * (w > 0 ? 1 : w < 0 ? -1 : 0) + training_.l2 * w;
      norm += gradient[i] * gradient[i];
    }
    norm = std::sqrt(norm);
    if (training_.clip_norm > 0 && norm > training_.clip_norm)
      for (double& g : gradient) g *= training_.clip_norm / (norm + 1e-6);
    const double rate = training_.optimizer.values[0] * mlp::schedule_factor(training_.schedule, epochs);
    ++steps_;
    for (std::size_t i = 0; i < gradient.size(); ++i)
      parameters_[i] = mlp::optimizer_reference(training_.optimizer.index)(parameters_[i], gradient[i], states_[i], training_.optimizer.values, rate, static_cast<double>(steps_));
    position_ += size;
    if (position_ >= train.size()) {
      position_ = 0;
      ++epoch_;
    }
  }

  mlp::Trainer& trainer_;
  mlp::TrainingSpec training_;
  std::vector<mlp::LayerShape> shape_;
  std::vector<double> parameters_;
  std::vector<std::vector<double>> states_;
  mlp::Random random_, dropout_;
  std::vector<std::uint32_t> order_;
  std::size_t position_ = 0;
  double epoch_ = 0;
  std::size_t steps_ = 0;
  double loss_sum_ = 0;
};

/// Trains both ways and compares parameters and mean loss.
void agrees(std::string_view json, std::size_t steps, double tolerance = 2e-5) {
  CAPTURE(json, steps);
  mlp::Trainer trainer(experiment(json));
  NaiveTrainer naive(trainer);
  const mlp::Progress progress = trainer.train({.steps = steps});
  naive.train(steps);
  REQUIRE(progress.step == steps);
  CHECK_THAT(progress.loss, WithinAbs(naive.mean_loss(), tolerance * (1 + naive.mean_loss())));
  const std::vector<float> parameters = trainer.parameters();
  REQUIRE(parameters.size() == naive.parameters().size());
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    CAPTURE(i);
    REQUIRE_THAT(static_cast<double>(parameters[i]), WithinAbs(naive.parameters()[i], tolerance * (1 + std::fabs(naive.parameters()[i]))));
  }
}

/// y = 2 x, four rows, one weight and one bias that start at 0.
std::string line(const std::string& training) {
  return R"({"data": {"id": "table", "columns": 1, "inputs": [0, 1, 2, 3], "targets": [0, 2, 4, 6]}, "network": {"layers": [{"activation": "identity"}], "initializer": "zeros"},
             "training": {"loss": "mse", "sampling": "sequential", )" + training + "}}";
}

}  // namespace

// Every allocation of the program passes here, so that tests can count them. Not inlined: GCC would take the halves for a
// mismatched pair.
[[gnu::noinline]] void* operator new(std::size_t size) {
  ++allocations;
  ++live;
  if (void* memory = std::malloc(size > 0 ? size : 1)) return memory;
  throw std::bad_alloc();
}
[[gnu::noinline]] void operator delete(void* memory) noexcept {
  live -= memory ? 1 : 0;
  std::free(memory);
}
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept { operator delete(memory); }

TEST_CASE("batches that do not divide the rows are exact: the last short one is an update of its own", "[trainer]") {
  for (const char* sampling : {"shuffle", "sequential", "replacement"})
    for (const char* batch : {"1", "7", "10", "23", "24", "25", "1000"})
      agrees(R"({"data": {"samples": 47, "noise": 0.1}, "training": {"sampling": ")" + std::string(sampling) + R"(", "batchSize": )" + batch + R"(, "optimizer": {"id": "sgd", "learningRate": 0.3, "momentum": 0.5}}})", 11);
}

TEST_CASE("a batch larger than what a stack takes at once is one exact update", "[trainer]") {
  for (const char* batch : {"256", "257", "300", "512", "600"})
    for (const char* loss : {"binary-cross-entropy", "cross-entropy", "half-mse"})
      agrees(R"({"data": {"samples": 600, "testFraction": 0}, "training": {"loss": ")" + std::string(loss) + R"(", "batchSize": )" + batch + R"(, "optimizer": {"id": "sgd", "learningRate": 0.5}}})", 4);
}

TEST_CASE("both layouts of the network train as the naive loop does", "[trainer]") {
  agrees(R"({"data": {"id": "blobs", "classes": 4, "samples": 70}, "network": {"layers": [{"units": 33, "activation": "tanh"}, {"units": 35, "activation": "sigmoid"}, {}]}, "training": {"batchSize": 9}})", 12);
  agrees(R"({"data": {"id": "gauss-bumps", "samples": 70}, "network": {"layers": [{"units": 6, "activation": "silu"}, {"units": 5, "activation": "softplus"}, {}]}, "training": {"batchSize": 9}})", 12);
}

TEST_CASE("learned slopes, skip edges and dropout train as the naive loop does, in both layouts and in batches of any size", "[trainer]") {
  for (const char* batch : {"9", "300"})
    for (const char* layers : {R"([{"units": 6, "activation": "prelu", "dropout": 0.3}, {"units": 5, "activation": "prelu"}, {}])",
                               R"([{"units": 33, "activation": "tanh"}, {"units": 35, "activation": "prelu", "dropout": 0.5}, {}])"})
      agrees(R"({"data": {"id": "blobs", "classes": 3, "samples": 700}, "network": {"skip": true, "layers": )" + std::string(layers) + R"(}, "training": {"l2": 0.01, "batchSize": )" + batch + "}}", 12);
}

TEST_CASE("every loss and every optimizer train as the naive loop does", "[trainer]") {
  for (const mlp::OperationInfo* loss : mlp::loss_table())
    agrees(R"({"data": {"samples": 30}, "training": {"loss": ")" + std::string(loss->id) + R"(", "batchSize": 4, "optimizer": {"id": "sgd", "learningRate": 0.01}}})", 10);
  for (const mlp::OperationInfo* optimizer : mlp::optimizer_table())
    agrees(R"({"data": {"samples": 30}, "training": {"batchSize": 4, "optimizer": ")" + std::string(optimizer->id) + "\"}}", 20);
}

TEST_CASE("penalties, clipping and schedules are those of the definition", "[trainer]") {
  const auto with = [](const std::string& training) { return R"({"data": {"samples": 40}, "training": {"batchSize": 6, "optimizer": {"id": "sgd", "learningRate": 0.2}, )" + training + "}}"; };
  agrees(with(R"("l1": 0.02)"), 15);
  agrees(with(R"("l2": 0.5)"), 15);
  agrees(with(R"("l1": 0.01, "l2": 0.1, "clipNorm": 0.05)"), 15);
  agrees(with(R"("clipNorm": 1000)"), 15);
  agrees(with(R"("schedule": {"id": "exponential", "decay": 0.5})"), 15);
  agrees(with(R"("schedule": {"id": "warmup-cosine", "warmup": 2, "epochs": 4})"), 15);
}

TEST_CASE("a penalty is not part of the reported loss", "[trainer]") {
  mlp::Trainer plain(experiment(R"({"data": {"samples": 40}})"));
  mlp::Trainer penalised(experiment(R"({"data": {"samples": 40}, "training": {"l2": 10, "l1": 10}})"));
  CHECK(plain.train({.steps = 1}).loss == penalised.train({.steps = 1}).loss);
  CHECK(plain.parameters() != penalised.parameters());
}

TEST_CASE("a step on a line is the one worked out on paper", "[trainer]") {
  mlp::Trainer trainer(experiment(line(R"("batchSize": 4, "optimizer": {"id": "sgd", "learningRate": 0.1})")));
  const mlp::Progress progress = trainer.train({.steps = 1});
  CHECK_THAT(progress.loss, WithinAbs(14, 1e-6));  // (0 + 4 + 16 + 36) / 4
  // dL/dw = -2/4 (0 + 2 + 8 + 18) = -14, dL/db = -2/4 (0 + 2 + 4 + 6) = -6.
  CHECK_THAT(static_cast<double>(trainer.parameters()[0]), WithinAbs(1.4, 1e-6));
  CHECK_THAT(static_cast<double>(trainer.parameters()[1]), WithinAbs(0.6, 1e-6));
}

TEST_CASE("a gradient is clipped to the limit when it is longer, and left alone when it is shorter", "[trainer]") {
  const double norm = std::sqrt(14.0 * 14 + 6 * 6);  // of the step above
  for (const auto& [limit, factor] : {std::pair{20.0, 1.0}, {15.3, 1.0}, {10.0, 10 / norm}, {1e-3, 1e-3 / norm}}) {
    CAPTURE(limit);
    mlp::Trainer trainer(experiment(line(R"("batchSize": 4, "optimizer": {"id": "sgd", "learningRate": 1}, "clipNorm": )" + mlp::to_text(limit))));
    trainer.train({.steps = 1});
    CHECK_THAT(static_cast<double>(trainer.parameters()[0]), WithinAbs(14 * factor, 1e-5));
    CHECK_THAT(static_cast<double>(trainer.parameters()[1]), WithinAbs(6 * factor, 1e-5));
  }
}

TEST_CASE("steps and epochs are counted, and each limit ends training", "[trainer]") {
  mlp::Trainer trainer(experiment(R"({"data": {"samples": 50}, "training": {"batchSize": 10}})"));  // 25 rows: 3 steps an epoch
  CHECK(trainer.progress().status == mlp::Status::ready);
  CHECK(std::isnan(trainer.progress().loss));
  mlp::Progress progress = trainer.train({.steps = 2});
  CHECK((progress.step == 2 && progress.epoch == 0 && progress.status == mlp::Status::running));
  progress = trainer.train({.epochs = 1});
  CHECK((progress.step == 3 && progress.epoch == 1));
  progress = trainer.train({.epochs = 4});
  CHECK((progress.step == 15 && progress.epoch == 5));
  progress = trainer.train({.steps = 100, .epochs = 1});
  CHECK((progress.step == 18 && progress.epoch == 6));
  progress = trainer.train({.steps = 1, .epochs = 100});
  CHECK((progress.step == 19 && progress.epoch == 6));
  progress = trainer.train({.steps = 0});
  CHECK((progress.step == 19 && std::isnan(progress.loss)));
}

TEST_CASE("a budget of milliseconds ends, after one step at least", "[trainer]") {
  mlp::Trainer trainer(experiment(R"({"data": {"samples": 50}})"));
  for (const double milliseconds : {0.0, -1.0, 5.0, std::nan("")}) {
    CAPTURE(milliseconds);
    const std::uint64_t before = trainer.progress().step;
    CHECK(trainer.train({.milliseconds = milliseconds}).step > before);
  }
}

TEST_CASE("a budget without limits does nothing, and limits beyond counting do not wrap", "[trainer]") {
  mlp::Trainer trainer(experiment(R"({"data": {"samples": 50}})"));
  CHECK(trainer.train({}).step == 0);
  CHECK(trainer.train({.steps = 5}).step == 5);
  CHECK(trainer.train({.steps = std::numeric_limits<std::uint64_t>::max(), .epochs = 1}).step > 5);
}

TEST_CASE("an epoch visits every training row once: shuffled in another order each time, in order when sequential", "[trainer]") {
  // One weight, learning rate so small that nothing moves: the loss of a step tells which row it saw.
  const auto losses = [](const std::string& sampling) {
    mlp::Trainer trainer(experiment(R"({"data": {"id": "table", "columns": 1, "inputs": [1,1,1,1,1,1,1,1], "targets": [0,1,2,3,4,5,6,7]},
      "network": {"layers": [{}], "initializer": "zeros"}, "training": {"batchSize": 1, "optimizer": {"id": "sgd", "learningRate": 1e-7}, "sampling": ")" + sampling + "\"}}"));
    std::vector<int> seen;
    for (int i = 0; i < 24; ++i) seen.push_back(static_cast<int>(std::lround(std::sqrt(trainer.train({.steps = 1}).loss))));
    return seen;
  };
  const std::vector<int> once{0, 1, 2, 3, 4, 5, 6, 7};
  const auto epoch = [](const std::vector<int>& seen, int e) { return std::vector<int>(seen.begin() + 8 * e, seen.begin() + 8 * (e + 1)); };
  const std::vector<int> sequential = losses("sequential"), shuffled = losses("shuffle"), drawn = losses("replacement");
  for (int e = 0; e < 3; ++e) {
    CHECK(epoch(sequential, e) == once);
    std::vector<int> sorted = epoch(shuffled, e);
    CHECK(sorted != once);
    std::sort(sorted.begin(), sorted.end());
    CHECK(sorted == once);
  }
  CHECK(epoch(shuffled, 0) != epoch(shuffled, 1));
  std::vector<int> sorted = epoch(drawn, 0);
  std::sort(sorted.begin(), sorted.end());
  CHECK(sorted != once);
}

TEST_CASE("divergence stops training and names layer and quantity", "[trainer]") {
  mlp::Trainer trainer(experiment(line(R"("batchSize": 4, "optimizer": {"id": "sgd", "learningRate": 100})")));
  const mlp::Progress progress = trainer.train({.steps = 1000});
  CHECK(progress.status == mlp::Status::diverged);
  CHECK(progress.step < 1000);
  REQUIRE(progress.cause);
  CHECK(progress.cause->layer == 0);
  CHECK((progress.cause->quantity == "weights" || progress.cause->quantity == "biases" || progress.cause->quantity == "outputs" || progress.cause->quantity == "loss"));
  const std::vector<float> stopped = trainer.parameters();
  CHECK(trainer.train({.steps = 10}).step == progress.step);
  CHECK(trainer.train({.epochs = 10}).step == progress.step);
  CHECK(test::hash(trainer.parameters()) == test::hash(stopped));

  trainer.set_parameters(std::vector<float>{0, 0});
  CHECK(trainer.progress().status == mlp::Status::running);
  const mlp::Progress again = trainer.train({.steps = 1});
  CHECK(again.step == progress.step + 1);
  CHECK_THAT(again.loss, WithinAbs(14, 1e-6));
}

TEST_CASE("a step that diverges uses up no rows: set right again, training goes on with the same batches", "[trainer]") {
  for (const char* sampling : {"shuffle", "replacement", "sequential"})
    for (const std::uint64_t steps : {0u, 2u, 4u, 5u}) {
      CAPTURE(sampling, steps);
      const mlp::Experiment spec = experiment(R"({"data": {"samples": 46}, "training": {"batchSize": 5, "sampling": ")" + std::string(sampling) + "\"}}");
      mlp::Trainer undisturbed(spec), upset(spec);
      undisturbed.train({.steps = steps});
      upset.train({.steps = steps});
      const std::vector<float> good = upset.parameters();
      upset.set_parameters(std::vector<float>(good.size(), std::nanf("")));
      CHECK(upset.train({.steps = 3}).status == mlp::Status::diverged);
      CHECK(upset.state().position == undisturbed.state().position);
      upset.set_parameters(good);
      undisturbed.train({.steps = 7});
      upset.train({.steps = 7});
      CHECK(upset.parameters() == undisturbed.parameters());
    }
}

TEST_CASE("optimizer state that stopped being finite does not outlive the divergence", "[trainer]") {
  for (const mlp::OperationInfo* optimizer : mlp::optimizer_table()) {
    CAPTURE(optimizer->id);
    // Squares of this gradient are beyond float.
    mlp::Trainer trainer(experiment(R"({"data": {"id": "table", "columns": 1, "inputs": [1e19, 1], "targets": [1e19, 1], "testFraction": 0}, "network": {"layers": [{}], "initializer": "zeros"},
      "training": {"loss": "mse", "batchSize": 1, "sampling": "sequential", "optimizer": ")" + std::string(optimizer->id) + "\"}}"));
    for (int i = 0; i < 4 && trainer.progress().status != mlp::Status::diverged; ++i) trainer.train({.steps = 1});
    trainer.set_parameters(std::vector<float>{std::nanf(""), 0});
    trainer.train({.steps = 1});
    REQUIRE(trainer.progress().status == mlp::Status::diverged);
    trainer.set_parameters(std::vector<float>{0, 0});
    const mlp::TrainingState state = trainer.state();
    CHECK(std::all_of(state.optimizer_state.begin(), state.optimizer_state.end(), [](float x) { return std::isfinite(x); }));
  }
}

TEST_CASE("the first layer at fault is named", "[trainer]") {
  const auto cause = [](std::vector<float> parameters) {
    mlp::Trainer trainer(experiment(R"({"data": {"samples": 20}, "network": {"layers": [{"units": 1, "activation": "identity"}, {"units": 1, "activation": "identity"}, {}]}, "training": {"loss": "mse"}})"));
    trainer.set_parameters(parameters);
    const mlp::Progress progress = trainer.train({.steps = 1});
    REQUIRE(progress.cause);
    CHECK(progress.step == 0);
    return std::to_string(progress.cause->layer) + " " + std::string(progress.cause->quantity);
  };
  const float nan = std::nanf("");
  // Per layer weights, then bias: two weights, then one each.
  CHECK(cause({nan, 1, 0, 1, 0, 1, 0}) == "0 weights");
  CHECK(cause({1, 1, nan, 1, 0, 1, nan}) == "0 biases");
  CHECK(cause({1, 1, 0, nan, 0, 1, nan}) == "1 weights");
  CHECK(cause({1, 1, 0, 1, 0, 1, nan}) == "2 biases");
  CHECK(cause({3e38f, 3e38f, 0, 1, 0, 1, 0}) == "0 outputs");
  CHECK(cause({1, 1, 3e38f, 30, 0, 1, 0}) == "1 outputs");
  CHECK(cause({1, 1, 0, 1, 0, 0, 1e30f}) == "2 loss");
}

TEST_CASE("of a batch larger than what a stack takes at once, every part is looked at for the fault", "[trainer]") {
  const std::size_t rows = 2 * mlp::capacity + 50;
  for (const std::size_t bad : {std::size_t{0}, mlp::capacity + 3, rows - 1}) {
    CAPTURE(bad);
    mlp::Numbers inputs(rows, 1.0), targets(rows, 0.0);
    inputs[bad] = 1e38;
    mlp::Value data, document;
    data.set("id", "table");
    data.set("columns", 1.0);
    data.set("inputs", inputs);
    data.set("targets", targets);
    document = mlp::parse_json(R"({"network": {"layers": [{"units": 1, "activation": "identity"}, {}], "initializer": {"id": "constant", "value": 10}},
      "training": {"batchSize": 60000, "sampling": "sequential"}})");
    document.set("data", std::move(data));
    mlp::Trainer trainer(mlp::parse_experiment(document));
    const mlp::Progress progress = trainer.train({.steps = 1});
    REQUIRE(progress.cause);
    CHECK(progress.cause->layer == 0);
    CHECK(progress.cause->quantity == "outputs");
  }
}

TEST_CASE("an update that makes a parameter infinite is noticed at once", "[trainer]") {
  // The gradient of half the squared error is -1e30 and finite, the step of 100 times that is not.
  mlp::Trainer trainer(experiment(R"({"data": {"id": "table", "columns": 1, "inputs": [1e19], "targets": [1e18]}, "network": {"layers": [{}], "initializer": "zeros"},
    "training": {"loss": "half-mse", "optimizer": {"id": "sgd", "learningRate": 100}}})"));
  const mlp::Progress progress = trainer.train({.steps = 5});
  CHECK(progress.status == mlp::Status::diverged);
  CHECK(progress.step == 1);
  REQUIRE(progress.cause);
  CHECK(progress.cause->quantity == "weights");
}

TEST_CASE("evaluation counts as the definitions say: accuracy, confusion, r2", "[trainer]") {
  // One input, one output that is the input itself: weight 1, bias 0.
  const auto trainer_of = [](const std::string& data, const std::string& rest) {
    return std::make_unique<mlp::Trainer>(experiment(R"({"data": {"id": "table", "columns": 1, )" + data + R"(}, "network": {"layers": [{"activation": "identity"}], "initializer": {"id": "constant", "value": 1}}, "training": {)" + rest + "}}"));
  };
  const auto signs = trainer_of(R"("inputs": [-1, 2, 0, 3], "labels": [0, 0, 1, 1])", R"("loss": "hinge")");
  mlp::Evaluation evaluation = signs->evaluate(signs->samples().train());
  CHECK(evaluation.accuracy == 0.5);  // a score of 0 is not above the threshold
  CHECK(evaluation.confusion == std::vector<std::uint32_t>{1, 1, 1, 1});
  CHECK_THAT(evaluation.loss, WithinAbs((0 + 3 + 1 + 0) / 4.0, 1e-12));

  const auto logits = trainer_of(R"("inputs": [-0.1, 0.1], "labels": [0, 1])", R"("loss": "binary-cross-entropy")");
  CHECK(logits->evaluate(logits->samples().train()).accuracy == 1);

  const auto regression = trainer_of(R"("inputs": [1, 2, 3, 4], "targets": [1, 2, 3, 6])", R"("loss": "mse")");
  evaluation = regression->evaluate(regression->samples().train());
  CHECK_THAT(evaluation.loss, WithinAbs(1, 1e-12));
  CHECK_THAT(evaluation.r2, WithinAbs(1 - 4.0 / 14, 1e-12));
  CHECK(evaluation.confusion.empty());

  const auto constant = trainer_of(R"("inputs": [1, 2], "targets": [3, 3])", R"("loss": "mse")");
  CHECK(std::isnan(constant->evaluate(constant->samples().train()).r2));
}

TEST_CASE("outputs in 0 to 1 are cut at one half, and of equal scores the lowest index wins", "[trainer]") {
  mlp::Trainer bits(experiment(R"({"data": {"id": "table", "columns": 1, "inputs": [-1, 1], "labels": [0, 1]}, "network": {"layers": [{"activation": "sigmoid"}], "initializer": {"id": "constant", "value": 1}}, "training": {"loss": "mse"}})"));
  CHECK(bits.evaluate(bits.samples().train()).accuracy == 1);
  mlp::Trainer ties(experiment(R"({"data": {"id": "table", "columns": 1, "inputs": [1, 1, 1], "labels": [0, 1, 2]}, "network": {"layers": [{}], "initializer": "zeros"}})"));
  CHECK(ties.evaluate(ties.samples().train()).confusion == std::vector<std::uint32_t>{1, 0, 0, 1, 0, 0, 1, 0, 0});
}

TEST_CASE("evaluation over many rows is that of the reference", "[trainer]") {
  mlp::Trainer trainer(experiment(R"({"data": {"id": "blobs", "classes": 5, "samples": 700, "noise": 0.3}})"));
  trainer.train({.steps = 50});
  NaiveTrainer naive(trainer);
  for (const auto rows : {trainer.samples().train(), trainer.samples().test()}) {
    const mlp::Evaluation evaluation = trainer.evaluate(rows);
    const double expected = mlp::reference_loss(trainer.shape(), trainer.experiment().training.loss, naive.parameters(), naive.gather(rows), {});
    CHECK_THAT(evaluation.loss, WithinAbs(expected, 1e-5));
    std::uint32_t right = 0;
    for (std::size_t c = 0; c < 5; ++c) right += evaluation.confusion[6 * c];
    CHECK(std::accumulate(evaluation.confusion.begin(), evaluation.confusion.end(), 0u) == rows.size());
    CHECK_THAT(evaluation.accuracy, WithinAbs(right / static_cast<double>(rows.size()), 1e-15));
  }
}

TEST_CASE("an empty split is an error, and so is a split that leaves nothing to train on", "[trainer]") {
  mlp::Trainer trainer(experiment(R"({"data": {"samples": 10, "testFraction": 0}})"));
  CHECK(test::error_of([&] { trainer.evaluate(trainer.samples().test()); }) == "invalid-argument | split: this split has no rows");
  CHECK(test::error_of([&] { trainer.gradients({}); }) == "invalid-argument | split: this split has no rows");
  CHECK(test::error_of([] { mlp::Trainer none(experiment(R"({"data": {"samples": 1, "testFraction": 0.5}})")); }).starts_with("invalid-document | data.testFraction: "));
}

TEST_CASE("a run that would not fit is refused before anything is allocated", "[trainer]") {
  mlp::Experiment large = experiment("{}");
  large.data.samples = mlp::limits::samples;
  large.data.columns = mlp::limits::columns;
  CHECK(test::error_of([&] { mlp::Trainer trainer(large); }).starts_with("out-of-memory | this run would need "));
}

TEST_CASE("a document's memory is stated before its run is made, and not exceeded by it", "[trainer]") {
  const char* documents[] = {
      "{}",
      R"({"data": {"samples": 60000, "features": ["x1", "x2", "x1-squared", "x2-squared", "x1-x2", "sin-x1", "sin-x2", "cos-x1", "cos-x2"]}})",
      R"({"data": {"samples": 1, "testFraction": 0}, "network": {"layers": [{}]}})",
      R"({"data": {"id": "nielsen"}, "network": {"layers": [{"units": 1}, {}]}, "training": {"optimizer": "adam"}})",
      R"({"data": {"id": "blobs", "classes": 10}, "network": {"layers": [{"units": 512}, {"units": 511}, {"units": 3}, {}]}, "training": {"optimizer": "adamw"}})",
      R"({"data": {"id": "table", "columns": 3, "inputs": [1,2,3,4,5,6], "targets": [1,2,3,4,5,6,7,8], "outputs": 4}})",
      R"({"network": {"layers": [{"units": 8}, {"units": 8}, {"units": 8}, {"units": 8}, {"units": 8}, {"units": 8}, {"units": 8}, {"units": 8}, {}]}, "training": {"optimizer": "rmsprop"}})",
      R"({"network": {"layers": [{"units": 512}, {"units": 512}, {"units": 512}, {"units": 512}, {"units": 512}, {"units": 512}, {"units": 512}, {"units": 512}, {}]}, "training": {"optimizer": "adagrad"}})",
  };
  for (const char* json : documents) {
    CAPTURE(json);
    const mlp::CheckedRun checked = mlp::check_run(mlp::parse_json(json));
    REQUIRE(checked.memory);
    mlp::Run run(mlp::parse_json(json));
    run.train({.steps = 3});
    CHECK(run.memory() <= *checked.memory);
    // Stated with room to spare, but not for another run.
    CHECK(*checked.memory < run.memory() + run.memory() / 4 + 500000);
  }
}

TEST_CASE("memory beyond the limit is an issue of the document, counted without wrapping", "[trainer]") {
  CHECK_FALSE(mlp::check_run(mlp::parse_json(R"({"data": {"id": "mnist"}})")).memory);
  CHECK_FALSE(mlp::check_run(mlp::parse_json(R"({"data": {"samples": 0}})")).memory);
  mlp::Experiment large = experiment("{}");
  large.data.source = mlp::Source::table;
  large.data.samples = mlp::limits::samples;
  large.data.columns = mlp::limits::columns;
  CHECK(mlp::Trainer::memory_needed(large) > std::uint64_t{60000} * 4096 * 4);
  large.data.columns = std::size_t{1} << 31u;
  CHECK(mlp::Trainer::memory_needed(large) > std::uint64_t{1} << 46u);
}

TEST_CASE("runs that are made, trained, asked and destroyed leave the heap where it was", "[trainer]") {
  const auto use = [](std::uint32_t seed) {
    mlp::Run run(mlp::parse_json(R"({"data": {"samples": 60, "seed": )" + std::to_string(seed) + "}}"));
    run.train({.epochs = 1});
    run.predict(std::vector<float>(20));
    run.restore(run.snapshot());
  };
  use(0);
  const std::int64_t before = live;
  for (std::uint32_t i = 0; i < 1000; ++i) use(i);
  CHECK(live == before);
}

TEST_CASE("training allocates nothing", "[trainer]") {
  for (const char* json : {"{}", R"({"data": {"samples": 700}, "training": {"batchSize": 300, "loss": "cross-entropy", "l1": 0.1, "clipNorm": 1, "schedule": "cosine", "optimizer": "adam"}})",
                           R"({"network": {"layers": [{"units": 40}, {"units": 40}, {}]}, "training": {"sampling": "replacement"}})",
                           R"({"network": {"layers": [{"units": 4, "activation": "prelu", "dropout": 0.5}, {}], "skip": true, "locked": ["0.1"], "cut": ["1.0.5"]}})",
                           R"({"network": {"layers": [{"units": 40, "dropout": 0.5}, {"units": 40, "activation": "prelu"}, {}], "skip": true, "locked": ["0.1"], "cut": ["1.0.5"]}})"}) {
    CAPTURE(json);
    mlp::Trainer trainer(experiment(json));
    trainer.train({.steps = 1});
    const std::uint64_t before = allocations;
    const mlp::Progress progress = trainer.train({.steps = 100});
    const std::uint64_t after = allocations;
    CHECK(progress.step == 101);
    CHECK(after == before);
  }
}

TEST_CASE("gradients over a split are those of the reference, without penalties", "[trainer]") {
  for (const char* samples : {"40", "1200"}) {
    mlp::Trainer trainer(experiment(R"({"data": {"id": "moons", "noise": 0.2, "samples": )" + std::string(samples) + R"(}, "training": {"l2": 5}})"));
    NaiveTrainer naive(trainer);
    std::vector<double> expected(naive.parameters().size());
    mlp::reference_loss(trainer.shape(), trainer.experiment().training.loss, naive.parameters(), naive.gather(trainer.samples().test()), expected);
    const std::vector<float> gradient = trainer.gradients(trainer.samples().test());
    for (std::size_t i = 0; i < gradient.size(); ++i) REQUIRE_THAT(static_cast<double>(gradient[i]), WithinAbs(expected[i], 2e-6));
  }
}
