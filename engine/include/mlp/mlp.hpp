// The whole public API. A network that learns exclusive or, in a few lines:
//
//   mlp::Run run(mlp::parse_json(R"({"data": {"id": "xor"}, "training": {"optimizer": {"id": "sgd", "learningRate": 0.1}}})"));
//   run.train({.epochs = 100});
//   std::printf("%.1f %%\n", 100 * run.evaluate(mlp::Split::test).accuracy);
#pragma once

#include "mlp/catalog.hpp"
#include "mlp/document.hpp"
#include "mlp/error.hpp"
#include "mlp/run.hpp"
#include "mlp/value.hpp"
