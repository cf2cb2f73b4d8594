// Random small problems that several tests share.
#pragma once

#include <vector>

#include "mlp/network.hpp"
#include "mlp/random.hpp"
#include "mlp/reference.hpp"

namespace test {

inline std::vector<float> random_values(std::size_t n, std::uint32_t seed, float scale = 1.f) {
  mlp::Random random(seed, mlp::Random::Purpose::data);
  std::vector<float> values(n);
  for (float& v : values) v = random.uniform(-scale, scale);
  return values;
}

inline mlp::Operation operation(std::span<const mlp::OperationInfo* const> table, std::string_view id) {
  return mlp::default_operation(table, mlp::find_operation(table, id));
}

inline std::vector<double> exact(std::span<const float> values) { return {values.begin(), values.end()}; }

}  // namespace test
