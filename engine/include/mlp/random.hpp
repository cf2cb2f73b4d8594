// The engine's own random numbers: the same sequence on every platform, which <random>'s distributions do not promise.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <utility>

namespace mlp {

/// PCG-XSH-RR 64/32 (M. O'Neill, "PCG: A Family of Simple Fast Space-Efficient Statistically Good Algorithms", 2014).
/// A regular value: copying it copies the state.
class Random {
 public:
  /// What a sequence is used for. Sequences of one seed and different purposes are independent.
  enum class Purpose : std::uint32_t { data = 1, noise = 2, split = 3, initialization = 4, sampling = 5, dropout = 6, label_noise = 7 };

  explicit Random(std::uint32_t seed, Purpose purpose) noexcept;

  std::uint32_t next() noexcept {
    const std::uint64_t old = state_;
    state_ = old * 6364136223846793005ull + increment_;
    const auto shifted = static_cast<std::uint32_t>(((old >> 18u) ^ old) >> 27u);
    const auto rotation = static_cast<std::uint32_t>(old >> 59u);
    return (shifted >> rotation) | (shifted << ((32u - rotation) & 31u));
  }

  /// Uniform in [0, 1), a multiple of 2^-24.
  float uniform() noexcept { return static_cast<float>(next() >> 8) * 0x1p-24f; }

  /// Uniform in [low, high).
  float uniform(float low, float high) noexcept { return low + (high - low) * uniform(); }

  /// Uniform in {0, …, bound - 1} without bias (D. Lemire, "Fast Random Integer Generation in an Interval", 2019).
  /// Requires: bound > 0.
  std::uint32_t below(std::uint32_t bound) noexcept {
    std::uint64_t product = static_cast<std::uint64_t>(next()) * bound;
    while (static_cast<std::uint32_t>(product) < bound && static_cast<std::uint32_t>(product) < (0u - bound) % bound)
      product = static_cast<std::uint64_t>(next()) * bound;
    return static_cast<std::uint32_t>(product >> 32u);
  }

  /// Standard normal (Box-Muller, one of the pair).
  float normal() noexcept;

  /// Fisher-Yates.
  template <class T>
  void shuffle(std::span<T> items) noexcept {
    for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[below(static_cast<std::uint32_t>(i))]);
  }

  /// The complete state, for snapshots.
  std::array<std::uint32_t, 4> state() const noexcept;
  void set_state(const std::array<std::uint32_t, 4>& words) noexcept;

  bool operator==(const Random&) const = default;

 private:
  std::uint64_t state_ = 0;
  std::uint64_t increment_ = 0;
};

}  // namespace mlp
