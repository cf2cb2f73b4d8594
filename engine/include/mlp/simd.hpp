// The only file that includes xsimd: the architecture, its batch of floats, and the mathematics that operations may use.
// Every function exists twice, for a batch (the product) and for double (the oracle), under one name, so that the body of
// an operation is written once. Batch functions give the same bits on every 128-bit architecture: no fused multiply-add
// unless MLP_FAST is defined, no horizontal sum of xsimd's, and no function of the platform's C library.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>
#include <vector>

#include <xsimd/xsimd.hpp>
#if defined(__wasm_simd128__)
#include <wasm_simd128.h>
#endif

namespace mlp::simd {

#if XSIMD_WITH_EMULATED
/// A width without hardware behind it, for tests.
template <std::size_t Bits>
using Emulated = xsimd::emulated<Bits>;
#endif

#if defined(MLP_ARCH_EMULATED)
using Arch = xsimd::emulated<128>;
#else
using Arch = xsimd::default_arch;
#endif

/// The 128-bit architecture beside Arch: Arch itself where it has four lanes.
#if defined(MLP_ARCH_EMULATED) || !defined(__AVX__)
using QuadArch = Arch;
#elif defined(__FMA__)
using QuadArch = xsimd::fma3<xsimd::sse4_2>;
#else
using QuadArch = xsimd::sse4_2;
#endif

template <class A = Arch>
using Batch = xsimd::batch<float, A>;

template <class A = Arch>
inline constexpr std::size_t lanes = Batch<A>::size;

/// Alignment in bytes of every buffer of the engine; a cache line, and enough for any architecture.
inline constexpr std::size_t alignment = 64;

template <class T>
using AlignedVector = std::vector<T, xsimd::aligned_allocator<T, alignment>>;

/// The smallest multiple of `step` that is at least n.
constexpr std::size_t round_up(std::size_t n, std::size_t step) noexcept { return (n + step - 1) / step * step; }

/// Rows and columns are padded to this many floats, so that one layout serves every 128-bit architecture and fits wider ones.
inline constexpr std::size_t padding = lanes<> > 4 ? lanes<> : 4;

template <class V>
struct ScalarOf { using type = float; };
template <>
struct ScalarOf<double> { using type = double; };

/// A constant of the value type V, rounded once from double.
template <class V>
inline V constant(double x) noexcept { return V(static_cast<typename ScalarOf<V>::type>(x)); }

template <class A>
inline Batch<A> load(const float* p) noexcept { return Batch<A>::load_unaligned(p); }
/// Bytes as floats.
template <class A>
inline Batch<A> load(const std::uint8_t* p) noexcept {
#if defined(__wasm_simd128__)
  if constexpr (std::is_same_v<A, xsimd::wasm>)
    return Batch<A>(wasm_f32x4_convert_u32x4(wasm_u32x4_extend_low_u16x8(wasm_u16x8_extend_low_u8x16(wasm_v128_load32_zero(p)))));
#endif
  float lane[lanes<A>];
  for (std::size_t i = 0; i < lanes<A>; ++i) lane[i] = static_cast<float>(p[i]);
  return Batch<A>::load_unaligned(lane);
}
/// One number of each of as many rows as there are lanes.
template <class A, class T>
inline Batch<A> gather(const T* const (&rows)[lanes<A>], std::size_t column) noexcept {
  if constexpr (lanes<A> == 4) {
    return Batch<A>(static_cast<float>(rows[0][column]), static_cast<float>(rows[1][column]), static_cast<float>(rows[2][column]), static_cast<float>(rows[3][column]));
  } else {
    float lane[lanes<A>];
    for (std::size_t i = 0; i < lanes<A>; ++i) lane[i] = static_cast<float>(rows[i][column]);
    return Batch<A>::load_unaligned(lane);
  }
}
template <class A>
inline void store(float* p, const Batch<A>& x) noexcept { x.store_unaligned(p); }

/// Rows become columns, in a square of vectors.
template <class A>
inline void transpose(Batch<A> (&rows)[lanes<A>]) noexcept { xsimd::transpose(rows, rows + lanes<A>); }

/// a * b + c. Two roundings in the reproducible build; fused where MLP_FAST allows it and the machine has it.
template <class A>
inline Batch<A> multiply_add(const Batch<A>& a, const Batch<A>& b, const Batch<A>& c) noexcept {
#if defined(MLP_FAST) && defined(__wasm_relaxed_simd__)
  if constexpr (std::is_same_v<A, xsimd::wasm>) return Batch<A>(wasm_f32x4_relaxed_madd(a.data, b.data, c.data));
#elif defined(MLP_FAST)
  return xsimd::fma(a, b, c);
#endif
  return a * b + c;
}
inline double multiply_add(double a, double b, double c) noexcept { return a * b + c; }

template <class A>
inline Batch<A> select(const xsimd::batch_bool<float, A>& condition, const Batch<A>& yes, const Batch<A>& no) noexcept {
  return xsimd::select(condition, yes, no);
}
inline double select(bool condition, double yes, double no) noexcept { return condition ? yes : no; }

/// a < b ? b : a. A NaN in `a` stays, and so does the sign of a zero in `a`: the value that may be bad goes first.
template <class A>
inline Batch<A> max(const Batch<A>& a, const Batch<A>& b) noexcept {
#if defined(__wasm_simd128__)
  if constexpr (std::is_same_v<A, xsimd::wasm>) return Batch<A>(wasm_f32x4_pmax(a.data, b.data));
#endif
  return xsimd::select(a < b, b, a);
}
inline double max(double a, double b) noexcept { return a < b ? b : a; }

/// b < a ? b : a; NaN and zero as in max.
template <class A>
inline Batch<A> min(const Batch<A>& a, const Batch<A>& b) noexcept {
#if defined(__wasm_simd128__)
  if constexpr (std::is_same_v<A, xsimd::wasm>) return Batch<A>(wasm_f32x4_pmin(a.data, b.data));
#endif
  return xsimd::select(b < a, b, a);
}
inline double min(double a, double b) noexcept { return b < a ? b : a; }

template <class A>
inline Batch<A> abs(const Batch<A>& x) noexcept { return xsimd::abs(x); }
inline double abs(double x) noexcept { return std::fabs(x); }

template <class A>
inline Batch<A> sqrt(const Batch<A>& x) noexcept { return xsimd::sqrt(x); }
inline double sqrt(double x) noexcept { return std::sqrt(x); }

/// Sign as -1, 0 or 1.
template <class V>
inline V sign(const V& x) noexcept {
  const V zero = constant<V>(0);
  return select(x > zero, constant<V>(1), select(x < zero, constant<V>(-1), zero));
}

/// Exponential. At most 2 ULP; 0 below -104, infinity above 88.73, NaN stays.
/// Cody-Waite reduction and the single-precision polynomial of S. Moshier's Cephes (expf), evaluated by Horner.
template <class A>
inline Batch<A> exp(const Batch<A>& argument) noexcept {
  using F = Batch<A>;
  using I = xsimd::batch<std::int32_t, A>;
  const F x = max(min(argument, F(89.f)), F(-104.f));
  const F shift(12582912.f);  // 1.5 * 2^23: adding it rounds to an integer that stands in the low bits
  const F shifted = x * F(1.44269504f) + shift;
  const F n = shifted - shift;
  const F r = (x - n * F(0.693359375f)) - n * F(-2.12194440e-4f);
  F p(1.9875691500e-4f);
  p = multiply_add(p, r, F(1.3981999507e-3f));
  p = multiply_add(p, r, F(8.3334519073e-3f));
  p = multiply_add(p, r, F(4.1665795894e-2f));
  p = multiply_add(p, r, F(1.6666665459e-1f));
  p = multiply_add(p, r, F(5.0000001201e-1f));
  const F y = multiply_add(p, r * r, r) + F(1.f);
  // 2^n in two factors, so that n may reach 128 and the subnormal range.
  const I exponent = xsimd::bitwise_cast<std::int32_t>(shifted) - xsimd::bitwise_cast<std::int32_t>(shift);
  const I half = exponent >> 1;
  const I first = (half + I(127)) << 23;
  const I second = (exponent - half + I(127)) << 23;
  return y * xsimd::bitwise_cast<float>(first) * xsimd::bitwise_cast<float>(second);
}
inline double exp(double x) noexcept { return std::exp(x); }

template <class A>
inline Batch<A> expm1(const Batch<A>& x) noexcept { return xsimd::expm1(x); }
inline double expm1(double x) noexcept { return std::expm1(x); }

template <class A>
inline Batch<A> log(const Batch<A>& x) noexcept { return xsimd::log(x); }
inline double log(double x) noexcept { return std::log(x); }

template <class A>
inline Batch<A> log1p(const Batch<A>& x) noexcept { return xsimd::log1p(x); }
inline double log1p(double x) noexcept { return std::log1p(x); }

template <class A>
inline Batch<A> erf(const Batch<A>& x) noexcept { return xsimd::erf(x); }
inline double erf(double x) noexcept { return std::erf(x); }

/// The sine of x + quarters * pi/2, absolute error at most 2e-7 for |x| up to 8192 and growing with the spacing of floats beyond;
/// from 2^20 on, where that spacing is a visible part of a period, the argument counts as 0. Infinity gives NaN, NaN stays.
/// Cody-Waite reduction and the single-precision polynomials of S. Moshier's Cephes (sinf, cosf).
template <class A>
inline Batch<A> sine_of_quarters(const Batch<A>& argument, std::int32_t quarters) noexcept {
  using F = Batch<A>;
  using I = xsimd::batch<std::int32_t, A>;
  const F x = xsimd::select(xsimd::abs(argument) < F(0x1p20f), argument, argument * F(0.f));
  const F shift(12582912.f);  // as in exp
  const F shifted = x * F(0.636619772f) + shift;
  const F n = shifted - shift;
  const F r = ((x - n * F(1.5703125f)) - n * F(4.837512969970703e-4f)) - n * F(7.549789948768648e-8f);
  const F z = r * r;
  F s(-1.9515295891e-4f);
  s = multiply_add(s, z, F(8.3321608736e-3f));
  s = multiply_add(s, z, F(-1.6666654611e-1f));
  s = multiply_add(s * z, r, r);
  F c(2.443315711809948e-5f);
  c = multiply_add(c, z, F(-1.388731625493765e-3f));
  c = multiply_add(c, z, F(4.166664568298827e-2f));
  c = multiply_add(c, z * z, F(1.f) - F(0.5f) * z);
  const I quadrant = xsimd::bitwise_cast<std::int32_t>(shifted) - xsimd::bitwise_cast<std::int32_t>(shift) + I(quarters);
  // Bit 0 of the quadrant chooses the polynomial, bit 1 the sign, which is put in by its place in the number.
  const F odd = xsimd::bitwise_cast<float>(((quadrant & I(1)) << 23) * I(127));  // 1 or 0
  const F value = xsimd::select(odd > F(0.5f), c, s);
  return xsimd::bitwise_cast<float>(xsimd::bitwise_cast<std::int32_t>(value) ^ ((quadrant & I(2)) << 30));
}

template <class A>
inline Batch<A> sin(const Batch<A>& x) noexcept { return sine_of_quarters(x, 0); }
inline double sin(double x) noexcept { return std::sin(x); }

template <class A>
inline Batch<A> cos(const Batch<A>& x) noexcept { return sine_of_quarters(x, 1); }
inline double cos(double x) noexcept { return std::cos(x); }

/// Hyperbolic tangent, at most 3.5 ULP; 1 from 8.7 on and never more, odd in every bit, NaN stays.
/// h / q is a rational approximation of tanh(x/2) (odd degree 5 over 6, relative minimax weighted by what an error of it does to the
/// result), and doubling the argument gives tanh x = 2hq / (q^2 + h^2). The larger x, the less does an error of h / q matter; what
/// remains are the roundings of this one quotient. A common factor of h and q changes nothing but roundings: it was searched for
/// together with the end of the range, over every float, with and without fused multiply-add.
template <class A>
inline Batch<A> tanh(const Batch<A>& argument) noexcept {
  using F = Batch<A>;
  const F x = max(min(argument, F(8.7f)), F(-8.7f));
  const F u = x * x;
  F p(0.000106297004f);
  p = multiply_add(p, u, F(0.0276522338f));
  p = multiply_add(p, u, F(0.928415477f));
  F q(2.29195803e-06f);
  q = multiply_add(q, u, F(0.00224243384f));
  q = multiply_add(q, u, F(0.210040301f));
  q = multiply_add(q, u, F(1.85683095f));
  const F h = x * p;
  const F product = h * q;
  return (product + product) / multiply_add(q, q, h * h);
}
inline double tanh(double x) noexcept { return std::tanh(x); }

/// Logistic function 1 / (1 + e^-x), at most 4 ULP on both tails: of e^-x and e^x the one that cannot overflow is taken.
template <class V>
inline V sigmoid(const V& x) noexcept {
  const V one = constant<V>(1);
  const V e = exp(-abs(x));
  return select(x < constant<V>(0), e, one) / (one + e);
}

/// log(1 + e^x) without overflow: max(x, 0) + log1p(e^-|x|).
template <class V>
inline V softplus(const V& x) noexcept { return max(x, constant<V>(0)) + log1p(exp(-abs(x))); }

/// Sum of the lanes in one fixed order, (0+1)+(2+3) and so on pairwise, the same on every architecture of equal width.
template <class A>
inline float sum(const Batch<A>& x) noexcept {
  float lane[lanes<A>];
  x.store_unaligned(lane);
  for (std::size_t width = 1; width < lanes<A>; width *= 2)
    for (std::size_t i = 0; i < lanes<A>; i += 2 * width) lane[i] += lane[i + width];
  return lane[0];
}

/// A lane mask of the first `count` lanes, as ones and zeros.
template <class A>
inline Batch<A> ones(std::size_t count) noexcept {
  static constexpr auto lane = [] {
    std::array<float, 2 * lanes<A>> ones_then_zeros{};
    for (std::size_t i = 0; i < lanes<A>; ++i) ones_then_zeros[i] = 1;
    return ones_then_zeros;
  }();
  return load<A>(lane.data() + lanes<A> - count);
}

/// A batch function applied to one number, for code that is not a loop over arrays: the bits are those of the loops.
template <class Function>
inline float single(Function&& function, float x) noexcept {
  float lane[lanes<>];
  store<Arch>(lane, function(Batch<>(x)));
  return lane[0];
}

}  // namespace mlp::simd
