// Generated data sets. To add one: write its struct and name it in the list `Datasets`; nothing else.
// Inputs lie in the set's domain on every axis; `noise` is a fraction from 0 to 1, and each formula says of what.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <tuple>
#include <vector>

#include "mlp/operation.hpp"
#include "mlp/random.hpp"

namespace mlp {

enum class Task { classification, regression };

/// From low to high, both ends included.
struct Interval {
  float low;
  float high;
};

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
  Random data;    // where points lie
  Random jitter;  // what noise adds; a sequence of its own, so that points keep their places when noise changes
};

namespace datasets {

inline constexpr float domain = 6.f;
inline constexpr float two_pi = 6.283185307f;

// One number through the engine's own functions: the same bits everywhere.
float sine(float x) noexcept;
float cosine(float x) noexcept;
float exponential(float x) noexcept;
float root(float x) noexcept;

/// A point of the plane, moved into the domain if noise carried it out.
void add(Points& points, float x1, float x2, std::size_t label);

/// Points of a function's graph: inputs uniform over the domain, targets f(x1, x2) plus normal noise of deviation `spread` times
/// the noise. In one dimension x2 is 0.
void add_graph(Generation& g, Points& points, Interval inputs, std::size_t dimensions, float (*f)(float, float), float spread);

// What sets of a kind have in common. `rows`: how many points a set has that are its own; 0 where any number is drawn.
// `samples` and `test_fraction` are what a document means that does not say.

struct OnPlane {
  static constexpr std::size_t dimensions = 2;
  static constexpr Interval domain{-datasets::domain, datasets::domain};
  static constexpr std::size_t rows = 0;
  static constexpr std::size_t samples = 500;
  static constexpr double test_fraction = 0.5;
};

struct OnLine {
  static constexpr std::size_t dimensions = 1;
  static constexpr Interval domain{-datasets::domain, datasets::domain};
  static constexpr std::size_t rows = 0;
  static constexpr std::size_t samples = 100;
  static constexpr double test_fraction = 0.2;
};

struct TwoClasses : OnPlane {
  static constexpr Task task = Task::classification;
  static std::size_t classes(const Hyperparameters&) { return 2; }
};

struct ManyClasses : OnPlane {
  static constexpr Hyperparameter parameters[] = {{"classes", {"Classes", "类别数"}, 2, 10, 3, Scale::integer}};
  static constexpr Task task = Task::classification;
  static std::size_t classes(const Hyperparameters& p) { return static_cast<std::size_t>(p[0]); }
};

/// A function of the inputs: Set::value, and Set::spread, about half the range of its values.
template <class Set, class Place>
struct Graph : Place {
  static constexpr Task task = Task::regression;
  static std::size_t classes(const Hyperparameters&) { return 0; }
  static void generate(Generation& g, Points& points) { add_graph(g, points, Set::domain, Place::dimensions, &Set::value, Set::spread); }
};

struct Circle : TwoClasses {
  static constexpr OperationInfo info{"circle", {"Circle", "圆"}, "x = r(\\sin\\theta, \\cos\\theta),\\; r \\sim U(0, 2.5)\\text{ or }U(3.5, 5);\\; c = [\\,|x + \\varepsilon| < 2.5\\,],\\; \\varepsilon \\sim U(-5, 5)^2\\,\\text{noise}",
                                      "TensorFlow Playground"};
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

struct Xor : TwoClasses {
  static constexpr OperationInfo info{"xor", {"Exclusive or", "异或"}, "x \\sim U(-5, 5)^2,\\text{ moved 0.3 from the axes};\\; c = [\\,(x_1 + \\varepsilon_1)(x_2 + \\varepsilon_2) \\ge 0\\,],\\; \\varepsilon \\sim U(-5, 5)^2\\,\\text{noise}",
                                      "TensorFlow Playground"};
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

struct Gauss : TwoClasses {
  static constexpr OperationInfo info{"gauss", {"Two clouds", "两团"}, "x \\sim N((2, 2), \\sigma^2)\\text{ or }N((-2, -2), \\sigma^2),\\; \\sigma^2 = 0.5 + 7\\,\\text{noise}", "TensorFlow Playground"};
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

/// As many points above the line as below, none nearer to it than 0.3.
struct Line : TwoClasses {
  static constexpr Hyperparameter parameters[] = {{"slope", {"Slope a", "斜率 a"}, -4, 4, 0.5}, {"intercept", {"Intercept b", "截距 b"}, -4, 4, 1}};
  static constexpr OperationInfo info{"line", {"Line", "直线"}, "x \\sim U(-6, 6)^2,\\text{ at least 0.3 from the line};\\; c = [\\,x_2 + \\varepsilon_2 > a(x_1 + \\varepsilon_1) + b\\,],\\; \\varepsilon \\sim U(-5, 5)^2\\,\\text{noise}",
                                      "Rosenblatt, 1958 (separable classes)", parameters};
  static void generate(Generation& g, Points& points) {
    constexpr float margin = 0.3f;
    constexpr float radius = 5.f;
    const auto a = static_cast<float>(g.parameters[0]);
    const auto b = static_cast<float>(g.parameters[1]);
    const float least = margin * root(1.f + a * a);
    const auto above = [&](float x1, float x2) { return x2 - (a * x1 + b); };
    for (std::size_t i = 0; i < g.samples; ++i) {
      const float side = i % 2 == 0 ? 1.f : -1.f;
      float x1, x2;
      // For any slope and intercept allowed, each side holds an eighth of the domain at least.
      do {
        x1 = g.data.uniform(-datasets::domain, datasets::domain);
        x2 = g.data.uniform(-datasets::domain, datasets::domain);
      } while (side * above(x1, x2) < least);
      const float e1 = x1 + g.jitter.uniform(-radius, radius) * g.noise;
      const float e2 = x2 + g.jitter.uniform(-radius, radius) * g.noise;
      add(points, x1, x2, above(e1, e2) > 0 ? 1 : 0);
    }
  }
};

/// Point i of n on arm `arm` of `arms`.
void add_to_spiral(Generation& g, Points& points, std::size_t i, std::size_t n, std::size_t arm, std::size_t arms, std::size_t label);

struct Spiral : TwoClasses {
  static constexpr OperationInfo info{"spiral", {"Spiral", "螺旋"}, "x = 5t\\,(\\sin\\theta, \\cos\\theta) + \\varepsilon,\\; \\theta = 3.5\\pi t + \\pi c,\\; t \\in [0, 1),\\; \\varepsilon \\sim U(-1, 1)^2\\,\\text{noise}",
                                      "TensorFlow Playground"};
  static void generate(Generation& g, Points& points) {
    for (std::size_t i = 0; i < g.samples; ++i) add_to_spiral(g, points, i / 2, (g.samples + 1) / 2, i % 2, 2, i % 2 == 0 ? 1 : 0);
  }
};

struct Moons : TwoClasses {
  static constexpr OperationInfo info{"moons", {"Two moons", "双月"}, "x = (4\\cos\\theta - 2,\\; 4\\sin\\theta - 1)\\text{ or }(2 - 4\\cos\\theta,\\; 1 - 4\\sin\\theta) + N(0, \\text{noise}^2),\\; \\theta \\sim U(0, \\pi)",
                                      "scikit-learn, make_moons (scaled)"};
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

struct Checkerboard : TwoClasses {
  static constexpr Hyperparameter parameters[] = {{"squares", {"Squares per side", "每边格数"}, 2, 8, 4, Scale::integer}};
  static constexpr OperationInfo info{"checkerboard", {"Checkerboard", "棋盘"},
                                      "x \\sim U(-6, 6)^2;\\; c = \\left(\\lfloor n\\,(x_1 + \\varepsilon_1 + 6)/12 \\rfloor + \\lfloor n\\,(x_2 + \\varepsilon_2 + 6)/12 \\rfloor\\right) \\bmod 2,\\; \\varepsilon \\sim U(-5, 5)^2\\,\\text{noise}",
                                      "after Ho and Kleinberg, 1996", parameters};
  static void generate(Generation& g, Points& points) {
    constexpr float radius = 5.f;
    const float squares = static_cast<float>(g.parameters[0]);
    // Counted from two squares beyond the border, where noise cannot carry a point: so the whole part is that of a positive number.
    const auto square = [&](float x) { return static_cast<std::size_t>((x + 3.f * datasets::domain) * squares / (2.f * datasets::domain)); };
    for (std::size_t i = 0; i < g.samples; ++i) {
      const float x1 = g.data.uniform(-datasets::domain, datasets::domain);
      const float x2 = g.data.uniform(-datasets::domain, datasets::domain);
      const float e1 = x1 + g.jitter.uniform(-radius, radius) * g.noise;
      const float e2 = x2 + g.jitter.uniform(-radius, radius) * g.noise;
      add(points, x1, x2, (square(e1) + square(e2)) % 2);
    }
  }
};

/// The four rows of a truth table, at the corners (0, 0) to (1, 1). More samples are more copies, which noise spreads.
struct Gate : TwoClasses {
  static constexpr Choice functions[] = {{"and", {"AND", "与"}}, {"or", {"OR", "或"}}, {"xor", {"XOR", "异或"}}, {"nand", {"NAND", "与非"}}};
  static constexpr Hyperparameter parameters[] = {choice("function", {"Function", "函数"}, functions)};
  static constexpr OperationInfo info{"gate", {"Logic gate", "逻辑门"}, "x \\in \\{0, 1\\}^2 + U(-0.5, 0.5)^2\\,\\text{noise};\\; c = x_1 \\land x_2,\\; x_1 \\lor x_2,\\; x_1 \\oplus x_2\\text{ or }\\lnot(x_1 \\land x_2)",
                                      "McCulloch and Pitts, 1943; Minsky and Papert, 1969", parameters};
  static constexpr Interval domain{-0.5f, 1.5f};
  static constexpr std::size_t rows = 4;
  static constexpr std::size_t samples = 4;
  static constexpr double test_fraction = 0;
  static void generate(Generation& g, Points& points) {
    constexpr unsigned truth[] = {0b1000, 0b1110, 0b0110, 0b0111};  // bit 2 x1 + x2
    const unsigned answers = truth[static_cast<std::size_t>(g.parameters[0])];
    for (std::size_t i = 0; i < g.samples; ++i) {
      const std::size_t corner = i % rows;
      const float x1 = static_cast<float>(corner / 2) + g.jitter.uniform(-0.5f, 0.5f) * g.noise;
      const float x2 = static_cast<float>(corner % 2) + g.jitter.uniform(-0.5f, 0.5f) * g.noise;
      add(points, x1, x2, answers >> corner & 1u);
    }
  }
};

struct Rings : ManyClasses {
  static constexpr OperationInfo info{"rings", {"Rings", "圆环"}, "x = r(\\sin\\theta, \\cos\\theta) + N(0, \\text{noise}^2),\\; r \\sim U\\!\\left(5\\,\\tfrac{c + 0.3}{k},\\; 5\\,\\tfrac{c + 0.9}{k}\\right)", "after scikit-learn, make_circles",
                                      parameters};
  static void generate(Generation& g, Points& points) {
    const std::size_t k = classes(g.parameters);
    for (std::size_t i = 0; i < g.samples; ++i) {
      const float r = 5.f * (static_cast<float>(i % k) + g.data.uniform(0.3f, 0.9f)) / static_cast<float>(k);
      const float angle = g.data.uniform(0.f, two_pi);
      const float x1 = r * sine(angle) + g.jitter.normal() * g.noise;
      const float x2 = r * cosine(angle) + g.jitter.normal() * g.noise;
      add(points, x1, x2, i % k);
    }
  }
};

struct Blobs : ManyClasses {
  static constexpr OperationInfo info{"blobs", {"Blobs", "多团"}, "x \\sim N\\!\\left(3.5\\,(\\sin\\tfrac{2\\pi c}{k}, \\cos\\tfrac{2\\pi c}{k}),\\; \\sigma^2\\right),\\; \\sigma = 0.4 + 2\\,\\text{noise}", "scikit-learn, make_blobs (on a circle)",
                                      parameters};
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

struct Spirals : ManyClasses {
  static constexpr OperationInfo info{"spirals", {"Spirals", "多臂螺旋"}, "x = 5t\\,(\\sin\\theta, \\cos\\theta) + \\varepsilon,\\; \\theta = 3.5\\pi t + 2\\pi c / k,\\; t \\in [0, 1),\\; \\varepsilon \\sim U(-1, 1)^2\\,\\text{noise}",
                                      "Karpathy, CS231n (k arms)", parameters};
  static void generate(Generation& g, Points& points) {
    const std::size_t k = classes(g.parameters);
    for (std::size_t i = 0; i < g.samples; ++i) add_to_spiral(g, points, i / k, (g.samples + k - 1) / k, i % k, k, i % k);
  }
};

struct Plane : Graph<Plane, OnPlane> {
  static constexpr OperationInfo info{"plane", {"Plane", "平面"}, "t = (x_1 + x_2) / 10 + N(0, \\text{noise}^2),\\; x \\sim U(-6, 6)^2", "TensorFlow Playground"};
  static constexpr float spread = 1.f;
  static float value(float x1, float x2) { return (x1 + x2) / 10.f; }
};

struct GaussBumps : Graph<GaussBumps, OnPlane> {
  static constexpr OperationInfo info{"gauss-bumps", {"Gaussian bumps", "高斯峰"}, "t = e^{-|x - (2, 2)|^2 / 4} - e^{-|x + (2, 2)|^2 / 4} + N(0, \\text{noise}^2),\\; x \\sim U(-6, 6)^2", "after TensorFlow Playground, smooth"};
  static constexpr float spread = 1.f;
  static float value(float x1, float x2) {
    const auto bump = [&](float c) { return exponential(-((x1 - c) * (x1 - c) + (x2 - c) * (x2 - c)) / 4.f); };
    return bump(2.f) - bump(-2.f);
  }
};

struct Saddle : Graph<Saddle, OnPlane> {
  static constexpr OperationInfo info{"saddle", {"Saddle", "鞍面"}, "t = (x_1^2 - x_2^2) / 36 + N(0, \\text{noise}^2),\\; x \\sim U(-6, 6)^2", "hyperbolic paraboloid"};
  static constexpr float spread = 1.f;
  static float value(float x1, float x2) { return (x1 * x1 - x2 * x2) / 36.f; }
};

struct Abs : Graph<Abs, OnPlane> {
  static constexpr OperationInfo info{"abs", {"|x₁|", "|x₁|"}, "t = |x_1| + N(0, (3\\,\\text{noise})^2),\\; x \\sim U(-6, 6)^2", "|x| = ReLU(x) + ReLU(−x)"};
  static constexpr float spread = 3.f;
  static float value(float x1, float) { return x1 < 0 ? -x1 : x1; }
};

struct Max : Graph<Max, OnPlane> {
  static constexpr OperationInfo info{"max", {"max(x₁, x₂)", "max(x₁, x₂)"}, "t = \\max(x_1, x_2) + N(0, (6\\,\\text{noise})^2),\\; x \\sim U(-6, 6)^2", "max(x₁, x₂) = x₁ + ReLU(x₂ − x₁)"};
  static constexpr float spread = 6.f;
  static float value(float x1, float x2) { return std::max(x1, x2); }
};

struct Sine : Graph<Sine, OnLine> {
  static constexpr OperationInfo info{"sine", {"Sine", "正弦"}, "t = \\sin x + N(0, \\text{noise}^2),\\; x \\sim U(-6, 6)", "elementary function"};
  static constexpr float spread = 1.f;
  static float value(float x, float) { return sine(x); }
};

struct Square : Graph<Square, OnLine> {
  static constexpr OperationInfo info{"square", {"Square x²", "平方 x²"}, "t = x^2 + N(0, (0.5\\,\\text{noise})^2),\\; x \\sim U(-1, 1)", "elementary function"};
  static constexpr Interval domain{-1.f, 1.f};
  static constexpr float spread = 0.5f;
  static float value(float x, float) { return x * x; }
};

struct AbsX : Graph<AbsX, OnLine> {
  static constexpr OperationInfo info{"abs-x", {"Absolute value |x|", "绝对值 |x|"}, "t = |x| + N(0, (0.5\\,\\text{noise})^2),\\; x \\sim U(-1, 1)", "|x| = ReLU(x) + ReLU(−x)"};
  static constexpr Interval domain{-1.f, 1.f};
  static constexpr float spread = 0.5f;
  static float value(float x, float) { return x < 0 ? -x : x; }
};

struct StepFunction : Graph<StepFunction, OnLine> {
  static constexpr OperationInfo info{"step-function", {"Step function", "阶跃函数"}, "t = [\\,x \\ge 0\\,] + N(0, (0.5\\,\\text{noise})^2),\\; x \\sim U(-1, 1)", "Heaviside"};
  static constexpr Interval domain{-1.f, 1.f};
  static constexpr float spread = 0.5f;
  static float value(float x, float) { return x >= 0 ? 1.f : 0.f; }
};

struct Nielsen : Graph<Nielsen, OnLine> {
  static constexpr OperationInfo info{"nielsen", {"Nielsen's function", "Nielsen 的函数"}, "t = 0.2 + 0.4x^2 + 0.3x\\sin 15x + 0.05\\cos 50x + N(0, (0.4\\,\\text{noise})^2),\\; x \\sim U(0, 1)",
                                      "Nielsen, Neural Networks and Deep Learning, chapter 4"};
  static constexpr Interval domain{0.f, 1.f};
  static constexpr float spread = 0.4f;
  static float value(float x, float) { return 0.2f + 0.4f * x * x + 0.3f * x * sine(15.f * x) + 0.05f * cosine(50.f * x); }
};

struct XSinX : Graph<XSinX, OnLine> {
  static constexpr OperationInfo info{"x-sin-x", {"x sin x", "x sin x"}, "t = x\\sin x + N(0, (3\\,\\text{noise})^2),\\; x \\sim U(-5, 5)", "ConvNetJS, regression demo"};
  static constexpr Interval domain{-5.f, 5.f};
  static constexpr float spread = 3.f;
  static float value(float x, float) { return x * sine(x); }
};

/// Readings of a thermometer with an unknown scale beside degrees Celsius: eleven rows. More samples are more readings of the same.
struct Thermometer : OnLine {
  static constexpr OperationInfo info{"thermometer", {"Thermometer", "温度计"}, "(x, t) = (t_u, t_c)\\text{: eleven readings};\\; t + N(0, (16\\,\\text{noise})^2)", "Stevens, Antiga and Viehmann, Deep Learning with PyTorch, chapter 5"};
  static constexpr Task task = Task::regression;
  static constexpr Interval domain{20.f, 85.f};
  static constexpr std::size_t rows = 11;
  static constexpr std::size_t samples = rows;
  static constexpr double test_fraction = 0;
  static std::size_t classes(const Hyperparameters&) { return 0; }
  static void generate(Generation& g, Points& points) {
    constexpr float unknown[rows] = {35.7f, 55.9f, 58.2f, 81.9f, 56.3f, 48.9f, 33.9f, 21.8f, 48.4f, 60.4f, 68.4f};
    constexpr float celsius[rows] = {0.5f, 14.f, 15.f, 28.f, 11.f, 8.f, 3.f, -4.f, 6.f, 13.f, 21.f};
    for (std::size_t i = 0; i < g.samples; ++i) {
      points.inputs.push_back(unknown[i % rows]);
      points.targets.push_back(celsius[i % rows] + g.jitter.normal() * (16.f * g.noise));
    }
  }
};

}  // namespace datasets

/// Display order.
using Datasets = std::tuple<datasets::Circle, datasets::Xor, datasets::Gauss, datasets::Spiral, datasets::Moons, datasets::Line, datasets::Gate, datasets::Checkerboard, datasets::Rings,
                            datasets::Blobs, datasets::Spirals, datasets::Plane, datasets::GaussBumps, datasets::Saddle, datasets::Abs, datasets::Max, datasets::Sine, datasets::Square,
                            datasets::AbsX, datasets::StepFunction, datasets::Nielsen, datasets::XSinX, datasets::Thermometer>;

struct DatasetFacts {
  Task task;
  std::size_t dimensions;
  Interval domain;       // of every input
  std::size_t rows;      // the set's own points; 0 where any number is drawn
  std::size_t samples;   // unless the document says otherwise
  double test_fraction;  // the same
};

std::span<const OperationInfo* const> dataset_table() noexcept;
DatasetFacts dataset_facts(std::size_t index) noexcept;

/// Number of classes; 0 for regression.
std::size_t dataset_classes(const Operation& dataset) noexcept;

/// Generates `samples` points: drawn ones in an order drawn by the seed, a set's own ones in their order, again and again.
/// Same arguments, same bits.
Points generate(const Operation& dataset, std::size_t samples, double noise, std::uint32_t seed);

/// Gives each row, with this probability, another class; all others are equally likely. Rows that change at one probability
/// change at any larger one.
void add_label_noise(std::span<std::uint32_t> labels, std::size_t classes, double probability, std::uint32_t seed);

}  // namespace mlp
