// Trains the README's experiment through the installed headers and libraries; the exit status tells whether it learned.
#include <cstdio>

#include <mlp/json.hpp>
#include <mlp/mlp.hpp>

int main() {
  mlp::Run run(mlp::parse_json(R"({
    "data":     { "id": "xor", "samples": 500 },
    "network":  { "layers": [ { "units": 8, "activation": "tanh" }, { "activation": "identity" } ] },
    "training": { "optimizer": { "id": "adam", "learningRate": 0.01 }, "batchSize": 10 }
  })"));
  run.train({.epochs = 100});
  const mlp::Evaluation test = run.evaluate(mlp::Split::test);
  std::printf("%s: loss %.4f, %.1f %% right\n", mlp::to_json(*run.experiment().find("data")).c_str(), test.loss, 100 * test.accuracy);
  return test.accuracy > 0.9 ? 0 : 1;
}
