#include "mlp/dataset.hpp"

#include <numeric>

#include "mlp/simd.hpp"
#include "table.hpp"

namespace mlp {
namespace datasets {

float sine(float x) noexcept { return simd::single([](auto v) { return simd::sin(v); }, x); }
float cosine(float x) noexcept { return simd::single([](auto v) { return simd::cos(v); }, x); }
float exponential(float x) noexcept { return simd::single([](auto v) { return simd::exp(v); }, x); }
float root(float x) noexcept { return simd::single([](auto v) { return simd::sqrt(v); }, x); }

void add(Points& points, float x1, float x2, std::size_t label) {
  points.inputs.push_back(std::clamp(x1, -domain, domain));
  points.inputs.push_back(std::clamp(x2, -domain, domain));
  points.labels.push_back(static_cast<std::uint32_t>(label));
}

void add_graph(Generation& g, Points& points, Interval inputs, std::size_t dimensions, float (*f)(float, float), float spread) {
  for (std::size_t i = 0; i < g.samples; ++i) {
    float x[2] = {0.f, 0.f};
    for (std::size_t d = 0; d < dimensions; ++d) points.inputs.push_back(x[d] = g.data.uniform(inputs.low, inputs.high));
    points.targets.push_back(f(x[0], x[1]) + g.jitter.normal() * (spread * g.noise));
  }
}

void add_to_spiral(Generation& g, Points& points, std::size_t i, std::size_t n, std::size_t arm, std::size_t arms, std::size_t label) {
  const float t = static_cast<float>(i) / static_cast<float>(n);
  const float r = 5.f * t;
  const float angle = 1.75f * two_pi * t + two_pi * static_cast<float>(arm) / static_cast<float>(arms);
  const float x1 = r * sine(angle) + g.jitter.uniform(-1.f, 1.f) * g.noise;
  const float x2 = r * cosine(angle) + g.jitter.uniform(-1.f, 1.f) * g.noise;
  add(points, x1, x2, label);
}

}  // namespace datasets

std::span<const OperationInfo* const> dataset_table() noexcept { return detail::Table<Datasets>::infos; }

DatasetFacts dataset_facts(std::size_t index) noexcept {
  static constexpr auto facts = detail::Table<Datasets>::map([]<class Op>() { return DatasetFacts{Op::task, Op::dimensions, Op::domain, Op::rows, Op::samples, Op::test_fraction}; });
  return facts[index];
}

std::size_t dataset_classes(const Operation& dataset) noexcept {
  static constexpr auto classes = detail::Table<Datasets>::map([]<class Op>() { return &Op::classes; });
  return classes[dataset.index](dataset.values);
}

Points generate(const Operation& dataset, std::size_t samples, double noise, std::uint32_t seed) {
  static constexpr auto generators = detail::Table<Datasets>::map([]<class Op>() { return &Op::generate; });
  Generation generation{samples, static_cast<float>(noise), dataset.values, Random(seed, Random::Purpose::data), Random(seed, Random::Purpose::noise)};
  Points ordered;
  generators[dataset.index](generation, ordered);
  const DatasetFacts facts = dataset_facts(dataset.index);
  if (facts.rows > 0) return ordered;

  // Generators go round the classes; a drawn order keeps batches taken in sequence from seeing that.
  std::vector<std::uint32_t> order(samples);
  std::iota(order.begin(), order.end(), 0u);
  generation.data.shuffle(std::span(order));
  Points points;
  points.inputs.reserve(ordered.inputs.size());
  for (const std::uint32_t i : order) {
    for (std::size_t d = 0; d < facts.dimensions; ++d) points.inputs.push_back(ordered.inputs[i * facts.dimensions + d]);
    if (!ordered.labels.empty()) points.labels.push_back(ordered.labels[i]);
    if (!ordered.targets.empty()) points.targets.push_back(ordered.targets[i]);
  }
  return points;
}

void add_label_noise(std::span<std::uint32_t> labels, std::size_t classes, double probability, std::uint32_t seed) {
  if (probability == 0) return;
  Random random(seed, Random::Purpose::label_noise);
  const auto count = static_cast<std::uint32_t>(classes);
  for (std::uint32_t& label : labels) {
    const bool changes = static_cast<double>(random.uniform()) < probability;
    const std::uint32_t step = 1 + random.below(count - 1);
    if (changes) label = (label + step) % count;
  }
}

}  // namespace mlp
