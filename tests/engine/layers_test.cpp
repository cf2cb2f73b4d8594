// Both layouts of the layer stack against the double-precision reference, on every test architecture.
#include <algorithm>
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

std::vector<LayerShape> with_skip(std::vector<LayerShape> layers) {
  layers.back().skip = layers.front().inputs;
  layers.back().inputs += layers.back().skip;
  return layers;
}

std::vector<LayerShape> with_dropout(std::vector<LayerShape> layers, double fraction) {
  for (std::size_t l = 0; l + 1 < layers.size(); ++l) layers[l].dropout = fraction;
  return layers;
}

/// What dropout multiplies the outputs by, layer by layer.
std::vector<std::vector<double>> dropout_factors(std::span<const LayerShape> layers, std::size_t rows, mlp::Random random) {
  std::vector<std::vector<double>> factors(layers.size());
  mlp::draw_dropout(layers, rows, random, [&](std::size_t, std::size_t l, std::size_t, bool kept) { factors[l].push_back(kept ? 1 / (1 - layers[l].dropout) : 0); });
  return factors;
}

/// Loss and gradient of `rows` samples through a stack, compared with the reference; with dropout where the layers have it.
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
  const mlp::Random masks(1, mlp::Random::Purpose::dropout);
  mlp::Random drawn = masks;
  stack.load({x.data(), nullptr, inputs, 1.f, 0.f}, order);
  stack.drop(drawn);
  stack.forward(arena);

  mlp::ReferenceSamples samples{rows, test::exact(x), {}, dropout_factors(layers, rows, masks)};
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
  for (std::size_t rows = 1; rows <= 2 * mlp::simd::lanes<TestType> + 1; ++rows) compare<TestType, mlp::detail::SamplesInLanes<TestType>>(chain({3, 5, 1}, "tanh"), rows, "half-mse");
  compare<TestType, mlp::detail::SamplesInLanes<TestType>>(chain({1, 1}, "identity"), 6, "mse");
  compare<TestType, mlp::detail::SamplesInLanes<TestType>>(chain({5, 9, 1}, "sigmoid"), 11, "binary-cross-entropy");
}

TEMPLATE_LIST_TEST_CASE("samples in lanes: loss and gradient agree with the reference for every width", "[layers]", test::Archs) {
  for (std::size_t width = 1; width <= 9; ++width)
    for (const std::size_t rows : {1u, 10u, 30u}) {
      compare<TestType, mlp::detail::SamplesInLanes<TestType>>(chain({width, 4, 2}, "tanh"), rows, "half-mse");
      compare<TestType, mlp::detail::SamplesInLanes<TestType>>(chain({2, width, width, 1}, "tanh"), rows, "binary-cross-entropy");
    }
}

TEMPLATE_LIST_TEST_CASE("samples in lanes: learned slopes, skip edges and dropout agree with the reference", "[layers]", test::Archs) {
  using Stack = mlp::detail::SamplesInLanes<TestType>;
  for (const std::size_t rows : {1u, 5u, 8u, 33u}) {
    compare<TestType, Stack>(chain({2, 5, 3, 2}, "prelu"), rows, "cross-entropy");
    compare<TestType, Stack>(with_skip(chain({2, 4, 3, 2}, "tanh")), rows, "half-mse");
    compare<TestType, Stack>(with_skip(chain({9, 1, 3}, "sigmoid")), rows, "half-mse");
    compare<TestType, Stack>(with_dropout(chain({2, 5, 3, 1}, "tanh"), 0.3), rows, "mse");
    compare<TestType, Stack>(with_dropout(with_skip(chain({3, 6, 5, 2}, "prelu")), 0.5), rows, "mse");
  }
}

TEMPLATE_LIST_TEST_CASE("units in lanes: loss and gradient agree with the reference for every shape", "[layers]", test::Archs) {
  for (const std::size_t rows : {1u, 2u, 3u, 4u, 5u, 8u, 9u, 31u})
    compare<TestType, mlp::detail::UnitsInLanes<TestType>>(chain({13, 10, 7}, "tanh"), rows, "cross-entropy");
  for (const std::size_t units : {1u, 2u, 3u, 4u, 5u, 8u, 9u, 12u, 13u, 16u, 17u})
    compare<TestType, mlp::detail::UnitsInLanes<TestType>>(chain({6, units, 3}, "sigmoid"), 6, "half-mse");
  for (const std::size_t inputs : {1u, 2u, 3u, 4u, 5u, 7u, 8u, 9u})
    compare<TestType, mlp::detail::UnitsInLanes<TestType>>(chain({inputs, 11, 3}, "tanh"), 7, "mse");
  compare<TestType, mlp::detail::UnitsInLanes<TestType>>(chain({70, 33, 10}, "relu"), 20, "cross-entropy");
  // More inputs than a product takes up at a time.
  compare<TestType, mlp::detail::UnitsInLanes<TestType>>(chain({300, 9, 3}, "tanh"), 5, "mse");
}

