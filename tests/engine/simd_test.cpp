#include "mlp/simd.hpp"

#include <bit>
#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <limits>
#include <tuple>

#include "support/archs.hpp"

namespace simd = mlp::simd;

namespace {

/// Distance of `x` from the exact value in units of float's spacing there.
double ulps(float x, double exact) {
  const auto rounded = static_cast<float>(exact);
  if (std::bit_cast<std::uint32_t>(x) == std::bit_cast<std::uint32_t>(rounded)) return 0;
  const double spacing = std::fmax(static_cast<double>(std::nextafter(std::fabs(rounded), std::numeric_limits<float>::infinity()) - std::fabs(rounded)), 0x1p-149);
  return std::fabs(static_cast<double>(x) - exact) / spacing;
}

/// The largest error over every `stride`-th float between low and high, both signs included.
template <class Function>
double worst(Function function, double (*exact)(double), float low, float high, std::uint32_t stride = 997) {
  double result = 0;
  for (const float sign : {1.f, -1.f})
    for (std::uint32_t bits = 0; bits < 0x7f800000u; bits += stride) {
      const float x = sign * std::bit_cast<float>(bits);
      if (x < low || x > high) continue;
      result = std::fmax(result, ulps(simd::single(function, x), exact(x)));
    }
  return result;
}

const float infinity = std::numeric_limits<float>::infinity();
const float quiet_nan = std::numeric_limits<float>::quiet_NaN();

}  // namespace

TEST_CASE("exp is within 2 ULP where the result is a normal number", "[simd]") {
  CHECK(worst([](auto x) { return simd::exp(x); }, std::exp, -87.3f, 88.72f) <= 2);
}

TEST_CASE("log is within 1 ULP", "[simd]") {
  CHECK(worst([](auto x) { return simd::log(x); }, std::log, std::numeric_limits<float>::min(), std::numeric_limits<float>::max()) <= 1);
}

TEST_CASE("tanh is within 6 ULP", "[simd]") {
  CHECK(worst([](auto x) { return simd::tanh(x); }, std::tanh, -30.f, 30.f) <= 6);
}

TEST_CASE("sigmoid is within 4 ULP on both tails", "[simd]") {
  CHECK(worst([](auto x) { return simd::sigmoid(x); }, [](double x) { return 1 / (1 + std::exp(-x)); }, -87.f, 87.f) <= 4);
}

TEST_CASE("softplus and erf are within a few ULP", "[simd]") {
  CHECK(worst([](auto x) { return simd::erf(x); }, std::erf, -6.f, 6.f) <= 4);
  CHECK(worst([](auto x) { return simd::softplus(x); }, [](double x) { return std::fmax(x, 0.0) + std::log1p(std::exp(-std::fabs(x))); }, -80.f, 80.f) <= 4);
}

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

TEST_CASE("limits of exp and tanh are exact and NaN is not hidden", "[simd]") {
  const auto exp = [](float x) { return simd::single([](auto v) { return simd::exp(v); }, x); };
  CHECK(exp(0.f) == 1.f);
  CHECK(exp(-infinity) == 0.f);
  CHECK(exp(infinity) == infinity);
  CHECK(exp(100.f) == infinity);
  CHECK(std::isnan(exp(quiet_nan)));
  const auto tanh = [](float x) { return simd::single([](auto v) { return simd::tanh(v); }, x); };
  CHECK(tanh(infinity) == tanh(50.f));
  CHECK(std::fabs(tanh(50.f) - 1.f) <= 3.6e-7f);
  CHECK(std::isnan(tanh(quiet_nan)));
  CHECK(std::isnan(simd::single([](auto v) { return simd::sigmoid(v); }, quiet_nan)));
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
