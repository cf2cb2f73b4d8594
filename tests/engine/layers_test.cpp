// Both layouts of the layer stack against the double-precision reference, on every test architecture.
#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <memory>
#include <numeric>
#include <tuple>

#include "loss_kernels.hpp"
#include "mlp/activation.hpp"
#include "mlp/reference.hpp"
#include "samples_in_lanes.hpp"
#include "support/archs.hpp"
#include "support/networks.hpp"
#include "units_in_lanes.hpp"

namespace {

using mlp::LayerShape;

std::vector<LayerShape> chain(std::initializer_list<std::size_t> sizes, std::string_view activation) {
  std::vector<LayerShape> layers;
  std::size_t inputs = 0;
  for (const std::size_t units : sizes) {
    if (inputs > 0) layers.push_back({inputs, units, test::operation(mlp::activation_table(), activation)});
    inputs = units;
  }
  return layers;
}

/// Loss and gradient of `rows` samples through a stack, compared with the reference.
template <class Arch, class Stack>
void compare(std::vector<LayerShape> layers, std::size_t rows, std::string_view loss_id) {
  CAPTURE(rows, loss_id, layers.size(), layers[0].inputs, layers.back().units);
  const mlp::Operation loss = test::operation(mlp::loss_table(), loss_id);
  const std::size_t inputs = layers.front().inputs;
  const std::size_t outputs = layers.back().units;
  const std::size_t count = mlp::parameter_count(layers);
  const std::vector<float> parameters = test::random_values(count, 7, 0.8f);
  const std::vector<float> x = test::random_values(rows * inputs, 8, 2.f);

  Stack stack(layers);
  mlp::simd::AlignedVector<float> arena(stack.arena_size(), 9.f), gradient(stack.arena_size(), 9.f);
  stack.pack(parameters, arena);
  std::vector<float> round_trip(count);
  stack.unpack(arena, round_trip);
  REQUIRE(round_trip == parameters);

  std::vector<std::uint32_t> order(rows);
  std::iota(order.begin(), order.end(), 0u);
  stack.load({x.data(), nullptr, inputs, 1.f, 0.f}, order);
  stack.forward(arena);

  mlp::ReferenceSamples samples{rows, test::exact(x), {}};
  mlp::Matrix values(outputs, rows);
  // Rows are as wide as the stack's own, so that kernels may read whole vectors.
  const mlp::MatrixView targets{values.data(), outputs, rows, stack.outputs().stride};
  std::vector<float> target_store(outputs * targets.stride);
  const mlp::MatrixView view{target_store.data(), outputs, rows, targets.stride};
  std::vector<std::uint32_t> labels(rows);
  const bool indices = mlp::loss_facts(loss.index).encoding == mlp::TargetEncoding::class_index;
  for (std::size_t s = 0; s < rows; ++s) {
    labels[s] = static_cast<std::uint32_t>(s % outputs);
    if (indices) samples.targets.push_back(labels[s]);
    for (std::size_t o = 0; o < outputs; ++o) {
      view(o, s) = (s + o) % 3 == 0 ? 1.f : 0.f;
      if (!indices) samples.targets.push_back(static_cast<double>(view(o, s)));
    }
  }
  const double divisor = mlp::loss_divisor(loss.index, rows, outputs);
  const double value = mlp::loss_kernel<Arch>(loss.index)(stack.outputs(), {view, labels}, static_cast<float>(1 / divisor), stack.output_slope(), loss.values) / divisor;
  stack.backward(arena, gradient, false);

  std::vector<double> expected(count);
  const double expected_loss = mlp::reference_loss(layers, loss, test::exact(parameters), samples, expected);
  CHECK(std::fabs(value - expected_loss) <= 2e-5 * (1 + std::fabs(expected_loss)));
  std::vector<float> actual(count);
  stack.unpack(gradient, actual);
  double norm = 0;
  for (const double g : expected) norm = std::fmax(norm, std::fabs(g));
  for (std::size_t i = 0; i < count; ++i) {
    CAPTURE(i);
    REQUIRE(std::fabs(static_cast<double>(actual[i]) - expected[i]) <= 2e-5 * norm + 1e-7);
  }

  // A second time, added: twice as much.
  stack.output_slope();
  mlp::loss_kernel<Arch>(loss.index)(stack.outputs(), {view, labels}, static_cast<float>(1 / divisor), stack.output_slope(), loss.values);
  stack.backward(arena, gradient, true);
  std::vector<float> twice(count);
  stack.unpack(gradient, twice);
  for (std::size_t i = 0; i < count; ++i) REQUIRE(std::fabs(twice[i] - 2 * actual[i]) <= 1e-6f * static_cast<float>(norm));
}

}  // namespace