TEMPLATE_LIST_TEST_CASE("units in lanes: learned slopes, skip edges and dropout agree with the reference", "[layers]", test::Archs) {
  using Stack = mlp::detail::UnitsInLanes<TestType>;
  for (const std::size_t rows : {1u, 5u, 8u, 31u}) {
    compare<TestType, Stack>(chain({40, 33, 10}, "prelu"), rows, "cross-entropy");
    compare<TestType, Stack>(with_skip(chain({40, 33, 5, 3}, "tanh")), rows, "half-mse");
    compare<TestType, Stack>(with_skip(chain({3, 7, 9}, "sigmoid")), rows, "half-mse");
    compare<TestType, Stack>(with_dropout(chain({40, 33, 10}, "tanh"), 0.3), rows, "mse");
    compare<TestType, Stack>(with_dropout(with_skip(chain({13, 18, 6, 2}, "prelu")), 0.5), rows, "mse");
  }
}

TEST_CASE("what dropout leaves out is the same in both layouts and for any chunks, and holds until the next samples are loaded", "[layers]") {
  const std::vector<LayerShape> layers = with_dropout(chain({3, 5, 4, 2}, "identity"), 0.4);
  const std::vector<float> x = test::random_values(9 * 3, 2);
  const std::vector<float> parameters = test::random_values(mlp::parameter_count(layers), 1);
  std::vector<std::uint32_t> order(9);
  std::iota(order.begin(), order.end(), 0u);
  const auto outputs_of = [&](mlp::LayerStack& stack, std::size_t chunk, bool drop) {
    mlp::Random random(3, mlp::Random::Purpose::dropout);
    mlp::simd::AlignedVector<float> arena(stack.arena_size());
    stack.pack(parameters, arena);
    std::vector<float> all;
    for (std::size_t first = 0; first < order.size(); first += chunk) {
      const auto rows = std::span(order).subspan(first, std::min(chunk, order.size() - first));
      stack.load({x.data(), nullptr, 3, 1.f, 0.f}, rows);
      if (drop) stack.drop(random);
      stack.forward(arena);
      std::vector<float> outputs(rows.size() * 2);
      stack.read_layer(2, nullptr, outputs.data());
      all.insert(all.end(), outputs.begin(), outputs.end());
    }
    return all;
  };
  mlp::detail::SamplesInLanes<mlp::simd::QuadArch> samples_in_lanes(layers);
  mlp::detail::UnitsInLanes<mlp::simd::QuadArch> units_in_lanes(layers);
  const std::vector<float> dropped = outputs_of(samples_in_lanes, 9, true);
  CHECK(outputs_of(samples_in_lanes, 4, true) == dropped);
  CHECK(outputs_of(units_in_lanes, 9, true) == dropped);
  CHECK(outputs_of(units_in_lanes, 2, true) == dropped);
  const std::vector<float> whole = outputs_of(samples_in_lanes, 9, false);
  CHECK(whole != dropped);
  CHECK(outputs_of(units_in_lanes, 9, false) == whole);
}

TEST_CASE("dropout leaves out the given fraction and scales what is kept to the same expectation", "[layers]") {
  for (const double fraction : {0.1, 0.5, 0.9}) {
    const std::vector<std::vector<double>> factors = dropout_factors(with_dropout(chain({1, 100, 1}, "identity"), fraction), 1000, mlp::Random(1, mlp::Random::Purpose::dropout));
    REQUIRE(factors[0].size() == 100000);
    CHECK(factors[1].empty());
    const auto zeros = static_cast<double>(std::count(factors[0].begin(), factors[0].end(), 0.0));
    // Five standard deviations of the binomial distribution.
    CHECK(std::fabs(zeros - 1e5 * fraction) < 5 * std::sqrt(1e5 * fraction * (1 - fraction)));
    CHECK(std::fabs(std::accumulate(factors[0].begin(), factors[0].end(), 0.0) / 1e5 - 1) < 5 * std::sqrt(fraction / (1 - fraction) / 1e5));
  }
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
  for (const std::vector<LayerShape>& layers : {chain({4, 3}, "identity"), chain({64, 20}, "identity"), chain({67, 20}, "identity")}) {
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
