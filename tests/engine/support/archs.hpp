// The architectures that kernel templates are tested on: the build's own, and in test builds emulated ones of two widths.
#pragma once

#include <tuple>

#include "mlp/simd.hpp"

namespace test {

#if defined(XSIMD_WITH_EMULATED) && XSIMD_WITH_EMULATED
using Archs = std::tuple<mlp::simd::Arch, mlp::simd::Emulated<128>, mlp::simd::Emulated<512>>;
#else
using Archs = std::tuple<mlp::simd::Arch>;
#endif

}  // namespace test
