// Generated data sets. To add one: write its struct and name it in the list `Datasets`; nothing else.
// Inputs lie in [-6, 6] on every axis; `noise` is a fraction from 0 to 1.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <tuple>
#include <vector>

#include "mlp/operation.hpp"
#include "mlp/random.hpp"
#include "mlp/simd.hpp"

namespace mlp {

enum class Task { classification, regression };

/// Generated points, row-major.
struct Points {
  std::vector<float> inputs;          // [n x dimensions]
  std::vector<std::uint32_t> labels;  // [n], classification
  std::vector<float> targets;         // [n], regression
};

/// What a generator is told.
struct Generation {
  std::size_t samples;
  float noise;
  Hyperparameters parameters;
  Random data;   // where points lie
  Random jitter;  // what noise adds; a sequence of its own, so that points keep their places when noise changes
};

namespace datasets {

inline constexpr float domain = 6.f;
inline constexpr float two_pi = 6.283185307f;

inline float sine(float x) { return simd::single([](auto v) { return simd::sin(v); }, x); }
inline float cosine(float x) { return simd::single([](auto v) { return simd::cos(v); }, x); }
inline float exponential(float x) { return simd::single([](auto v) { return simd::exp(v); }, x); }
inline float root(float x) { return simd::single([](auto v) { return simd::sqrt(v); }, x); }

inline void add(Points& points, float x1, float x2) {
  points.inputs.push_back(std::clamp(x1, -domain, domain));
  points.inputs.push_back(std::clamp(x2, -domain, domain));
}

inline void add(Points& points, float x1, float x2, std::size_t label) {
  add(points, x1, x2);
  points.labels.push_back(static_cast<std::uint32_t>(label));
}

struct Circle {
  static constexpr OperationInfo info{"circle", {"Circle", "圆"}, "x = r(\\sin\\theta, \\cos\\theta),\\; r \\sim U(0, 2.5)\\text{ or }U(3.5, 5);\\; c = [\\,|x + \\varepsilon| < 2.5\\,]",
                                      "TensorFlow Playground"};
  static constexpr Task task = Task::classification;
  static constexpr std::size_t dimensions = 2;
  static std::size_t classes(const Hyperparameters&) { return 2; }
  static void generate(Generation& g, Points& points) {
    constexpr float radius = 5.f;
    for (std::size_t i = 0; i < g.samples; ++i) {
      const float r = i % 2 == 0 ? g.data.uniform(0.f, radius * 0.5f) : g.data.uniform(radius * 0.7f, radius);
      const float angle = g.data.uniform(0.f, two_pi);
      const float x1 = r * sine(angle);
      const float x2 = r * cosine(angle);
      const float e1 = x1 + g.jitter.uniform(-radius, radius) * g.noise;
      const float e2 = x2 + g.jitter.uniform(-radius, radius) * g.noise;
      add(points, x1, x2, e1 * e1 + e2 * e2 < radius * radius * 0.25f ? 1 : 0);
    }
  }
};

struct Xor {
  static constexpr OperationInfo info{"xor", {"Exclusive or", "异或"}, "x \\sim U(-5, 5)^2,\\text{ moved 0.3 from the axes};\\; c = [\\,(x_1 + \\varepsilon_1)(x_2 + \\varepsilon_2) \\ge 0\\,]",
                                      "TensorFlow Playground"};
  static constexpr Task task = Task::classification;
  static constexpr std::size_t dimensions = 2;
  static std::size_t classes(const Hyperparameters&) { return 2; }
  static void generate(Generation& g, Points& points) {
    constexpr float radius = 5.f;
    constexpr float gap = 0.3f;
    for (std::size_t i = 0; i < g.samples; ++i) {
      const auto apart = [](float v) { return v > 0 ? v + gap : v - gap; };
      const float x1 = apart(g.data.uniform(-radius, radius));
      const float x2 = apart(g.data.uniform(-radius, radius));
      const float e1 = x1 + g.jitter.uniform(-radius, radius) * g.noise;
      const float e2 = x2 + g.jitter.uniform(-radius, radius) * g.noise;
      add(points, x1, x2, e1 * e2 >= 0 ? 1 : 0);
    }
  }
};

struct Gauss {
  static constexpr OperationInfo info{"gauss", {"Two clouds", "两团"}, "x \\sim N((2, 2), \\sigma^2)\\text{ or }N((-2, -2), \\sigma^2),\\; \\sigma^2 = 0.5 + 7\\,\\text{noise}", "TensorFlow Playground"};
  static constexpr Task task = Task::classification;
  static constexpr std::size_t dimensions = 2;
  static std::size_t classes(const Hyperparameters&) { return 2; }
  static void generate(Generation& g, Points& points) {
    const float deviation = root(0.5f + 7.f * g.noise);
    for (std::size_t i = 0; i < g.samples; ++i) {
      const float center = i % 2 == 0 ? 2.f : -2.f;
      const float x1 = center + deviation * g.data.normal();
      const float x2 = center + deviation * g.data.normal();
      add(points, x1, x2, i % 2 == 0 ? 1 : 0);
    }
  }
};

/// Point i of n on arm `arm` of `arms`.
inline void add_to_spiral(Generation& g, Points& points, std::size_t i, std::size_t n, std::size_t arm, std::size_t arms, std::size_t label) {
  const float t = static_cast<float>(i) / static_cast<float>(n);
  const float r = 5.f * t;
  const float angle = 1.75f * two_pi * t + two_pi * static_cast<float>(arm) / static_cast<float>(arms);
  const float x1 = r * sine(angle) + g.jitter.uniform(-1.f, 1.f) * g.noise;
  const float x2 = r * cosine(angle) + g.jitter.uniform(-1.f, 1.f) * g.noise;
  add(points, x1, x2, label);
}

struct Spiral {
  static constexpr OperationInfo info{"spiral", {"Spiral", "螺旋"}, "x = 5t\\,(\\sin\\theta, \\cos\\theta) + \\varepsilon,\\; \\theta = 3.5\\pi t + \\pi c,\\; t \\in [0, 1)", "TensorFlow Playground"};
  static constexpr Task task = Task::classification;
  static constexpr std::size_t dimensions = 2;
  static std::size_t classes(const Hyperparameters&) { return 2; }
  static void generate(Generation& g, Points& points) {
    for (std::size_t i = 0; i < g.samples; ++i) add_to_spiral(g, points, i / 2, (g.samples + 1) / 2, i % 2, 2, i % 2 == 0 ? 1 : 0);
  }
};

struct Moons {
  static constexpr OperationInfo info{"moons", {"Two moons", "双月"}, "x = (4\\cos\\theta - 2,\\; 4\\sin\\theta - 1)\\text{ or }(2 - 4\\cos\\theta,\\; 1 - 4\\sin\\theta) + N(0, \\text{noise}^2),\\; \\theta \\sim U(0, \\pi)",
                                      "scikit-learn, make_moons (scaled)"};
  static constexpr Task task = Task::classification;
  static constexpr std::size_t dimensions = 2;
  static std::size_t classes(const Hyperparameters&) { return 2; }
  static void generate(Generation& g, Points& points) {
    for (std::size_t i = 0; i < g.samples; ++i) {
      const float angle = g.data.uniform(0.f, 0.5f * two_pi);
      const float side = i % 2 == 0 ? 1.f : -1.f;
      const float x1 = side * (4.f * cosine(angle) - 2.f) + g.jitter.normal() * g.noise;
      const float x2 = side * (4.f * sine(angle) - 1.f) + g.jitter.normal() * g.noise;
      add(points, x1, x2, i % 2 == 0 ? 1 : 0);
    }
  }
};

struct Blobs {
  static constexpr Hyperparameter parameters[] = {{"classes", {"Classes", "类别数"}, 2, 10, 3, Scale::integer}};
  static constexpr OperationInfo info{"blobs", {"Blobs", "多团"}, "x \\sim N\\!\\left(3.5\\,(\\sin\\tfrac{2\\pi c}{k}, \\cos\\tfrac{2\\pi c}{k}),\\; \\sigma^2\\right),\\; \\sigma = 0.4 + 2\\,\\text{noise}", "scikit-learn, make_blobs (on a circle)",
                                      parameters};
  static constexpr Task task = Task::classification;
  static constexpr std::size_t dimensions = 2;
  static std::size_t classes(const Hyperparameters& p) { return static_cast<std::size_t>(p[0]); }
  static void generate(Generation& g, Points& points) {
    const std::size_t k = classes(g.parameters);
    const float deviation = 0.4f + 2.f * g.noise;
    for (std::size_t i = 0; i < g.samples; ++i) {
      const float angle = two_pi * static_cast<float>(i % k) / static_cast<float>(k);
      const float x1 = 3.5f * sine(angle) + deviation * g.data.normal();
      const float x2 = 3.5f * cosine(angle) + deviation * g.data.normal();
      add(points, x1, x2, i % k);
    }
  }
};

struct Spirals {
  static constexpr Hyperparameter parameters[] = {{"classes", {"Classes", "类别数"}, 2, 10, 3, Scale::integer}};
  static constexpr OperationInfo info{"spirals", {"Spirals", "多臂螺旋"}, "x = 5t\\,(\\sin\\theta, \\cos\\theta) + \\varepsilon,\\; \\theta = 3.5\\pi t + 2\\pi c / k,\\; t \\in [0, 1)", "Karpathy, CS231n (k arms)", parameters};
  static constexpr Task task = Task::classification;
  static constexpr std::size_t dimensions = 2;
  static std::size_t classes(const Hyperparameters& p) { return static_cast<std::size_t>(p[0]); }
  static void generate(Generation& g, Points& points) {
    const std::size_t k = classes(g.parameters);
    for (std::size_t i = 0; i < g.samples; ++i) add_to_spiral(g, points, i / k, (g.samples + k - 1) / k, i % k, k, i % k);
  }
};

struct Plane {
  static constexpr OperationInfo info{"plane", {"Plane", "平面"}, "t = (x_1 + x_2) / 10 + N(0, \\text{noise}^2),\\; x \\sim U(-6, 6)^2", "TensorFlow Playground"};
  static constexpr Task task = Task::regression;
  static constexpr std::size_t dimensions = 2;
  static std::size_t classes(const Hyperparameters&) { return 0; }
  static void generate(Generation& g, Points& points) {
    for (std::size_t i = 0; i < g.samples; ++i) {
      const float x1 = g.data.uniform(-domain, domain);
      const float x2 = g.data.uniform(-domain, domain);
      add(points, x1, x2);
      points.targets.push_back((x1 + x2) / 10.f + g.jitter.normal() * g.noise);
    }
  }
};

struct GaussBumps {
  static constexpr OperationInfo info{"gauss-bumps", {"Gaussian bumps", "高斯峰"}, "t = e^{-|x - (2, 2)|^2 / 4} - e^{-|x + (2, 2)|^2 / 4} + N(0, \\text{noise}^2),\\; x \\sim U(-6, 6)^2", "after TensorFlow Playground, smooth"};
  static constexpr Task task = Task::regression;
  static constexpr std::size_t dimensions = 2;
  static std::size_t classes(const Hyperparameters&) { return 0; }
  static void generate(Generation& g, Points& points) {
    for (std::size_t i = 0; i < g.samples; ++i) {
      const float x1 = g.data.uniform(-domain, domain);
      const float x2 = g.data.uniform(-domain, domain);
      const auto bump = [&](float c) { return exponential(-((x1 - c) * (x1 - c) + (x2 - c) * (x2 - c)) / 4.f); };
      add(points, x1, x2);
      points.targets.push_back(bump(2.f) - bump(-2.f) + g.jitter.normal() * g.noise);
    }
  }
};

}  // namespace datasets

/// Display order.
using Datasets = std::tuple<datasets::Circle, datasets::Xor, datasets::Gauss, datasets::Spiral, datasets::Moons, datasets::Blobs, datasets::Spirals, datasets::Plane,
                            datasets::GaussBumps>;

struct DatasetFacts {
  Task task;
  std::size_t dimensions;
};

std::span<const OperationInfo* const> dataset_table() noexcept;
DatasetFacts dataset_facts(std::size_t index) noexcept;

/// Number of classes; 0 for regression.
std::size_t dataset_classes(const Operation& dataset) noexcept;

/// Generates `samples` points in an order drawn by the seed. Same arguments, same bits.
Points generate(const Operation& dataset, std::size_t samples, double noise, std::uint32_t seed);

}  // namespace mlp
