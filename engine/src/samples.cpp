#include "mlp/samples.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "mlp/idx.hpp"
#include "mlp/random.hpp"

namespace mlp {

Samples::Samples(DataSpec& data) : columns_(data.columns), targets_(data.targets), features_(data.features) {
  switch (data.source) {
    case Source::generated: take_generated(data); break;
    case Source::table:
      raw_ = std::move(data.inputs);
      labels_ = std::move(data.labels);
      target_values_ = std::move(data.target_values);
      rows_ = data.samples;
      break;
    case Source::idx: take_images(data); break;
    case Source::mnist:
      fail(ErrorCode::needs_data, "data.id", "\"mnist\" is a recipe: give the images themselves as \"idx\", with the bytes of the four files");
  }
  if (data.source != Source::idx) split(data);

  plain_ = features_.empty() || features_.size() == columns_;
  for (std::size_t i = 0; plain_ && i < features_.size(); ++i) plain_ = !features_[i].computed && features_[i].index == i;
  inputs_.columns = features();
  if (data.source == Source::idx) {
    inputs_.bytes = pixels_.data();
    scale_images(data);
  } else if (plain_) {
    inputs_.floats = raw_.data();
  } else {
    computed_.resize(rows_ * features());
    compute_features(raw_, rows_, computed_.data());
    inputs_.floats = computed_.data();
  }
}

void Samples::take_generated(const DataSpec& data) {
  Points points = generate(data.dataset, data.samples, data.noise, data.seed);
  raw_ = std::move(points.inputs);
  labels_ = std::move(points.labels);
  if (!labels_.empty()) add_label_noise(labels_, data.classes, data.label_noise, data.seed);
  target_values_ = std::move(points.targets);
  rows_ = data.samples;
}

void Samples::take_images(DataSpec& data) {
  const IdxView images = read_idx(data.images, 3, "data.images");
  const IdxView labels = read_idx(data.image_labels, 1, "data.labels");
  const auto append = [this](const IdxView& from_images, const IdxView& from_labels, std::size_t count) {
    pixels_.insert(pixels_.end(), from_images.values.begin(), from_images.values.begin() + static_cast<std::ptrdiff_t>(count * columns_));
    labels_.insert(labels_.end(), from_labels.values.begin(), from_labels.values.begin() + static_cast<std::ptrdiff_t>(count));
  };
  rows_ = data.samples;
  if (data.test_images.empty()) {
    append(images, labels, rows_);
    data.images = {};
    split(data);
  } else {
    const IdxView test_images = read_idx(data.test_images, 3, "data.testImages");
    const IdxView test_labels = read_idx(data.test_labels, 1, "data.testLabels");
    const std::size_t tests = std::min(test_images.items(), limits::samples);
    pixels_.reserve((rows_ + tests) * columns_);
    append(images, labels, rows_);
    data.images = {};
    append(test_images, test_labels, tests);
    data.test_images = {};
    train_.resize(rows_);
    std::iota(train_.begin(), train_.end(), 0u);
    test_.resize(tests);
    std::iota(test_.begin(), test_.end(), static_cast<std::uint32_t>(rows_));
    rows_ += tests;
  }
}

void Samples::split(const DataSpec& data) {
  std::vector<std::uint32_t> order(rows_);
  std::iota(order.begin(), order.end(), 0u);
  Random random(data.seed, Random::Purpose::split);
  random.shuffle(std::span(order));
  const auto tests = static_cast<std::size_t>(std::llround(data.test_fraction * static_cast<double>(rows_)));
  std::vector<bool> is_test(rows_);
  for (const std::uint32_t row : std::span(order).first(tests)) is_test[row] = true;
  test_.reserve(tests);
  train_.reserve(rows_ - tests);
  for (std::uint32_t row = 0; row < rows_; ++row) (is_test[row] ? test_ : train_).push_back(row);
}

void Samples::scale_images(const DataSpec& data) {
  constexpr double largest = 255;
  double sum = 0;
  double sum_of_squares = 0;
  for (const std::uint32_t row : train_)
    for (std::size_t c = 0; c < columns_; ++c) {
      const double x = pixels_[row * columns_ + c];
      sum += x;
      sum_of_squares += x * x;
    }
  // Sums of bytes are exact in double, so mean and deviation carry one rounding only.
  const double count = static_cast<double>(train_.size()) * static_cast<double>(columns_);
  mean_ = sum / count / largest;
  deviation_ = std::sqrt(std::max(0.0, sum_of_squares / count - (sum / count) * (sum / count))) / largest;
  if (data.scaling == Scaling::raw) return;
  inputs_.scale = static_cast<float>(1 / largest);
  if (data.scaling == Scaling::unit) return;
  const double mean = data.mean.value_or(mean_);
  // Images that are all alike have no deviation; dividing by 1 leaves them at 0.
  const double deviation = data.deviation.value_or(deviation_ > 0 ? deviation_ : 1.0);
  inputs_.scale = static_cast<float>(1 / (largest * deviation));
  inputs_.offset = static_cast<float>(-mean / deviation);
}

void Samples::copy_raw(std::size_t row, float* out) const noexcept {
  if (pixels_.empty())
    std::copy_n(raw_.data() + row * columns_, columns_, out);
  else
    std::copy_n(pixels_.data() + row * columns_, columns_, out);
}

void Samples::compute_features(std::span<const float> raw, std::size_t rows, float* out) const {
  if (plain_) {
    std::copy_n(raw.begin(), rows * columns_, out);
    return;
  }
  const std::size_t padded = simd::round_up(rows, simd::padding);
  simd::AlignedVector<float> x1(padded), x2(padded), value(padded);
  for (std::size_t f = 0; f < features_.size(); ++f) {
    const FeatureChoice& feature = features_[f];
    if (!feature.computed) {
      for (std::size_t r = 0; r < rows; ++r) out[r * features_.size() + f] = raw[r * columns_ + feature.index];
      continue;
    }
    for (std::size_t r = 0; r < rows; ++r) {
      x1[r] = raw[r * columns_];
      x2[r] = raw[r * columns_ + columns_ - 1];
    }
    compute_feature(feature.index, x1.data(), x2.data(), value.data(), padded);
    for (std::size_t r = 0; r < rows; ++r) out[r * features_.size() + f] = value[r];
  }
}

std::size_t Samples::memory() const noexcept {
  return (raw_.size() + computed_.size() + target_values_.size()) * sizeof(float) + pixels_.size() + (labels_.size() + train_.size() + test_.size()) * sizeof(std::uint32_t);
}

}  // namespace mlp
