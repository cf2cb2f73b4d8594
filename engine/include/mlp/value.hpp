// A small tree of plain values: what a document is made of before it is checked. Filled by an adapter (JavaScript's values in
// the browser, JSON natively), read by document.cpp alone.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "mlp/message.hpp"

namespace mlp {

class Value;

using Array = std::vector<Value>;
using Member = std::pair<std::string, Value>;
using Object = std::vector<Member>;  // in the order of insertion
using Bytes = std::vector<std::uint8_t>;
using Numbers = std::vector<double>;  // an array that holds numbers only

class Value {
 public:
  Value() = default;  // null
  Value(bool b) : data_(b) {}
  Value(double x) : data_(x) {}
  Value(std::string s) : data_(std::move(s)) {}
  Value(std::string_view s) : data_(std::string(s)) {}
  Value(const char* s) : data_(std::string(s)) {}
  Value(Array a) : data_(std::move(a)) {}
  Value(Object o) : data_(std::move(o)) {}
  Value(Bytes b) : data_(std::move(b)) {}
  Value(Numbers n) : data_(std::move(n)) {}

  /// The content as T (bool, double, std::string, Array, Object, Bytes, Numbers), or nullptr.
  template <class T>
  const T* get() const noexcept { return std::get_if<T>(&data_); }
  template <class T>
  T* get() noexcept { return std::get_if<T>(&data_); }
  bool is_null() const noexcept { return std::holds_alternative<std::monostate>(data_); }

  /// The member `key` of an object, or nullptr.
  const Value* find(std::string_view key) const noexcept;

  /// Sets the member `key` of an object; a null value becomes an object.
  void set(std::string_view key, Value value);

  /// What a person would call it: "a number", "an object", …; with its content where that is short.
  std::string describe() const;

 private:
  std::variant<std::monostate, bool, double, std::string, Array, Object, Bytes, Numbers> data_;
};

/// `base` with the members of `changes` laid over it, object by object; anything else, and an object with another "id", is
/// replaced whole.
Value merge(Value base, const Value& changes);

}  // namespace mlp
