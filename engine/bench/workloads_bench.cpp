// One round of the benchmark natively: workloads_bench WORKLOADS.json MILLISECONDS. Prints what it was built with and, for every
// workload, how many steps, maps or passes it made per second, as one JSON object. tools/bench repeats it and compares.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "mlp/json.hpp"
#include "mlp/mlp.hpp"
#include "mlp/simd.hpp"

namespace {

using Clock = std::chrono::steady_clock;

double number(const mlp::Value& object, std::string_view key, double fallback = 0) {
  const mlp::Value* member = object.find(key);
  return member ? *member->get<double>() : fallback;
}

/// The rows that tools/lib/bench.js makes too: values from 0 to 1, the class of a row by its place.
mlp::Numbers table_inputs(std::size_t count) {
  mlp::Numbers inputs(count);
  std::uint32_t state = 1;
  for (double& x : inputs) {
    state = state * 1664525u + 1013904223u;
    x = static_cast<double>(state >> 8) / 16777216.0;
  }
  return inputs;
}

mlp::Value table(const mlp::Value& description) {
  const auto rows = static_cast<std::size_t>(number(description, "rows"));
  const auto columns = static_cast<std::size_t>(number(description, "columns"));
  mlp::Value data;
  data.set("id", "table");
  data.set("columns", static_cast<double>(columns));
  data.set("inputs", table_inputs(rows * columns));
  if (const double classes = number(description, "classes"); classes > 0) {
    mlp::Numbers labels(rows);
    for (std::size_t i = 0; i < rows; ++i) labels[i] = static_cast<double>(i % static_cast<std::size_t>(classes));
    data.set("labels", std::move(labels));
    data.set("classes", classes);
  } else {
    const double outputs = number(description, "outputs");
    data.set("targets", table_inputs(rows * static_cast<std::size_t>(outputs)));
    data.set("outputs", outputs);
  }
  return data;
}

/// How often per second `work`, which returns how much it did, did it.
template <class Work>
double rate(double milliseconds, Work work) {
  double done = 0;
  double elapsed = 0;
  const Clock::time_point start = Clock::now();
  while (elapsed * 1000 < milliseconds) {
    done += work();
    elapsed = std::chrono::duration<double>(Clock::now() - start).count();
  }
  return done / elapsed;
}

double measure(const mlp::Value& workload, double milliseconds) {
  mlp::Value document = *workload.find("document");
  if (const mlp::Value* description = workload.find("table")) document.set("data", table(*description));
  mlp::Run run(document);
  if (const mlp::Value* map = workload.find("surface")) {
    const mlp::Grid grid{.columns = static_cast<std::size_t>(number(*map, "columns")), .rows = static_cast<std::size_t>(number(*map, "rows"))};
    const auto work = [&] { return run.surface(grid, {}, {}).empty() ? 0.0 : 1.0; };
    rate(milliseconds / 4, work);
    return rate(milliseconds, work);
  }
  if (const mlp::Value* predict = workload.find("predict")) {
    const mlp::Numbers numbers = table_inputs(static_cast<std::size_t>(number(*predict, "rows")) * run.columns());
    const std::vector<float> inputs(numbers.begin(), numbers.end());
    const auto work = [&] { return run.predict(inputs).empty() ? 0.0 : 1.0; };
    work();
    return rate(milliseconds, work);
  }
  const auto work = [&] {
    const std::uint64_t before = run.progress().step;
    return static_cast<double>(run.train({.milliseconds = 20}).step - before);
  };
  rate(milliseconds / 4, work);
  return rate(milliseconds, work);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "usage: workloads_bench WORKLOADS.json MILLISECONDS\n");
    return 2;
  }
  try {
    std::ifstream file(argv[1], std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    const mlp::Value workloads = mlp::parse_json(text.str());
    mlp::Value rates;
    for (const mlp::Value& workload : *workloads.get<mlp::Array>())
      rates.set(*workload.find("id")->get<std::string>(), measure(workload, std::atof(argv[2])));
    mlp::Value report;
    report.set("compiler", __VERSION__);
    report.set("arch", mlp::simd::Arch::name());
    report.set("lanes", static_cast<double>(mlp::simd::lanes<>));
    report.set("rates", std::move(rates));
    std::printf("%s\n", mlp::to_json(report).c_str());
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
