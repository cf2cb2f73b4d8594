#include "mlp/simd.hpp"

#include <algorithm>
#include <bit>
#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <cstdint>
#include <limits>
#include <tuple>

#include "support/archs.hpp"

namespace simd = mlp::simd;

namespace {

/// Distance of `x` from the exact value in units of float's spacing there. Infinity counts as the power of two after the last float.
double ulps(float x, double exact) {
  const auto rounded = static_cast<float>(exact);
  if (std::bit_cast<std::uint32_t>(x) == std::bit_cast<std::uint32_t>(rounded)) return 0;
  if (std::isnan(x) || std::isnan(rounded) || (std::isinf(exact) && !std::isinf(x))) return std::numeric_limits<double>::infinity();
  const double found = std::isinf(x) ? std::copysign(0x1p128, static_cast<double>(x)) : static_cast<double>(x);
  if (exact == 0) return found == 0 ? 0 : std::fabs(found) / 0x1p-149;  // either sign of zero is zero
  return std::fabs(found - exact) / std::ldexp(1.0, std::clamp(std::ilogb(exact), -126, 127) - 23);
}

/// An elementary function on a full batch, what it should give, and the bound that it keeps.
struct Elementary {
  const char* name;
  simd::Batch<> (*function)(const simd::Batch<>&);
  double (*exact)(double);
  double bound;
  float low, high;  // where the bound holds; all finite floats unless said otherwise
};

constexpr float largest = std::numeric_limits<float>::max();

double exact_sigmoid(double x) { return 1 / (1 + std::exp(-x)); }
double exact_softplus(double x) { return std::fmax(x, 0.0) + std::log1p(std::exp(-std::fabs(x))); }

const Elementary elementary[] = {
    {"exp", [](const simd::Batch<>& x) { return simd::exp(x); }, std::exp, 2, -largest, largest},
    {"log", [](const simd::Batch<>& x) { return simd::log(x); }, std::log, 2, 0, largest},
    {"tanh", [](const simd::Batch<>& x) { return simd::tanh(x); }, std::tanh, 4, -largest, largest},
    {"sigmoid", [](const simd::Batch<>& x) { return simd::sigmoid(x); }, exact_sigmoid, 4, -largest, largest},
    {"softplus", [](const simd::Batch<>& x) { return simd::softplus(x); }, exact_softplus, 4, -80, 80},
    {"erf", [](const simd::Batch<>& x) { return simd::erf(x); }, std::erf, 4, -6, 6},
};

struct Worst {
  double error = 0;
  float at = 0;
};

/// The largest error over every `stride`-th finite float of either sign.
Worst worst(const Elementary& f, std::uint64_t stride) {
  constexpr std::size_t lanes = simd::lanes<>;
  Worst result;
  float x[lanes], y[lanes];
  std::size_t filled = 0;
  const auto evaluate = [&] {
    std::fill(x + filled, x + lanes, 1.f);
    simd::store<simd::Arch>(y, f.function(simd::load<simd::Arch>(x)));
    for (std::size_t i = 0; i < filled; ++i)
      if (const double error = ulps(y[i], f.exact(static_cast<double>(x[i]))); !(error <= result.error)) result = {error, x[i]};
    filled = 0;
  };
  for (const float sign : {1.f, -1.f})
    for (std::uint64_t bits = 0; bits < 0x7f800000u; bits += stride) {
      const float candidate = sign * std::bit_cast<float>(static_cast<std::uint32_t>(bits));
      if (candidate < f.low || candidate > f.high) continue;
      x[filled++] = candidate;
      if (filled == lanes) evaluate();
    }
  evaluate();
  return result;
}

const float infinity = std::numeric_limits<float>::infinity();
const float quiet_nan = std::numeric_limits<float>::quiet_NaN();

}  // namespace

TEST_CASE("elementary functions keep their bounds in ULP", "[simd]") {
  for (const Elementary& f : elementary) {
    const auto [error, at] = worst(f, 997);
    CAPTURE(f.name, at, error);
    CHECK(error <= f.bound);
  }
}

// Every float there is, some minutes; prints the errors. Run as: mlp_tests "[sweep]"
TEST_CASE("elementary functions keep their bounds in ULP for every finite float", "[.][sweep]") {
  for (const Elementary& f : elementary) {
    const auto [error, at] = worst(f, 1);
    WARN(f.name << ": " << error << " ULP at " << at);
    CHECK(error <= f.bound);
  }
}

