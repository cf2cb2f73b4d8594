#include "mlp/dataset.hpp"

#include <numeric>

#include "table.hpp"

namespace mlp {

std::span<const OperationInfo* const> dataset_table() noexcept { return detail::Table<Datasets>::infos; }

DatasetFacts dataset_facts(std::size_t index) noexcept {
  static constexpr auto facts = detail::Table<Datasets>::map([]<class Op>() { return DatasetFacts{Op::task, Op::dimensions}; });
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

  // Generators go round the classes; a drawn order keeps batches taken in sequence from seeing that.
  std::vector<std::uint32_t> order(samples);
  std::iota(order.begin(), order.end(), 0u);
  generation.data.shuffle(std::span(order));
  const std::size_t dimensions = dataset_facts(dataset.index).dimensions;
  Points points;
  points.inputs.reserve(ordered.inputs.size());
  for (const std::uint32_t i : order) {
    for (std::size_t d = 0; d < dimensions; ++d) points.inputs.push_back(ordered.inputs[i * dimensions + d]);
    if (!ordered.labels.empty()) points.labels.push_back(ordered.labels[i]);
    if (!ordered.targets.empty()) points.targets.push_back(ordered.targets[i]);
  }
  return points;
}

}  // namespace mlp
