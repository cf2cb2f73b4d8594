#include "mlp/random.hpp"

#include <algorithm>
#include <array>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <cmath>
#include <numeric>
#include <set>
#include <vector>

using Catch::Matchers::WithinAbs;
using mlp::Random;

namespace {

std::vector<std::uint32_t> numbers(Random random, std::size_t n = 16) {
  std::vector<std::uint32_t> result;
  for (std::size_t i = 0; i < n; ++i) result.push_back(random.next());
  return result;
}

}  // namespace

TEST_CASE("the generator is PCG32: its author's first six numbers for seed 42, stream 54", "[random]") {
  const std::vector<std::uint32_t> expected{0xa15c02b7u, 0x7b47f409u, 0xba1d3330u, 0x83d2f293u, 0xbfa4784bu, 0xcbed606eu};
  CHECK(numbers(Random(42, static_cast<Random::Purpose>(54)), 6) == expected);
}

TEST_CASE("one seed and purpose give one sequence, any other seed or purpose another", "[random]") {
  CHECK(numbers(Random(7, Random::Purpose::data)) == numbers(Random(7, Random::Purpose::data)));
  std::set<std::vector<std::uint32_t>> sequences;
  for (const auto purpose : {Random::Purpose::data, Random::Purpose::noise, Random::Purpose::split, Random::Purpose::initialization, Random::Purpose::sampling})
    for (const std::uint32_t seed : {0u, 1u, 2u, 4294967295u}) sequences.insert(numbers(Random(seed, purpose)));
  CHECK(sequences.size() == 20);
}

TEST_CASE("uniform numbers lie in [0, 1), on multiples of 2^-24, with the moments of the distribution", "[random]") {
  Random random(1, Random::Purpose::data);
  constexpr int n = 100000;
  double sum = 0, squares = 0;
  bool inside = true, exact = true;
  for (int i = 0; i < n; ++i) {
    const float x = random.uniform();
    inside = inside && x >= 0 && x < 1;
    exact = exact && x * 0x1p24f == std::floor(x * 0x1p24f);
    sum += static_cast<double>(x);
    squares += static_cast<double>(x) * static_cast<double>(x);
  }
  CHECK(inside);
  CHECK(exact);
  CHECK_THAT(sum / n, WithinAbs(0.5, 0.005));
  CHECK_THAT(squares / n, WithinAbs(1.0 / 3, 0.005));
  for (int i = 0; i < 1000; ++i) {
    const float x = random.uniform(-3.f, -1.f);
    REQUIRE((x >= -3 && x < -1));
  }
}

TEST_CASE("below is unbiased for every bound, also where most of the range has to be rejected", "[random]") {
  Random random(2, Random::Purpose::data);
  for (int i = 0; i < 20; ++i) CHECK(random.below(1) == 0);
  for (const std::uint32_t bound : {2u, 3u, 10u, 97u}) {
    CAPTURE(bound);
    const std::uint32_t draws = 2000 * bound;
    std::vector<double> counts(bound);
    for (std::uint32_t i = 0; i < draws; ++i) {
      const std::uint32_t x = random.below(bound);
      REQUIRE(x < bound);
      ++counts[x];
    }
    double chi_square = 0;
    for (const double c : counts) chi_square += (c - 2000) * (c - 2000) / 2000;
    // Mean bound - 1, variance twice that.
    CHECK(chi_square < bound - 1 + 6 * std::sqrt(2.0 * bound));
  }
  // 2^32 draws do not divide into 3 * 2^30 numbers: without rejection every third number would come twice as often.
  constexpr std::uint32_t bound = 3u << 30u;
  int thirds = 0;
  for (int i = 0; i < 30000; ++i) thirds += random.below(bound) % 3 == 0 ? 1 : 0;
  CHECK(std::abs(thirds - 10000) < 500);
}

TEST_CASE("normal numbers are finite and have the first four moments of the distribution", "[random]") {
  Random random(3, Random::Purpose::data);
  constexpr int n = 50000;
  std::array<double, 5> moments{};
  bool finite = true;
  for (int i = 0; i < n; ++i) {
    const double x = random.normal();
    finite = finite && std::isfinite(x);
    for (std::size_t k = 1; k < moments.size(); ++k) moments[k] += std::pow(x, static_cast<double>(k)) / n;
  }
  CHECK(finite);
  CHECK_THAT(moments[1], WithinAbs(0, 0.03));
  CHECK_THAT(moments[2], WithinAbs(1, 0.04));
  CHECK_THAT(moments[3], WithinAbs(0, 0.1));
  CHECK_THAT(moments[4], WithinAbs(3, 0.3));
}

TEST_CASE("shuffle keeps the items and gives every item every place equally often", "[random]") {
  Random random(4, Random::Purpose::split);
  constexpr std::size_t n = 5;
  constexpr int rounds = 10000;
  std::array<std::array<int, n>, n> counts{};
  for (int round = 0; round < rounds; ++round) {
    std::array<std::size_t, n> items{};
    std::iota(items.begin(), items.end(), std::size_t{0});
    random.shuffle(std::span<std::size_t>(items));
    for (std::size_t place = 0; place < n; ++place) ++counts[items[place]][place];
    std::sort(items.begin(), items.end());
    for (std::size_t i = 0; i < n; ++i) REQUIRE(items[i] == i);
  }
  for (const auto& item : counts)
    for (const int count : item) CHECK(std::abs(count - rounds / static_cast<int>(n)) < 250);
  const Random before = random;
  std::array<int, 1> one{8};
  random.shuffle(std::span<int>(one));
  random.shuffle(std::span<int>());
  CHECK(random == before);
}

TEST_CASE("a generator set to another's state goes on as that one does", "[random]") {
  Random a(5, Random::Purpose::sampling);
  for (int i = 0; i < 10; ++i) a.next();
  Random b(6, Random::Purpose::data);
  CHECK_FALSE(a == b);
  b.set_state(a.state());
  CHECK(a == b);
  CHECK(numbers(a) == numbers(b));
}
