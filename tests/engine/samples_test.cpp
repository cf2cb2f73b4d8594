#include "mlp/samples.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_floating_point.hpp>
#include <cmath>

#include "mlp/json.hpp"
#include "support/errors.hpp"
#include "support/images.hpp"

using Catch::Matchers::WithinAbs;

namespace {

mlp::DataSpec data_of(std::string_view json) {
  mlp::Value document;
  document.set("data", mlp::parse_json(json));
  return mlp::parse_experiment(document).data;
}

/// Five images of two by two pixels with values 10 i, labels 0 1 2 3 4.
mlp::Value images(mlp::Value scaling, bool with_test_files = false) {
  mlp::Value data;
  data.set("id", "idx");
  data.set("images", test::idx({5, 2, 2}, 0, 10));
  data.set("labels", test::idx({5}, 0));
  if (with_test_files) {
    data.set("testImages", test::idx({2, 2, 2}, 200, 1));
    data.set("testLabels", test::idx({2}, 7));
  }
  data.set("scaling", std::move(scaling));
  mlp::Value document;
  document.set("data", std::move(data));
  return document;
}

float fed(const mlp::Samples& samples, std::size_t row, std::size_t column) {
  const mlp::InputRows& inputs = samples.inputs();
  const std::size_t at = row * inputs.columns + column;
  return (inputs.floats ? inputs.floats[at] : static_cast<float>(inputs.bytes[at])) * inputs.scale + inputs.offset;
}

}  // namespace

TEST_CASE("the test split has round(fraction * n) rows, drawn by the data's seed, and the rest is for training", "[samples]") {
  for (const auto& [fraction, samples, tests] : {std::tuple{"0", 10, 0u}, {"0.5", 10, 5u}, {"0.5", 5, 3u}, {"0.25", 10, 3u}, {"0.95", 100, 95u}, {"0.04", 10, 0u}}) {
    CAPTURE(fraction, samples);
    const std::string json = R"({"samples": )" + std::to_string(samples) + R"(, "testFraction": )" + fraction;
    mlp::DataSpec data = data_of(json + "}");
    const mlp::Samples split(data);
    CHECK(split.rows() == static_cast<std::size_t>(samples));
    CHECK(split.test().size() == tests);
    std::vector<std::uint32_t> all(split.train().begin(), split.train().end());
    all.insert(all.end(), split.test().begin(), split.test().end());
    std::sort(all.begin(), all.end());
    REQUIRE(all.size() == split.rows());
    for (std::uint32_t i = 0; i < all.size(); ++i) REQUIRE(all[i] == i);
    CHECK(std::is_sorted(split.train().begin(), split.train().end()));
  }
  const auto test_rows = [](std::string_view seed) {
    mlp::DataSpec data = data_of(R"({"samples": 100, "seed": )" + std::string(seed) + "}");
    const mlp::Samples samples(data);
    return std::vector<std::uint32_t>(samples.test().begin(), samples.test().end());
  };
  CHECK(test_rows("1") == test_rows("1"));
  CHECK(test_rows("1") != test_rows("2"));
}

TEST_CASE("the network is fed with the features that were chosen, in their order", "[samples]") {
  mlp::DataSpec data = data_of(R"({"samples": 37, "features": ["x2", "x1-x2", "x1", "sin-x1"]})");
  const mlp::Samples samples(data);
  REQUIRE(samples.features() == 4);
  REQUIRE(samples.columns() == 2);
  std::vector<float> raw(2 * 37), again(4 * 37);
  for (std::size_t r = 0; r < 37; ++r) {
    samples.copy_raw(r, raw.data() + 2 * r);
    const float x1 = raw[2 * r], x2 = raw[2 * r + 1];
    CHECK(fed(samples, r, 0) == x2);
    CHECK(fed(samples, r, 1) == x1 * x2);
    CHECK(fed(samples, r, 2) == x1);
    CHECK_THAT(static_cast<double>(fed(samples, r, 3)), WithinAbs(std::sin(static_cast<double>(x1)), 2e-7));
  }
  samples.compute_features(raw, 37, again.data());
  for (std::size_t i = 0; i < again.size(); ++i) REQUIRE(again[i] == fed(samples, i / 4, i % 4));
}

TEST_CASE("columns of own data can be chosen, computed features work on one column", "[samples]") {
  mlp::DataSpec data = data_of(R"({"id": "table", "columns": 3, "inputs": [1,2,3,4,5,6], "labels": [0,1], "features": ["x3", "x1"]})");
  const mlp::Samples samples(data);
  CHECK((fed(samples, 0, 0) == 3.f && fed(samples, 0, 1) == 1.f && fed(samples, 1, 0) == 6.f && fed(samples, 1, 1) == 4.f));
  mlp::DataSpec single = data_of(R"({"id": "table", "columns": 1, "inputs": [2,-3], "targets": [0,1], "features": ["x1", "x1-squared"]})");
  const mlp::Samples squares(single);
  CHECK((fed(squares, 0, 1) == 4.f && fed(squares, 1, 0) == -3.f && fed(squares, 1, 1) == 9.f));
}