#if !defined(MLP_FAST)
TEMPLATE_LIST_TEST_CASE("elementary functions give the same bits on every architecture", "[simd]", test::Archs) {
  using Own = simd::Batch<>;
  using Other = simd::Batch<TestType>;
  const auto first = []<class A>(const simd::Batch<A>& x) {
    float lane[simd::lanes<A>];
    simd::store<A>(lane, x);
    return std::bit_cast<std::uint32_t>(lane[0]);
  };
  const auto compare = [&](const char* name, auto function) {
    for (const float sign : {1.f, -1.f})
      for (std::uint64_t bits = 0; bits < 0x7f800000u; bits += 65537) {
        const float x = sign * std::bit_cast<float>(static_cast<std::uint32_t>(bits));
        const std::uint32_t own = first(function(Own(x))), other = first(function(Other(x)));
        if (own == other || (std::isnan(std::bit_cast<float>(own)) && std::isnan(std::bit_cast<float>(other)))) continue;
        CAPTURE(name, x);
        REQUIRE(own == other);
      }
  };
  compare("exp", [](auto x) { return simd::exp(x); });
  compare("expm1", [](auto x) { return simd::expm1(x); });
  compare("log", [](auto x) { return simd::log(x); });
  compare("log1p", [](auto x) { return simd::log1p(x); });
  compare("erf", [](auto x) { return simd::erf(x); });
  compare("sin", [](auto x) { return simd::sin(x); });
  compare("cos", [](auto x) { return simd::cos(x); });
  compare("tanh", [](auto x) { return simd::tanh(x); });
  compare("sigmoid", [](auto x) { return simd::sigmoid(x); });
  compare("softplus", [](auto x) { return simd::softplus(x); });
}
#endif

TEST_CASE("sine and cosine are within 2e-7 for arguments up to 8192, bounded beyond, and NaN is not hidden", "[simd]") {
  const auto sine = [](float x) { return simd::single([](auto v) { return simd::sin(v); }, x); };
  const auto cosine = [](float x) { return simd::single([](auto v) { return simd::cos(v); }, x); };
  double sine_error = 0;
  double cosine_error = 0;
  for (int i = -400000; i <= 400000; ++i) {
    const float x = static_cast<float>(i) * 0.02048f;
    sine_error = std::fmax(sine_error, std::fabs(static_cast<double>(sine(x)) - std::sin(static_cast<double>(x))));
    cosine_error = std::fmax(cosine_error, std::fabs(static_cast<double>(cosine(x)) - std::cos(static_cast<double>(x))));
  }
  CHECK(sine_error <= 2e-7);
  CHECK(cosine_error <= 2e-7);
  CHECK(sine(0.f) == 0.f);
  CHECK(cosine(0.f) == 1.f);
  for (const float x : {1e5f, 1e6f, 1e7f, 1e20f, 3e38f}) {
    CHECK(std::fabs(sine(x)) <= 1.0001f);
    CHECK(std::fabs(cosine(x)) <= 1.0001f);
  }
  CHECK(std::isnan(sine(infinity)));
  CHECK(std::isnan(cosine(quiet_nan)));
}

TEST_CASE("tanh never passes 1 on its way there, and is odd in every bit", "[simd]") {
  constexpr std::size_t lanes = simd::lanes<>;
  float x[lanes], y[lanes], mirrored[lanes];
  float largest_value = 0;
  bool odd = true;
  for (auto bits = std::bit_cast<std::uint32_t>(6.f); bits < std::bit_cast<std::uint32_t>(9.25f); bits += lanes) {
    for (std::size_t i = 0; i < lanes; ++i) x[i] = std::bit_cast<float>(static_cast<std::uint32_t>(bits + i));
    simd::store<simd::Arch>(y, simd::tanh(simd::load<simd::Arch>(x)));
    simd::store<simd::Arch>(mirrored, simd::tanh(-simd::load<simd::Arch>(x)));
    for (std::size_t i = 0; i < lanes; ++i) {
      largest_value = std::fmax(largest_value, y[i]);
      odd = odd && mirrored[i] == -y[i];
    }
  }
  CHECK(largest_value == 1.f);
  CHECK(odd);
}

