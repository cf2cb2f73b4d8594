#include "mlp/json.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "mlp/error.hpp"

namespace mlp {
namespace {

using Json = nlohmann::ordered_json;

constexpr int deepest = 32;  // a document has 5 levels; each costs stack here and wherever a value is walked

Value to_value(const Json& json, int depth) {
  if (depth > deepest) throw Error(ErrorCode::invalid_document, "", "expected at most " + std::to_string(deepest) + " levels");
  switch (json.type()) {
    case Json::value_t::boolean: return json.get<bool>();
    case Json::value_t::number_integer:
    case Json::value_t::number_unsigned:
    case Json::value_t::number_float: return json.get<double>();
    case Json::value_t::string: return json.get<std::string>();
    case Json::value_t::array: {
      if (!json.empty() && std::all_of(json.begin(), json.end(), [](const Json& item) { return item.is_number(); })) return json.get<Numbers>();
      Array array;
      for (const Json& item : json) array.push_back(to_value(item, depth + 1));
      return array;
    }
    case Json::value_t::object: {
      Object object;
      for (const auto& [key, item] : json.items()) object.emplace_back(key, to_value(item, depth + 1));
      return object;
    }
    default: return {};
  }
}

Json to_tree(const Value& value) {
  if (const auto* b = value.get<bool>()) return *b;
  if (const auto* x = value.get<double>()) return *x;
  if (const auto* s = value.get<std::string>()) return *s;
  if (const auto* n = value.get<Numbers>()) return *n;
  if (const auto* bytes = value.get<Bytes>()) return Numbers(bytes->begin(), bytes->end());
  if (const auto* array = value.get<Array>()) {
    Json json = Json::array();
    for (const Value& item : *array) json.push_back(to_tree(item));
    return json;
  }
  if (const auto* object = value.get<Object>()) {
    Json json = Json::object();
    for (const auto& [key, item] : *object) json[key] = to_tree(item);
    return json;
  }
  return nullptr;
}

}  // namespace

Value parse_json(std::string_view text) {
  try {
    return to_value(Json::parse(text), 0);
  } catch (const nlohmann::json::exception& error) {
    throw Error(ErrorCode::invalid_document, "", std::string("expected JSON: ") + error.what());
  }
}

std::string to_json(const Value& value) { return to_tree(value).dump(); }

}  // namespace mlp