TEST_CASE("pixels are fed raw, from 0 to 1, or standardized by the training rows in use", "[samples]") {
  const auto samples_of = [](mlp::Value scaling) { return mlp::parse_experiment(images(std::move(scaling))).data; };
  mlp::DataSpec raw = samples_of("raw"), unit = samples_of("unit"), standardized = samples_of("standardized"), given = samples_of(mlp::parse_json(R"({"id": "standardized", "mean": 0.1307, "std": 0.3081})"));
  const mlp::Samples raw_samples(raw), unit_samples(unit), standardized_samples(standardized), given_samples(given);
  double sum = 0, squares = 0;
  for (std::size_t r = 0; r < 5; ++r)
    for (std::size_t c = 0; c < 4; ++c) {
      const double pixel = 10.0 * static_cast<double>(4 * r + c);
      CHECK_THAT(static_cast<double>(fed(raw_samples, r, c)), WithinAbs(pixel, 0));
      CHECK_THAT(static_cast<double>(fed(unit_samples, r, c)), WithinAbs(pixel / 255, 1e-7));
      CHECK_THAT(static_cast<double>(fed(given_samples, r, c)), WithinAbs((pixel / 255 - 0.1307) / 0.3081, 1e-6));
      const double x = static_cast<double>(fed(standardized_samples, r, c));
      sum += x;
      squares += x * x;
    }
  CHECK_THAT(sum / 20, WithinAbs(0, 1e-6));
  CHECK_THAT(squares / 20, WithinAbs(1, 1e-6));
  CHECK_THAT(unit_samples.mean(), WithinAbs(95.0 / 255, 1e-12));
}

TEST_CASE("images that are all alike are standardized to 0, not to NaN", "[samples]") {
  mlp::Value document = images("standardized");
  document.get<mlp::Object>()->front().second.set("images", test::idx({5, 2, 2}, 9, 0));
  mlp::DataSpec data = mlp::parse_experiment(document).data;
  const mlp::Samples samples(data);
  CHECK_THAT(static_cast<double>(fed(samples, 3, 2)), WithinAbs(0, 1e-7));
}

TEST_CASE("the first n images train, and test files are the test split when given", "[samples]") {
  mlp::Value document = images("raw", true);
  document.get<mlp::Object>()->front().second.set("samples", 3.0);
  mlp::DataSpec data = mlp::parse_experiment(document).data;
  const mlp::Samples samples(data);
  CHECK(samples.rows() == 5);
  CHECK(std::vector<std::uint32_t>(samples.train().begin(), samples.train().end()) == std::vector<std::uint32_t>{0, 1, 2});
  CHECK(std::vector<std::uint32_t>(samples.test().begin(), samples.test().end()) == std::vector<std::uint32_t>{3, 4});
  CHECK(std::vector<std::uint32_t>(samples.labels().begin(), samples.labels().end()) == std::vector<std::uint32_t>{0, 1, 2, 7, 8});
  std::vector<float> pixels(4);
  samples.copy_raw(2, pixels.data());
  CHECK(pixels == std::vector<float>{80, 90, 100, 110});
  samples.copy_raw(3, pixels.data());
  CHECK(pixels == std::vector<float>{200, 201, 202, 203});
}

TEST_CASE("targets are written in the encoding that the loss asks for", "[samples]") {
  mlp::DataSpec data = data_of(R"({"id": "table", "columns": 1, "inputs": [1,2,3], "labels": [2,0,1]})");
  const mlp::Samples samples(data);
  const std::vector<std::uint32_t> rows{0, 2};
  mlp::Matrix values(3, 2);
  std::vector<std::uint32_t> labels(2);
  const auto written = [&] {
    std::vector<float> result;
    for (std::size_t o = 0; o < values.rows(); ++o)
      for (std::size_t s = 0; s < 2; ++s) result.push_back(values(o, s));
    return result;
  };
  samples.gather_targets(mlp::TargetEncoding::class_index, rows, values.view(), labels);
  CHECK(labels == std::vector<std::uint32_t>{2, 1});
  samples.gather_targets(mlp::TargetEncoding::bits, rows, values.view(), labels);
  CHECK(written() == std::vector<float>{0, 0, 0, 1, 1, 0});
  samples.gather_targets(mlp::TargetEncoding::signs, rows, values.view(), labels);
  CHECK(written() == std::vector<float>{-1, -1, -1, 1, 1, -1});
  values = mlp::Matrix(1, 2);
  samples.gather_targets(mlp::TargetEncoding::signs, rows, values.view(), labels);
  CHECK(written() == std::vector<float>{-1, 1});

  mlp::DataSpec regression = data_of(R"({"id": "table", "columns": 1, "inputs": [1,2,3], "targets": [1,2,3,4,5,6], "outputs": 2})");
  const mlp::Samples numbers(regression);
  values = mlp::Matrix(2, 2);
  numbers.gather_targets(mlp::TargetEncoding::signs, rows, values.view(), labels);
  CHECK(written() == std::vector<float>{1, 5, 2, 6});
}

TEST_CASE("the recipe mnist is answered with what it needs", "[samples]") {
  mlp::DataSpec data = data_of(R"({"id": "mnist"})");
  CHECK(test::error_of([&] { const mlp::Samples samples(data); }).starts_with("needs-data | data.id: "));
}
