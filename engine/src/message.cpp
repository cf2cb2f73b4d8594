#include "mlp/message.hpp"

#include <cmath>
#include <cstdint>

namespace mlp {

void Part::append_to(std::string& text) const {
  if (size_ == no_text)
    text.append(to_text(number_));
  else
    text.append(text_, size_);
}

std::string Message::text() const {
  std::string text;
  std::string_view rest = form_;
  for (const Part& part : parts_) {
    const std::size_t hole = rest.find("{}");
    text.append(rest.substr(0, hole));
    part.append_to(text);
    rest.remove_prefix(hole + 2);
  }
  return text.append(rest);
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

}  // namespace mlp
