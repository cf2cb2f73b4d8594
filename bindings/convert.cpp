#include "convert.hpp"

#include <cmath>
#include <string>

#include "mlp/error.hpp"

namespace mlp::bindings {
namespace {

using emscripten::val;

std::size_t length_of(const val& js) { return js["length"].as<std::size_t>(); }

constexpr int deepest = 32;  // a document has 5 levels; more is a cycle or an attack

std::string type_of(const val& js) {
  if (js.isNull()) return "null";
  if (js.isArray()) return "an array";
  if (js.isNumber()) return mlp::to_text(js.as<double>());
  const std::string type = js.typeOf().as<std::string>();
  return type == "object" || type == "undefined" ? (type == "object" ? "an object" : type) : "a " + type;
}

bool is_instance(const val& js, const char* constructor) { return js.instanceof (val::global(constructor)); }

val keys_of(const val& js) { return val::global("Object").call<val>("keys", js); }

/// Anything with a buffer that is an array of numbers; DataView and the 64-bit integers are not.
bool is_typed_array(const val& js) {
  return val::global("ArrayBuffer").call<bool>("isView", js) && !is_instance(js, "DataView") && !is_instance(js, "BigInt64Array") && !is_instance(js, "BigUint64Array");
}

/// Array.prototype.every is quick for the usual case; lists with NaN or infinity are looked through one by one.
bool is_number_list(const val& js) {
  if (!js.isArray()) return false;
  if (js.call<val>("every", val::global("Number")["isFinite"]).isTrue()) return true;
  const auto length = length_of(js);
  for (std::size_t i = 0; i < length; ++i)
    if (!js[i].isNumber()) return false;
  return true;
}

template <class T>
std::vector<T> copy_numbers(const val& js, const char* constructor) {
  const auto length = length_of(js);
  std::vector<T> numbers(length);
  if (length == 0) return numbers;
  // The view is made after the last allocation and used in the same statement: growing memory would detach it.
  const val view(emscripten::typed_memory_view(length, numbers.data()));
  if (is_instance(js, constructor) || is_typed_array(js))
    view.call<void>("set", js);
  else
    view.call<void>("set", val::global(constructor).call<val>("from", js));
  return numbers;
}

[[noreturn]] void reject(const std::string& path, const std::string& expected, const val& js) {
  throw Error(ErrorCode::invalid_document, path, "expected " + expected + ", got " + type_of(js));
}

Value read(const val& js, const std::string& path, int depth) {
  if (depth > deepest) throw Error(ErrorCode::invalid_document, path, "expected at most " + std::to_string(deepest) + " levels");
  if (js.isNull() || js.isUndefined()) return {};
  if (js.isTrue() || js.isFalse()) return js.isTrue();
  if (js.isNumber()) return js.as<double>();
  if (js.isString()) return js.as<std::string>();
  if (is_instance(js, "Uint8Array") || is_instance(js, "Uint8ClampedArray")) return Value(copy_numbers<std::uint8_t>(js, "Uint8Array"));
  if (is_typed_array(js)) return Value(copy_numbers<double>(js, "Float64Array"));
  if (js.isArray()) {
    const auto length = length_of(js);
    if (length > 0 && is_number_list(js)) return Value(copy_numbers<double>(js, "Float64Array"));
    Array array;
    for (std::size_t i = 0; i < length; ++i) array.push_back(read(js[i], path + "[" + std::to_string(i) + "]", depth + 1));
    return array;
  }
  const std::string type = js.typeOf().as<std::string>();
  if (type != "object") reject(path, "a plain value", js);
  const val keys = keys_of(js);
  const auto count = length_of(keys);
  constexpr std::size_t most_members = 1000;
  if (count > most_members) throw Error(ErrorCode::invalid_document, path, "expected an object with at most " + std::to_string(most_members) + " members");
  Object object;
  for (std::size_t i = 0; i < count; ++i) {
    std::string key = keys[i].as<std::string>();
    const std::string inner = path.empty() ? key : path + "." + key;
    const val member = js[keys[i]];
    if (member.isUndefined()) continue;  // absent, as in JSON
    object.emplace_back(std::move(key), read(member, inner, depth + 1));
  }
  return object;
}

template <class T>
val fresh(const char* constructor, std::span<const T> values) {
  val array = val::global(constructor).new_(values.size());
  if (!values.empty()) array.call<void>("set", val(emscripten::typed_memory_view(values.size(), values.data())));
  return array;
}

[[noreturn]] void reject_argument(std::string_view name, const std::string& expected, const val& js) {
  throw Error(ErrorCode::invalid_argument, std::string(name), "expected " + expected + ", got " + type_of(js));
}

template <class T>
std::vector<T> numbers_argument(const val& js, const char* constructor, std::string_view name) {
  if (!is_number_list(js) && !is_typed_array(js)) reject_argument(name, "a typed array or an array of numbers", js);
  return copy_numbers<T>(js, constructor);
}

void expect_object(const val& js, std::string_view name) {
  if (js.isNull() || js.isUndefined() || js.typeOf().as<std::string>() != "object") reject_argument(name, "an object", js);
}

void expect_known(const val& js, std::initializer_list<std::string_view> known) {
  const val keys = keys_of(js);
  const auto count = length_of(keys);
  for (std::size_t i = 0; i < count; ++i) {
    const auto key = keys[i].as<std::string>();
    bool found = false;
    std::string list;
    for (const std::string_view k : known) {
      found = found || k == key;
      list += (list.empty() ? "" : ", ") + std::string(k);
    }
    if (!found) throw Error(ErrorCode::invalid_argument, key, "unknown; expected " + list);
  }
}

}  // namespace

void put(val& object, const char* name, const val& value) { object.set(name, value); }
void put(val& object, const char* name, double value) { object.set(name, value); }
void put(val& object, const char* name, std::string_view value) { object.set(name, std::string(value)); }

Value to_value(const val& js) { return read(js, "", 0); }

val to_js(const Value& value) {
  if (const auto* b = value.get<bool>()) return val(*b);
  if (const auto* x = value.get<double>()) return val(*x);
  if (const auto* s = value.get<std::string>()) return val(*s);
  if (const auto* numbers = value.get<Numbers>()) return give(std::span<const double>(*numbers));
  if (const auto* bytes = value.get<Bytes>()) return give(std::span<const std::uint8_t>(*bytes));
  if (const auto* array = value.get<Array>()) {
    val result = val::array();
    for (std::size_t i = 0; i < array->size(); ++i) result.set(i, to_js((*array)[i]));
    return result;
  }
  if (const auto* object = value.get<Object>()) {
    val result = val::object();
    for (const auto& [key, item] : *object) result.set(key, to_js(item));
    return result;
  }
  return val::null();
}

std::vector<float> to_floats(const val& js, std::string_view name) { return numbers_argument<float>(js, "Float32Array", name); }

std::vector<std::uint8_t> to_bytes(const val& js, std::string_view name) {
  if (!is_instance(js, "Uint8Array")) reject_argument(name, "a Uint8Array", js);
  return copy_numbers<std::uint8_t>(js, "Uint8Array");
}

double to_number(const val& js, std::string_view name) {
  if (!js.isNumber()) reject_argument(name, "a number", js);
  return js.as<double>();
}

std::size_t to_index(const val& js, std::string_view name) {
  constexpr double largest = 4294967295.0;
  const double x = js.isNumber() ? js.as<double>() : -1;
  if (!(x >= 0 && x <= largest && x == std::floor(x))) reject_argument(name, "a whole number of at least 0", js);
  return static_cast<std::size_t>(x);
}

std::string to_text(const val& js, std::string_view name) {
  if (!js.isString()) reject_argument(name, "a text", js);
  return js.as<std::string>();
}

Split to_split(const val& js) { return split_named(to_text(js, "split")); }

val give(std::span<const float> values, const val& out) {
  if (out.isUndefined()) return fresh("Float32Array", values);
  if (!is_instance(out, "Float32Array")) reject_argument("out", "a Float32Array", out);
  const auto length = length_of(out);
  if (length != values.size())
    throw Error(ErrorCode::invalid_argument, "out", "expected a Float32Array of " + std::to_string(values.size()) + " numbers, got one of " + std::to_string(length));
  if (!values.empty()) out.call<void>("set", val(emscripten::typed_memory_view(values.size(), values.data())));
  return out;
}

val give(std::span<const double> values) { return fresh("Float64Array", values); }
val give(std::span<const std::uint32_t> values) { return fresh("Uint32Array", values); }
val give(std::span<const std::uint8_t> values) { return fresh("Uint8Array", values); }

Operation to_operation(const val& js, std::span<const OperationInfo* const> table, std::string_view name) {
  std::vector<Issue> issues;
  Operation operation = read_operation(to_value(js), std::string(name), table, issues);
  if (!issues.empty()) throw Error(ErrorCode::invalid_argument, issues.front().path, issues.front().message);
  return operation;
}

Budget to_budget(const val& js) {
  expect_object(js, "budget");
  expect_known(js, {"steps", "epochs", "milliseconds"});
  Budget budget;
  const auto count = [&](const char* key, std::optional<std::uint64_t>& field) {
    if (const val value = js[key]; !value.isUndefined()) field = to_index(value, key);
  };
  count("steps", budget.steps);
  count("epochs", budget.epochs);
  if (const val milliseconds = js["milliseconds"]; !milliseconds.isUndefined()) {
    const double x = to_number(milliseconds, "milliseconds");
    constexpr double longest = 3.6e6;
    if (!(x >= 0 && x <= longest)) reject_argument("milliseconds", "0 to 3600000", milliseconds);
    budget.milliseconds = x;
  }
  if (!budget.steps && !budget.epochs && !budget.milliseconds) throw Error(ErrorCode::invalid_argument, "budget", "expected steps, epochs or milliseconds");
  return budget;
}

Grid to_grid(const val& js) {
  expect_object(js, "grid");
  expect_known(js, {"x", "y", "columns", "rows", "layer", "unit"});
  Grid grid;
  const auto interval = [&](const char* key, double& low, double& high) {
    const val pair = js[key];
    if (pair.isUndefined()) return;
    if (!pair.isArray() || length_of(pair) != 2) reject_argument(key, "[minimum, maximum]", pair);
    low = to_number(pair[0], std::string(key) + "[0]");
    high = to_number(pair[1], std::string(key) + "[1]");
  };
  interval("x", grid.x_min, grid.x_max);
  interval("y", grid.y_min, grid.y_max);
  if (const val columns = js["columns"]; !columns.isUndefined()) grid.columns = to_index(columns, "columns");
  if (const val rows = js["rows"]; !rows.isUndefined()) grid.rows = to_index(rows, "rows");
  return grid;
}

val to_js(const Progress& progress) {
  val result = val::object();
  put(result, "step", static_cast<double>(progress.step));
  put(result, "epoch", static_cast<double>(progress.epoch));
  put(result, "loss", progress.loss);
  put(result, "status", name(progress.status));
  if (progress.cause) {
    val cause = val::object();
    put(cause, "layer", progress.cause->layer);
    put(cause, "quantity", progress.cause->quantity);
    put(result, "cause", cause);
  }
  return result;
}

val to_js(const Evaluation& evaluation, std::size_t classes) {
  val result = val::object();
  put(result, "loss", evaluation.loss);
  if (classes > 0) {
    put(result, "accuracy", evaluation.accuracy);
    put(result, "confusion", give(std::span<const std::uint32_t>(evaluation.confusion)));
  } else {
    put(result, "r2", evaluation.r2);
  }
  return result;
}

val to_js(const std::vector<Issue>& issues) {
  val result = val::array();
  for (std::size_t i = 0; i < issues.size(); ++i) {
    val issue = val::object();
    put(issue, "path", issues[i].path);
    put(issue, "message", issues[i].message);
    result.set(i, issue);
  }
  return result;
}

}  // namespace mlp::bindings
