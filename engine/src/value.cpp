#include "mlp/value.hpp"

#include <cmath>
#include <cstdint>

namespace mlp {

const Value* Value::find(std::string_view key) const noexcept {
  const auto* object = get<Object>();
  if (!object) return nullptr;
  for (const auto& [name, value] : *object)
    if (name == key) return &value;
  return nullptr;
}

void Value::set(std::string_view key, Value value) {
  if (is_null()) data_ = Object{};
  auto& object = std::get<Object>(data_);
  for (auto& [name, old] : object)
    if (name == key) {
      old = std::move(value);
      return;
    }
  object.emplace_back(std::string(key), std::move(value));
}

std::string Value::describe() const {
  constexpr std::size_t longest = 40;
  if (const auto* b = get<bool>()) return *b ? "true" : "false";
  if (const auto* x = get<double>()) return to_text(*x);
  if (const auto* s = get<std::string>()) return s->size() <= longest ? "\"" + *s + "\"" : "a text of " + std::to_string(s->size()) + " bytes";
  if (get<Object>()) return "an object";
  if (get<Bytes>()) return "an array of bytes";
  if (get<Array>() || get<Numbers>()) return "an array";
  return "null";
}

std::string to_text(double x) {
  // Written out rather than left to printf and strtod, which would be a tenth of the WebAssembly module.
  if (std::isnan(x)) return "NaN";
  if (std::isinf(x)) return x > 0 ? "Infinity" : "-Infinity";
  const std::string sign = x < 0 ? "-" : "";
  double m = std::fabs(x);
  constexpr double largest_whole = 1e15;
  if (m < largest_whole && m == std::floor(m)) return (x == 0 ? "" : sign) + std::to_string(static_cast<std::uint64_t>(m));

  int exponent = 0;
  for (; m >= 10; m /= 10) ++exponent;
  for (; m < 1; m *= 10) --exponent;
  constexpr int significant = 9;
  auto rounded = static_cast<std::uint64_t>(m * 1e8 + 0.5);
  if (rounded == 1000000000) {
    rounded = 100000000;
    ++exponent;
  }
  std::string digits = std::to_string(rounded);
  digits.erase(digits.find_last_not_of('0') + 1);
  constexpr int most_zeros = 5;
  std::string text = sign;
  if (exponent < -most_zeros || exponent >= significant) {
    text += digits[0];
    if (digits.size() > 1) text.append(".").append(digits, 1);
    return text.append("e").append(std::to_string(exponent));
  }
  if (exponent < 0) return text.append("0.").append(static_cast<std::size_t>(-exponent - 1), '0').append(digits);
  const auto whole = static_cast<std::size_t>(exponent + 1);
  if (digits.size() <= whole) return text.append(digits).append(whole - digits.size(), '0');
  return text.append(digits, 0, whole).append(".").append(digits, whole);
}

Value merge(Value base, const Value& changes) {
  const auto* object = changes.get<Object>();
  if (!object || !base.get<Object>()) return changes;
  const Value* id = changes.find("id");
  const Value* old_id = base.find("id");
  const auto* text = id ? id->get<std::string>() : nullptr;
  const auto* old_text = old_id ? old_id->get<std::string>() : nullptr;
  // The parameters of one operation mean nothing to another.
  if (text && old_text && *text != *old_text) return changes;
  for (const auto& [key, change] : *object) {
    const Value* old = base.find(key);
    base.set(key, old ? merge(*old, change) : change);
  }
  return base;
}

}  // namespace mlp
