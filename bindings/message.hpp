// How values cross the border: as one message of bytes each way, little-endian, without padding. A value is a byte that says its kind, and
// its content. Arrays are not copied into the message, it says where they lie: those of a call in memory that JavaScript allocated and
// frees, those of an answer in the answer. The other end is web/src/engine/module.js; nobody else writes messages, so they are not
// checked for being well-formed, only for holding what a command expects.
#pragma once

#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "mlp/operation.hpp"
#include "mlp/value.hpp"

namespace mlp::bindings {

enum class Kind : std::uint8_t {
  nothing,
  no,
  yes,
  number,    // float64
  text,      // length in bytes, UTF-8
  list,      // length, values
  object,    // length; for each member a text without its kind byte, and a value
  bytes,     // for these four: address and length
  floats,
  integers,  // uint32
  doubles,
};

/// The arguments of a call, read one after the other.
class Message {
 public:
  explicit Message(const std::uint8_t* at) noexcept : at_(at) {}

  /// Any value.
  Value value();

  // One value of a kind. `name` is what an error calls it; throws Error{invalid_argument}.
  std::string_view text(std::string_view name);
  double number(std::string_view name);
  std::size_t index(std::string_view name);
  std::span<const float> floats(std::string_view name);
  std::span<const std::uint8_t> bytes(std::string_view name);
  Operation operation(std::span<const OperationInfo* const> table, std::string_view name);
  /// Skips a `nothing`; whether there was one.
  bool absent() noexcept;

 private:
  template <class T>
  T take() noexcept;
  std::string_view take_text() noexcept;
  template <class T>
  std::span<const T> take_array() noexcept;
  void expect(Kind kind, std::string_view name, std::string_view expected);

  const std::uint8_t* at_;
};

/// What a call answers. Arrays that are put in are kept until the next answer.
class Answer {
 public:
  void clear() noexcept;
  const std::uint8_t* data() const noexcept { return bytes_.data(); }

  void put(bool value) { kind(value ? Kind::yes : Kind::no); }
  void put(double value);
  void put(std::string_view text);
  void put(const std::string& text) { put(std::string_view(text)); }
  void put(const char* text) { put(std::string_view(text)); }
  void put(const Value& value);
  void put(std::vector<std::uint8_t> values) { keep(Kind::bytes, std::move(values)); }
  void put(std::vector<float> values) { keep(Kind::floats, std::move(values)); }
  void put(std::vector<std::uint32_t> values) { keep(Kind::integers, std::move(values)); }
  void put(std::vector<double> values) { keep(Kind::doubles, std::move(values)); }
  void nothing() { kind(Kind::nothing); }
  /// To be followed by that many values.
  void list(std::size_t length) { header(Kind::list, length); }
  /// To be followed by that many members.
  void object(std::size_t length) { header(Kind::object, length); }
  template <class T>
  void member(std::string_view name, T&& value) {
    key(name);
    put(std::forward<T>(value));
  }
  void key(std::string_view name);

 private:
  using Kept = std::variant<std::vector<std::uint8_t>, std::vector<float>, std::vector<std::uint32_t>, std::vector<double>>;

  template <class T>
  void append(T value);
  void kind(Kind kind) { append(kind); }
  void header(Kind kind, std::size_t length);
  template <class T>
  void keep(Kind kind, std::vector<T>&& values);

  std::vector<std::uint8_t> bytes_;
  std::deque<Kept> kept_;
};

}  // namespace mlp::bindings
