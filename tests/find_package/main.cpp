// Trains a network through the installed headers and library; the exit status tells whether it learned.
#include <cstdio>

#include <mlp/mlp.hpp>

int main() {
  mlp::Value data;
  data.set("id", "circle");
  mlp::Value document;
  document.set("data", data);
  mlp::Run run(document);
  const double before = run.evaluate(mlp::Split::train).loss;
  run.train({.epochs = 20});
  const double after = run.evaluate(mlp::Split::train).loss;
  std::printf("loss %.4f before, %.4f after 20 epochs\n", before, after);
  return after < before ? 0 : 1;
}
