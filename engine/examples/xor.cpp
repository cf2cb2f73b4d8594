// A network learns exclusive or. Build: cmake --build --preset native-release --target mlp_example_xor
#include <cstdio>

#include "mlp/json.hpp"
#include "mlp/mlp.hpp"

int main() {
  try {
    mlp::Run run(mlp::parse_json(R"({
      "data":     { "id": "xor", "samples": 500 },
      "network":  { "layers": [ { "units": 8, "activation": "tanh" }, { "activation": "identity" } ] },
      "training": { "optimizer": { "id": "adam", "learningRate": 0.01 }, "batchSize": 10 }
    })"));
    for (int round = 0; round < 5; ++round) {
      const mlp::Progress progress = run.train({.epochs = 20});
      const mlp::Evaluation test = run.evaluate(mlp::Split::test);
      std::printf("epoch %3llu   train loss %.4f   test accuracy %.1f %%\n", static_cast<unsigned long long>(progress.epoch), progress.loss, 100 * test.accuracy);
    }
    const float points[] = {3.f, 3.f, -3.f, 3.f};
    const std::vector<float> probability = run.predict(points);
    std::printf("P(same sign): (3, 3) %.3f   (-3, 3) %.3f\n", static_cast<double>(probability[0]), static_cast<double>(probability[1]));
    return probability[0] > 0.5f && probability[1] < 0.5f ? 0 : 1;
  } catch (const mlp::Error& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
