#include "mlp/value.hpp"

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
