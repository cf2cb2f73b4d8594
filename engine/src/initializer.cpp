#include "mlp/initializer.hpp"

#include "table.hpp"

namespace mlp {

std::span<const OperationInfo* const> initializer_table() noexcept { return detail::Table<Initializers>::infos; }

void initialize(const Operation& initializer, Random& random, const LayerParameters& layer) {
  static constexpr auto fills = detail::Table<Initializers>::map([]<class Op>() { return &Op::fill; });
  for (float& b : layer.biases) b = 0;
  fills[initializer.index](random, layer, initializer.values);
}

}  // namespace mlp
