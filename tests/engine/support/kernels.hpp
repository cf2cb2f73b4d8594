// What the tests of elementwise kernels share: sizes worth trying, and arrays whose surroundings are watched.
#pragma once

#include <algorithm>
#include <vector>

#include "mlp/operation.hpp"
#include "mlp/simd.hpp"

namespace test {

/// `n` floats with sentinels before and after them.
class Guarded {
 public:
  explicit Guarded(std::size_t n, float value = 0) : n_(n), values_(n + 2 * margin, sentinel) { std::fill_n(data(), n, value); }
  float* data() { return values_.data() + margin; }
  float& operator[](std::size_t i) { return values_[margin + i]; }
  bool untouched() const {
    const auto is_sentinel = [](float x) { return x == sentinel; };
    return std::all_of(values_.begin(), values_.begin() + margin, is_sentinel) && std::all_of(values_.end() - margin, values_.end(), is_sentinel) && values_.size() == n_ + 2 * margin;
  }

 private:
  static constexpr std::ptrdiff_t margin = 17;  // odd, so that data() is not aligned
  static constexpr float sentinel = 12345.f;
  std::size_t n_;
  std::vector<float> values_;
};

/// The entry with its fallbacks, and once more with every hyperparameter at the middle of its range.
inline std::vector<mlp::Operation> settings_of(std::span<const mlp::OperationInfo* const> table, std::size_t index) {
  std::vector<mlp::Operation> settings{mlp::default_operation(table, index)};
  if (table[index]->parameters.empty()) return settings;
  settings.push_back(settings[0]);
  for (std::size_t i = 0; i < table[index]->parameters.size(); ++i) {
    const mlp::Hyperparameter& p = table[index]->parameters[i];
    settings[1].values[i] = p.scale == mlp::Scale::toggle ? 1 : 0.5 * (p.minimum + p.maximum);
  }
  return settings;
}

}  // namespace test
