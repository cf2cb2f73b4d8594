// What every training step does: gathers a batch, and moves the parameters. Apart from the rest of Trainer and Samples, which is
// compiled for size.
#include <algorithm>
#include <cmath>

#include "mlp/trainer.hpp"

namespace mlp {

void Samples::gather_targets(TargetEncoding encoding, std::span<const std::uint32_t> rows, MatrixView values, std::span<std::uint32_t> labels) const noexcept {
  if (encoding == TargetEncoding::class_index) {
    for (std::size_t s = 0; s < rows.size(); ++s) labels[s] = labels_[rows[s]];
    return;
  }
  if (labels_.empty()) {
    for (std::size_t s = 0; s < rows.size(); ++s)
      for (std::size_t t = 0; t < targets_; ++t) values(t, s) = target_values_[rows[s] * targets_ + t];
    return;
  }
  const float no = encoding == TargetEncoding::signs ? -1.f : 0.f;
  // One output stands for the second of two classes.
  const std::uint32_t first = values.rows == 1 ? 1 : 0;
  for (std::size_t c = 0; c < values.rows; ++c) {
    float* row = values.row(c);
    for (std::size_t s = 0; s < rows.size(); ++s) row[s] = labels_[rows[s]] == first + c ? 1.f : no;
  }
}

Targets Trainer::gather_targets(std::span<const std::uint32_t> rows) noexcept {
  const MatrixView values{target_values_.data(), target_values_.rows(), rows.size(), simd::round_up(rows.size(), simd::padding)};
  samples_.gather_targets(encoding_, rows, values, target_labels_);
  return {values, target_labels_};
}

double Trainer::loss_and_gradient(std::span<const std::uint32_t> rows, Random* dropout) noexcept {
  const Operation& loss = experiment_.training.loss;
  const double divisor = loss_divisor(loss.index, rows.size(), experiment_.network.layers.back().units);
  const LossKernel kernel = loss_kernel<simd::Arch>(loss.index);
  double sum = 0;
  for (std::size_t first = 0; first < rows.size(); first += capacity) {
    const auto chunk = rows.subspan(first, std::min(capacity, rows.size() - first));
    stack_->load(samples_.inputs(), chunk);
    if (dropout) stack_->drop(*dropout);
    stack_->forward(parameters_);
    sum += kernel(stack_->outputs(), gather_targets(chunk), static_cast<float>(1 / divisor), stack_->output_slope(), loss.values);
    stack_->backward(parameters_, gradient_, first > 0);
  }
  return sum / divisor;
}

void Trainer::begin_epoch() noexcept {
  epoch_start_ = sampling_;
  std::copy(samples_.train().begin(), samples_.train().end(), order_.begin());
  if (experiment_.training.sampling == Sampling::shuffle) sampling_.shuffle(std::span(order_));
}

std::span<const std::uint32_t> Trainer::next_batch() noexcept {
  const std::size_t rows = order_.size();
  const std::size_t size = std::min(experiment_.training.batch_size, rows);
  if (position_ == 0) begin_epoch();
  std::span<const std::uint32_t> batch;
  if (experiment_.training.sampling == Sampling::replacement) {
    for (std::size_t i = 0; i < size; ++i) batch_[i] = order_[sampling_.below(static_cast<std::uint32_t>(rows))];
    batch = std::span(batch_).first(size);
  } else {
    const auto position = static_cast<std::size_t>(position_);
    batch = std::span(order_).subspan(position, std::min(size, rows - position));
  }
  position_ += size;
  return batch;
}

double Trainer::rate() const noexcept {
  const TrainingSpec& training = experiment_.training;
  const double epochs = static_cast<double>(epoch_) + static_cast<double>(position_) / static_cast<double>(order_.size());
  return training.optimizer.values[0] * schedule_factor(training.schedule, epochs);
}

void Trainer::add_penalties() noexcept {
  const auto l1 = static_cast<float>(experiment_.training.l1);
  const auto l2 = static_cast<float>(experiment_.training.l2);
  if (l1 == 0 && l2 == 0) return;
  using F = simd::Batch<>;
  for (std::size_t i = 0; i < parameters_.size(); i += simd::lanes<>) {
    const F w = simd::load<simd::Arch>(parameters_.data() + i);
    const F g = simd::load<simd::Arch>(gradient_.data() + i) + F(l1) * simd::sign(w) + F(l2) * w;
    simd::store<simd::Arch>(gradient_.data() + i, g);
  }
}

void Trainer::clip_gradient() noexcept {
  const double limit = experiment_.training.clip_norm;
  if (limit == 0) return;
  using F = simd::Batch<>;
  constexpr std::size_t block = 1024;  // summed in float, blocks in double
  double sum = 0;
  for (std::size_t first = 0; first < gradient_.size(); first += block) {
    F squares(0.f);
    for (std::size_t i = first; i < std::min(first + block, gradient_.size()); i += simd::lanes<>) {
      const F g = simd::load<simd::Arch>(gradient_.data() + i);
      squares = squares + g * g;
    }
    sum += static_cast<double>(simd::sum<simd::Arch>(squares));
  }
  // As torch.nn.utils.clip_grad_norm_: the small constant keeps the quotient defined.
  const double factor = limit / (std::sqrt(sum) + 1e-6);
  if (!(factor < 1)) return;
  const F scale(static_cast<float>(factor));
  for (std::size_t i = 0; i < gradient_.size(); i += simd::lanes<>) simd::store<simd::Arch>(gradient_.data() + i, simd::load<simd::Arch>(gradient_.data() + i) * scale);
}

void Trainer::step(double& loss) noexcept {
  const double rate = this->rate();
  const Random sampling = sampling_;
  const Random dropout = dropout_;
  const std::uint64_t position = position_;
  const std::span<const std::uint32_t> batch = next_batch();
  loss = loss_and_gradient(batch, drops_ ? &dropout_ : nullptr);
  if (!std::isfinite(loss)) {
    // A step that is not taken uses up no rows.
    sampling_ = sampling;
    dropout_ = dropout;
    position_ = position;
    return diverge(find_cause(batch, dropout));
  }
  add_penalties();
  // A gradient of 0 keeps the optimizer's state at 0, and so every update but a decay of the parameter itself.
  for (std::size_t i = 0; i < held_.size(); ++i) {
    gradient_[held_[i]] = 0;
    held_values_[i] = parameters_[held_[i]];
  }
  clip_gradient();
  const TrainingSpec& training = experiment_.training;
  ++optimizer_step_;
  const bool finite = optimizer_kernel<simd::Arch>(training.optimizer.index)(
      {parameters_, gradient_, optimizer_state_, training.optimizer.values, rate, static_cast<double>(optimizer_step_)});
  for (std::size_t i = 0; i < held_.size(); ++i) parameters_[held_[i]] = held_values_[i];
  ++step_;
  mask_start_ = dropout;
  mask_rows_ = batch.size();
  if (position_ >= order_.size()) {
    position_ = 0;
    ++epoch_;
  }
  if (!finite) diverge(find_cause(batch, dropout));
}

}  // namespace mlp
