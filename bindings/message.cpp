#include "message.hpp"

#include <cmath>
#include <cstring>

#include "mlp/document.hpp"
#include "mlp/error.hpp"

namespace mlp::bindings {

template <class T>
T Message::take() noexcept {
  T value;
  std::memcpy(&value, at_, sizeof value);
  at_ += sizeof value;
  return value;
}

std::string_view Message::take_text() noexcept {
  const auto length = take<std::uint32_t>();
  const std::string_view text(reinterpret_cast<const char*>(at_), length);
  at_ += length;
  return text;
}

template <class T>
std::span<const T> Message::take_array() noexcept {
  const auto* data = reinterpret_cast<const T*>(take<std::uintptr_t>());
  return {data, take<std::uint32_t>()};
}

Value Message::value() {
  switch (take<Kind>()) {
    case Kind::nothing: break;
    case Kind::no: return false;
    case Kind::yes: return true;
    case Kind::number: return take<double>();
    case Kind::text: return take_text();
    case Kind::list: {
      Array array(take<std::uint32_t>());
      for (Value& item : array) item = value();
      return array;
    }
    case Kind::object: {
      Object object(take<std::uint32_t>());
      for (auto& [key, item] : object) {
        key = take_text();
        item = value();
      }
      return object;
    }
    case Kind::bytes: {
      const auto values = take_array<std::uint8_t>();
      return Bytes(values.begin(), values.end());
    }
    case Kind::floats: {
      const auto values = take_array<float>();
      return Numbers(values.begin(), values.end());
    }
    case Kind::integers: {
      const auto values = take_array<std::uint32_t>();
      return Numbers(values.begin(), values.end());
    }
    case Kind::doubles: {
      const auto values = take_array<double>();
      return Numbers(values.begin(), values.end());
    }
  }
  return {};
}

void Message::expect(Kind kind, std::string_view name, std::string_view expected) {
  if (*at_ == static_cast<std::uint8_t>(kind)) {
    ++at_;
    return;
  }
  std::string message = "expected ";
  message.append(expected).append(", got ").append(value().describe());
  throw Error(ErrorCode::invalid_argument, std::string(name), std::move(message));
}

std::string_view Message::text(std::string_view name) {
  expect(Kind::text, name, "a text");
  return take_text();
}

double Message::number(std::string_view name) {
  expect(Kind::number, name, "a number");
  return take<double>();
}

std::size_t Message::index(std::string_view name) {
  constexpr double largest = 4294967295.0;
  const double x = number(name);
  if (!(x >= 0 && x <= largest && x == std::floor(x))) throw Error(ErrorCode::invalid_argument, std::string(name), "expected a whole number of at least 0, got " + to_text(x));
  return static_cast<std::size_t>(x);
}

std::span<const float> Message::floats(std::string_view name) {
  expect(Kind::floats, name, "an array of numbers");
  return take_array<float>();
}

std::span<const std::uint8_t> Message::bytes(std::string_view name) {
  expect(Kind::bytes, name, "bytes");
  return take_array<std::uint8_t>();
}

Operation Message::operation(std::span<const OperationInfo* const> table, std::string_view name) {
  std::vector<Issue> issues;
  const Operation operation = read_operation(value(), std::string(name), table, issues);
  if (!issues.empty()) throw Error(ErrorCode::invalid_argument, issues.front().path, issues.front().message);
  return operation;
}

bool Message::absent() noexcept {
  const bool nothing = *at_ == static_cast<std::uint8_t>(Kind::nothing);
  if (nothing) ++at_;
  return nothing;
}

void Answer::clear() noexcept {
  bytes_ = {};
  kept_.clear();
}

template <class T>
void Answer::append(T value) {
  const auto* from = reinterpret_cast<const std::uint8_t*>(&value);
  bytes_.insert(bytes_.end(), from, from + sizeof value);
}

void Answer::header(Kind kind, std::size_t length) {
  append(kind);
  append(static_cast<std::uint32_t>(length));
}

void Answer::put(double value) {
  kind(Kind::number);
  append(value);
}

void Answer::put(std::string_view text) {
  kind(Kind::text);
  key(text);
}

void Answer::key(std::string_view name) {
  append(static_cast<std::uint32_t>(name.size()));
  bytes_.insert(bytes_.end(), name.begin(), name.end());
}

void Answer::put(const Value& value) {
  if (const auto* b = value.get<bool>()) return put(*b);
  if (const auto* x = value.get<double>()) return put(*x);
  if (const auto* s = value.get<std::string>()) return put(std::string_view(*s));
  if (const auto* numbers = value.get<Numbers>()) return put(*numbers);
  if (const auto* bytes = value.get<Bytes>()) return put(*bytes);
  if (const auto* array = value.get<Array>()) {
    list(array->size());
    for (const Value& item : *array) put(item);
  } else if (const auto* object_value = value.get<Object>()) {
    object(object_value->size());
    for (const auto& [name, item] : *object_value) member(name, item);
  } else {
    nothing();
  }
}

template <class T>
void Answer::keep(Kind kind, std::vector<T>&& values) {
  const auto& kept = std::get<std::vector<T>>(kept_.emplace_back(std::move(values)));
  append(kind);
  append(reinterpret_cast<std::uintptr_t>(kept.data()));
  append(static_cast<std::uint32_t>(kept.size()));
}

template void Answer::keep(Kind, std::vector<std::uint8_t>&&);
template void Answer::keep(Kind, std::vector<float>&&);
template void Answer::keep(Kind, std::vector<std::uint32_t>&&);
template void Answer::keep(Kind, std::vector<double>&&);

}  // namespace mlp::bindings
