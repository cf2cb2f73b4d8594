// One seed, one result: the hashes of tests/fixtures/reproducibility.json hold for every reproducible build.
#include <catch2/catch_test_macros.hpp>
#include <cstdint>
#include <string>

#include "mlp/run.hpp"
#include "support/files.hpp"

// Thousands of steps under a sanitizer would take minutes, and find what the first thousand find.
#if defined(__SANITIZE_ADDRESS__)
constexpr std::uint64_t longest = 1000;
#else
constexpr std::uint64_t longest = 10000;
#endif

TEST_CASE("training gives the same bits on every architecture", "[reproducibility]") {
  const mlp::Value fixture = test::read_json("reproducibility.json");
  for (const mlp::Value& entry : *fixture.find("runs")->get<mlp::Array>()) {
    CAPTURE(*entry.find("name")->get<std::string>());
    mlp::Run run(*entry.find("document"));
    for (const auto& [count, hash] : *entry.find("hashes")->get<mlp::Object>()) {
      const std::uint64_t steps = std::stoull(count);
      if (steps > longest) break;
      const mlp::Progress progress = run.train({.steps = steps - run.progress().step});
      CHECK(progress.status == mlp::Status::running);
      CHECK(progress.step == steps);
      CHECK(test::hash(run.parameters()) == *hash.get<std::string>());
    }
  }
}

TEST_CASE("every data set's points are the same bits on every architecture", "[reproducibility]") {
  const mlp::Value fixture = test::read_json("reproducibility.json");
  const mlp::Value& hashes = *fixture.find("datasets");
  CHECK(hashes.get<mlp::Object>()->size() == mlp::dataset_table().size());
  for (std::size_t index = 0; index < mlp::dataset_table().size(); ++index) {
    const std::string id(mlp::dataset_table()[index]->id);
    CAPTURE(id);
    const mlp::Run run(mlp::parse_json(R"({"data": {"id": ")" + id + R"(", "samples": 300, "noise": 0.25, "testFraction": 0, "seed": 7}})"));
    const mlp::SplitData data = run.data(mlp::Split::all);
    std::vector<float> all = data.inputs;
    all.insert(all.end(), data.labels.begin(), data.labels.end());
    all.insert(all.end(), data.targets.begin(), data.targets.end());
    const mlp::Value* expected = hashes.find(id);
    CHECK(test::hash(all) == (expected ? *expected->get<std::string>() : "no hash"));
  }
}

TEST_CASE("how training is sliced changes nothing", "[reproducibility]") {
  const mlp::Value fixture = test::read_json("reproducibility.json");
  const mlp::Value& document = *fixture.find("runs")->get<mlp::Array>()->front().find("document");
  mlp::Run whole(document);
  mlp::Run sliced(document);
  whole.train({.steps = 300});
  for (const std::uint64_t steps : {1u, 2u, 97u, 200u}) sliced.train({.steps = steps});
  CHECK(whole.parameters() == sliced.parameters());
}

TEST_CASE("looking at a run between steps changes nothing", "[reproducibility]") {
  const mlp::Value fixture = test::read_json("reproducibility.json");
  const mlp::Value& document = *fixture.find("runs")->get<mlp::Array>()->front().find("document");
  mlp::Run undisturbed(document);
  mlp::Run watched(document);
  for (int i = 0; i < 20; ++i) {
    undisturbed.train({.steps = 10});
    watched.train({.steps = 10});
    watched.evaluate(mlp::Split::test);
    watched.gradients(mlp::Split::train);
    watched.maps({.columns = 5, .rows = 5});
    watched.snapshot();
  }
  CHECK(undisturbed.parameters() == watched.parameters());
}