TEST_CASE("limits of exp, log, tanh and sigmoid are exact and NaN is not hidden", "[simd]") {
  const auto exp = [](float x) { return simd::single([](auto v) { return simd::exp(v); }, x); };
  CHECK(exp(0.f) == 1.f);
  CHECK(exp(-infinity) == 0.f);
  CHECK(exp(infinity) == infinity);
  CHECK(exp(100.f) == infinity);
  CHECK(std::isnan(exp(quiet_nan)));
  const auto tanh = [](float x) { return simd::single([](auto v) { return simd::tanh(v); }, x); };
  for (const float x : {9.4f, 50.f, 1e30f, infinity}) {
    CHECK(tanh(x) == 1.f);
    CHECK(tanh(-x) == -1.f);
  }
  CHECK(std::signbit(tanh(-0.f)));
  CHECK_FALSE(std::signbit(tanh(0.f)));
  CHECK(std::isnan(tanh(quiet_nan)));
  const auto sigmoid = [](float x) { return simd::single([](auto v) { return simd::sigmoid(v); }, x); };
  CHECK(sigmoid(0.f) == 0.5f);
  CHECK(sigmoid(infinity) == 1.f);
  CHECK(sigmoid(-infinity) == 0.f);
  CHECK(std::isnan(sigmoid(quiet_nan)));
  const auto log = [](float x) { return simd::single([](auto v) { return simd::log(v); }, x); };
  CHECK(log(1.f) == 0.f);
  CHECK(log(0.f) == -infinity);
  CHECK(log(infinity) == infinity);
  CHECK(std::isnan(log(-1.f)));
  CHECK(std::isnan(log(quiet_nan)));
}

TEMPLATE_LIST_TEST_CASE("max and min keep a NaN that stands first, and the sign of zero", "[simd]", test::Archs) {
  using F = simd::Batch<TestType>;
  const auto first = [](const F& x) {
    float lane[simd::lanes<TestType>];
    simd::store<TestType>(lane, x);
    return lane[0];
  };
  CHECK(std::isnan(first(simd::max(F(quiet_nan), F(0.f)))));
  CHECK(std::isnan(first(simd::min(F(quiet_nan), F(0.f)))));
  CHECK(std::signbit(first(simd::max(F(-0.f), F(0.f)))));
  CHECK_FALSE(std::signbit(first(simd::min(F(0.f), F(-0.f)))));
  CHECK(first(simd::max(F(1.f), F(2.f))) == 2.f);
  CHECK(first(simd::min(F(1.f), F(2.f))) == 1.f);
}

TEMPLATE_LIST_TEST_CASE("the sum of the lanes is pairwise in lane order", "[simd]", test::Archs) {
  constexpr std::size_t lanes = simd::lanes<TestType>;
  float lane[lanes];
  for (std::size_t i = 0; i < lanes; ++i) lane[i] = i == 0 ? 1e8f : static_cast<float>(i);
  float expected[lanes];
  std::copy(lane, lane + lanes, expected);
  for (std::size_t n = lanes; n > 1; n /= 2)
    for (std::size_t i = 0; i < n / 2; ++i) expected[i] = expected[2 * i] + expected[2 * i + 1];
  CHECK(simd::sum<TestType>(simd::load<TestType>(lane)) == expected[0]);
}

TEMPLATE_LIST_TEST_CASE("ones marks the first lanes and sign has three values", "[simd]", test::Archs) {
  constexpr std::size_t lanes = simd::lanes<TestType>;
  for (std::size_t count = 0; count <= lanes; ++count) {
    float lane[lanes];
    simd::store<TestType>(lane, simd::ones<TestType>(count));
    for (std::size_t i = 0; i < lanes; ++i) CHECK(lane[i] == (i < count ? 1.f : 0.f));
  }
  float lane[lanes];
  for (const float x : {-3.f, 0.f, 5.f}) {
    simd::store<TestType>(lane, simd::sign(simd::Batch<TestType>(x)));
    CHECK(lane[0] == (x > 0 ? 1.f : x < 0 ? -1.f : 0.f));
  }
}

TEST_CASE("comparisons and isnan work: no flag of the build hides NaN", "[simd]") {
  volatile float x = quiet_nan;
  CHECK(std::isnan(x));
  CHECK_FALSE(x == x);
  const simd::Batch<> b(x);
  float lane[simd::lanes<>];
  simd::store<simd::Arch>(lane, simd::select(b == b, simd::Batch<>(1.f), simd::Batch<>(2.f)));
  CHECK(lane[0] == 2.f);
}
