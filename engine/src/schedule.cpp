#include "mlp/schedule.hpp"

#include "table.hpp"

namespace mlp {

std::span<const OperationInfo* const> schedule_table() noexcept { return detail::Table<Schedules>::infos; }

double schedule_factor(const Operation& schedule, double epochs) noexcept {
  static constexpr auto factors = detail::Table<Schedules>::map([]<class Op>() { return &Op::factor; });
  return factors[schedule.index](epochs, schedule.values);
}

}  // namespace mlp