TEMPLATE_LIST_TEST_CASE("samples in lanes: loss and gradient agree with the reference for every batch size", "[layers]", test::Archs) {
  for (const std::size_t rows : {1u, 2u, 3u, 4u, 5u, 7u, 8u, 10u, 16u, 17u, 33u, 256u})
    compare<TestType, mlp::detail::SamplesInLanes<TestType>>(chain({2, 4, 3, 2}, "tanh"), rows, "cross-entropy");
  compare<TestType, mlp::detail::SamplesInLanes<TestType>>(chain({1, 1}, "identity"), 6, "mse");
  compare<TestType, mlp::detail::SamplesInLanes<TestType>>(chain({5, 9, 1}, "sigmoid"), 11, "binary-cross-entropy");
}

// Panels are cut for four lanes.
using QuadArchs = std::tuple<mlp::simd::QuadArch
#if XSIMD_WITH_EMULATED
                             ,
                             mlp::simd::Emulated<128>
#endif
                             >;

TEMPLATE_LIST_TEST_CASE("units in lanes: loss and gradient agree with the reference for every shape", "[layers]", QuadArchs) {
  for (const std::size_t rows : {1u, 2u, 3u, 4u, 5u, 8u, 9u, 31u})
    compare<TestType, mlp::detail::UnitsInLanes<TestType>>(chain({13, 10, 7}, "tanh"), rows, "cross-entropy");
  for (const std::size_t units : {1u, 2u, 3u, 4u, 5u, 8u, 9u, 12u, 13u, 16u, 17u})
    compare<TestType, mlp::detail::UnitsInLanes<TestType>>(chain({6, units, 3}, "sigmoid"), 6, "half-mse");
  compare<TestType, mlp::detail::UnitsInLanes<TestType>>(chain({70, 33, 10}, "relu"), 20, "cross-entropy");
}

TEST_CASE("a sample's outputs do not depend on its place in the batch", "[layers]") {
  for (const bool wide : {false, true}) {
    const std::vector<LayerShape> layers = wide ? chain({40, 40, 3}, "tanh") : chain({3, 5, 2}, "tanh");
    REQUIRE(mlp::is_wide(layers) == wide);
    const auto stack = mlp::make_layer_stack(layers);
    const std::vector<float> parameters = test::random_values(mlp::parameter_count(layers), 1);
    mlp::simd::AlignedVector<float> arena(stack->arena_size());
    stack->pack(parameters, arena);
    const std::vector<float> x = test::random_values(20 * layers[0].inputs, 2);
    std::vector<std::uint32_t> order(20);
    std::iota(order.begin(), order.end(), 0u);
    const auto outputs_of = [&](std::span<const std::uint32_t> rows) {
      stack->load({x.data(), nullptr, layers[0].inputs, 1.f, 0.f}, rows);
      stack->forward(arena);
      std::vector<float> out(rows.size() * layers.back().units);
      stack->read_layer(layers.size() - 1, nullptr, out.data());
      return out;
    };
    const std::vector<float> together = outputs_of(order);
    for (std::size_t s = 0; s < order.size(); ++s) {
      const std::vector<float> alone = outputs_of(std::span(order).subspan(s, 1));
      for (std::size_t u = 0; u < alone.size(); ++u) CHECK(alone[u] == together[s * alone.size() + u]);
    }
  }
}

TEST_CASE("bytes are scaled as the same floats are", "[layers]") {
  for (const std::vector<LayerShape>& layers : {chain({4, 3}, "identity"), chain({64, 20}, "identity")}) {
    const auto stack = mlp::make_layer_stack(layers);
    mlp::simd::AlignedVector<float> arena(stack->arena_size());
    stack->pack(test::random_values(mlp::parameter_count(layers), 3), arena);
    std::vector<std::uint8_t> bytes(layers[0].inputs);
    for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::uint8_t>(37 * i);
    const std::vector<float> floats(bytes.begin(), bytes.end());
    const std::uint32_t row = 0;
    std::vector<float> from_bytes(layers[0].units), from_floats(layers[0].units);
    stack->load({nullptr, bytes.data(), bytes.size(), 0.5f, -1.f}, std::span(&row, 1));
    stack->forward(arena);
    stack->read_layer(0, from_bytes.data(), nullptr);
    stack->load({floats.data(), nullptr, floats.size(), 0.5f, -1.f}, std::span(&row, 1));
    stack->forward(arena);
    stack->read_layer(0, from_floats.data(), nullptr);
    CHECK(from_bytes == from_floats);
  }
}
