#include "mlp/random.hpp"

#include "mlp/simd.hpp"

namespace mlp {

Random::Random(std::uint32_t seed, Purpose purpose) noexcept : increment_((static_cast<std::uint64_t>(purpose) << 1u) | 1u) {
  next();
  state_ += seed;
  next();
}

float Random::normal() noexcept {
  // 1 - u lies in (0, 1], so the logarithm is finite.
  const float radius = simd::single([](auto x) { return simd::sqrt(-simd::log(x) * 2.f); }, 1.f - uniform());
  const float angle = simd::single([](auto x) { return simd::cos(x); }, uniform() * 6.283185307f);
  return radius * angle;
}

std::array<std::uint32_t, 4> Random::state() const noexcept {
  return {static_cast<std::uint32_t>(state_), static_cast<std::uint32_t>(state_ >> 32u), static_cast<std::uint32_t>(increment_),
          static_cast<std::uint32_t>(increment_ >> 32u)};
}

void Random::set_state(const std::array<std::uint32_t, 4>& words) noexcept {
  state_ = words[0] | static_cast<std::uint64_t>(words[1]) << 32u;
  increment_ = words[2] | static_cast<std::uint64_t>(words[3]) << 32u;
}

}  // namespace mlp
