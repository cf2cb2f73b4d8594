#include "convert.hpp"

#include <emscripten/em_js.h>
#include <emscripten/em_macros.h>

#include <cmath>
#include <string>

#include "mlp/error.hpp"

using emscripten::EM_VAL;

// What is asked of JavaScript's values is asked in JavaScript: through emscripten::val each of these would be several calls, and a dozen
// kinds of conversion in the glue.

EM_JS_DEPS(mlp_convert, "$Emval,$UTF8ToString,$lengthBytesUTF8,$stringToUTF8");

// The order of Kind.
EM_JS(int, js_kind, (EM_VAL handle), {
  const value = Emval.toValue(handle);
  if (value == null) return 0;
  if (Array.isArray(value)) return value.length > 0 && value.every((item) => typeof item == "number") ? 7 : 8;
  if (value instanceof Uint8Array || value instanceof Uint8ClampedArray) return 4;
  if (value instanceof Float32Array) return 5;
  if (ArrayBuffer.isView(value) && typeof value[0] != "bigint" && !(value instanceof DataView)) return 6;
  return { boolean: 1, number: 2, string: 3, object: 9 }[typeof value] ?? 10;
});
EM_JS(EM_VAL, js_type, (EM_VAL handle), { return Emval.toHandle(typeof Emval.toValue(handle)); });
EM_JS(double, js_number, (EM_VAL handle), { return Emval.toValue(handle); });
EM_JS(std::size_t, js_length, (EM_VAL handle), { return Emval.toValue(handle).length; });
EM_JS(EM_VAL, js_item, (EM_VAL handle, std::size_t index), { return Emval.toHandle(Emval.toValue(handle)[index]); });
EM_JS(EM_VAL, js_member, (EM_VAL handle, const char* name), { return Emval.toHandle(Emval.toValue(handle)[UTF8ToString(name)]); });
// Name, value, name, value, …
EM_JS(EM_VAL, js_entries, (EM_VAL handle), { return Emval.toHandle(Object.entries(Emval.toValue(handle)).flat()); });
EM_JS(std::size_t, js_text_size, (EM_VAL handle), { return lengthBytesUTF8(Emval.toValue(handle)); });
EM_JS(void, js_text, (EM_VAL handle, char* to, std::size_t size), { stringToUTF8(Emval.toValue(handle), to, size); });

// The order of Element.
EM_JS(void, js_read, (EM_VAL handle, int element, void* to), {
  const heap = [HEAPU8, HEAPU32, HEAPF32, HEAPF64][element];
  heap.set(Emval.toValue(handle), to / heap.BYTES_PER_ELEMENT);
});
EM_JS(void, js_read_part, (EM_VAL handle, std::size_t first, float* to, std::size_t count), {
  const values = Emval.toValue(handle);
  HEAPF32.set((values.subarray ?? values.slice).call(values, first, first + count), to / 4);
});
EM_JS(EM_VAL, js_array, (int element, const void* from, std::size_t length), {
  const heap = [HEAPU8, HEAPU32, HEAPF32, HEAPF64][element];
  const start = from / heap.BYTES_PER_ELEMENT;
  return Emval.toHandle(heap.slice(start, start + length));
});
EM_JS(void, js_fill, (EM_VAL handle, const float* from, std::size_t length), { Emval.toValue(handle).set(HEAPF32.subarray(from / 4, from / 4 + length)); });

EM_JS(EM_VAL, js_from_number, (double x), { return Emval.toHandle(x); });
EM_JS(EM_VAL, js_from_text, (const char* text, std::size_t size), { return Emval.toHandle(UTF8ToString(text, size)); });
EM_JS(void, js_set, (EM_VAL handle, EM_VAL key, EM_VAL value), { Emval.toValue(handle)[Emval.toValue(key)] = Emval.toValue(value); });
EM_JS(void, js_throw, (const char* code, const char* path, const char* message), {
  throw Object.assign(new Error(UTF8ToString(message)), { name: "EngineError", code: UTF8ToString(code), path: UTF8ToString(path) });
});

namespace mlp::bindings {
namespace {

using emscripten::val;

enum class Kind { none, boolean, number, text, bytes, floats, typed, numbers, list, object, other };
enum class Element { u8, u32, f32, f64 };

constexpr int deepest = 32;  // a document has 5 levels; more is a cycle or an attack

Kind kind_of(const val& js) { return static_cast<Kind>(js_kind(js.as_handle())); }
val item(const val& js, std::size_t index) { return val::take_ownership(js_item(js.as_handle(), index)); }
val member(const val& js, const char* name) { return val::take_ownership(js_member(js.as_handle(), name)); }

std::string text_of(const val& js) {
  std::string text(js_text_size(js.as_handle()), '\0');
  js_text(js.as_handle(), text.data(), text.size() + 1);
  return text;
}

bool has_numbers(Kind kind, const val& js) { return (kind >= Kind::bytes && kind <= Kind::numbers) || (kind == Kind::list && js_length(js.as_handle()) == 0); }

/// Of something that has numbers.
template <class T>
std::vector<T> numbers_of(const val& js, Element element) {
  std::vector<T> numbers(js_length(js.as_handle()));
  // A detached array has no numbers, and nothing may be copied from it.
  if (!numbers.empty()) js_read(js.as_handle(), static_cast<int>(element), numbers.data());
  return numbers;
}

std::string described(const val& js) {
  const Kind kind = kind_of(js);
  if (js.isNull()) return "null";
  if (kind == Kind::number) return mlp::to_text(js_number(js.as_handle()));
  if (kind == Kind::numbers || kind == Kind::list) return "an array";
  const std::string type = text_of(val::take_ownership(js_type(js.as_handle())));
  return type == "object" ? "an object" : js.isUndefined() ? type : "a " + type;
}

[[noreturn]] void reject(ErrorCode code, std::string_view path, const char* expected, const val& js) {
  fail(code, path, {"expected {}, got {}", {expected, described(js)}});
}

[[noreturn]] void reject_argument(std::string_view name, const char* expected, const val& js) { reject(ErrorCode::invalid_argument, name, expected, js); }

Value read(const val& js, const std::string& path, int depth) {
  if (depth > deepest) fail(ErrorCode::invalid_document, path, {"expected at most {} levels", {deepest}});
  switch (kind_of(js)) {
    case Kind::none: return {};
    case Kind::boolean: return js.isTrue();
    case Kind::number: return js_number(js.as_handle());
    case Kind::text: return text_of(js);
    case Kind::bytes: return Value(numbers_of<std::uint8_t>(js, Element::u8));
    case Kind::floats:
    case Kind::typed:
    case Kind::numbers: return Value(numbers_of<double>(js, Element::f64));
    case Kind::list: {
      Array array;
      const std::size_t length = js_length(js.as_handle());
      for (std::size_t i = 0; i < length; ++i) array.push_back(read(item(js, i), Message("{}[{}]", {path, i}).text(), depth + 1));
      return array;
    }
    case Kind::object: {
      const val entries = val::take_ownership(js_entries(js.as_handle()));
      const std::size_t count = js_length(entries.as_handle()) / 2;
      constexpr std::size_t most_members = 1000;
      if (count > most_members) fail(ErrorCode::invalid_document, path, {"expected an object with at most {} members", {most_members}});
      Object object;
      for (std::size_t i = 0; i < count; ++i) {
        const val value = item(entries, 2 * i + 1);
        if (value.isUndefined()) continue;  // absent, as in JSON
        std::string key = text_of(item(entries, 2 * i));
        const std::string inner = Message(path.empty() ? "{}{}" : "{}.{}", {path, key}).text();
        object.emplace_back(std::move(key), read(value, inner, depth + 1));
      }
      return object;
    }
    case Kind::other: break;
  }
  reject(ErrorCode::invalid_document, path, "a plain value", js);
}

val array_of(Element element, const void* values, std::size_t length) { return val::take_ownership(js_array(static_cast<int>(element), values, length)); }

void set(const val& object, const val& key, const val& value) { js_set(object.as_handle(), key.as_handle(), value.as_handle()); }

std::optional<std::size_t> index_in(const val& js, const char* name) {
  const val value = member(js, name);
  return value.isUndefined() ? std::nullopt : std::optional(to_index(value, name));
}

}  // namespace

void put(const val& object, const char* name, const val& value) { set(object, to_js(std::string_view(name)), value); }
void put(const val& object, const char* name, double value) { put(object, name, to_js(value)); }
void put(const val& object, const char* name, std::string_view value) { put(object, name, to_js(value)); }

Value to_value(const val& js) { return read(js, "", 0); }

val to_js(double x) { return val::take_ownership(js_from_number(x)); }
val to_js(std::string_view text) { return val::take_ownership(js_from_text(text.data(), text.size())); }

val to_js(const Value& value) {
  if (const auto* b = value.get<bool>()) return val::take_ownership(EM_VAL(*b ? emscripten::internal::_EMVAL_TRUE : emscripten::internal::_EMVAL_FALSE));
  if (const auto* x = value.get<double>()) return to_js(*x);
  if (const auto* s = value.get<std::string>()) return to_js(std::string_view(*s));
  if (const auto* numbers = value.get<Numbers>()) return give(std::span<const double>(*numbers));
  if (const auto* bytes = value.get<Bytes>()) return give(std::span<const std::uint8_t>(*bytes));
  if (const auto* array = value.get<Array>()) {
    val result = val::array();
    for (std::size_t i = 0; i < array->size(); ++i) set(result, to_js(static_cast<double>(i)), to_js((*array)[i]));
    return result;
  }
  if (const auto* object = value.get<Object>()) {
    val result = val::object();
    for (const auto& [key, item] : *object) set(result, to_js(std::string_view(key)), to_js(item));
    return result;
  }
  return val::null();
}

std::vector<float> to_floats(const val& js, std::string_view name) {
  if (!has_numbers(kind_of(js), js)) reject_argument(name, "a typed array or an array of numbers", js);
  return numbers_of<float>(js, Element::f32);
}

RawInputs to_inputs(const val& js, std::string_view name) {
  if (!has_numbers(kind_of(js), js)) reject_argument(name, "a typed array or an array of numbers", js);
  return {js_length(js.as_handle()), &js, [](const void* source, std::size_t first, std::span<float> to) {
            js_read_part(static_cast<const val*>(source)->as_handle(), first, to.data(), to.size());
          }};
}

std::vector<std::uint8_t> to_bytes(const val& js, std::string_view name) {
  if (kind_of(js) != Kind::bytes) reject_argument(name, "a Uint8Array", js);
  return numbers_of<std::uint8_t>(js, Element::u8);
}

double to_number(const val& js, std::string_view name) {
  if (kind_of(js) != Kind::number) reject_argument(name, "a number", js);
  return js_number(js.as_handle());
}

std::size_t to_index(const val& js, std::string_view name) {
  constexpr double largest = 4294967295.0;
  const double x = kind_of(js) == Kind::number ? js_number(js.as_handle()) : -1;
  if (!(x >= 0 && x <= largest && x == std::floor(x))) reject_argument(name, "a whole number of at least 0", js);
  return static_cast<std::size_t>(x);
}

Split to_split(const val& js) {
  if (kind_of(js) != Kind::text) reject_argument("split", "a text", js);
  return split_named(text_of(js));
}

val give(std::span<const float> values, const val& out) {
  if (out.isUndefined()) return give(values);
  if (kind_of(out) != Kind::floats) reject_argument("out", "a Float32Array", out);
  const std::size_t length = js_length(out.as_handle());
  if (length != values.size())
    fail(ErrorCode::invalid_argument, "out", {"expected a Float32Array of {} numbers, got one of {}", {values.size(), length}});
  if (length > 0) js_fill(out.as_handle(), values.data(), length);
  return out;
}

val give(std::span<const float> values) { return array_of(Element::f32, values.data(), values.size()); }
val give(std::span<const double> values) { return array_of(Element::f64, values.data(), values.size()); }
val give(std::span<const std::uint32_t> values) { return array_of(Element::u32, values.data(), values.size()); }
val give(std::span<const std::uint8_t> values) { return array_of(Element::u8, values.data(), values.size()); }

Operation to_operation(const val& js, std::span<const OperationInfo* const> table, std::string_view name) {
  std::vector<Issue> issues;
  Operation operation = read_operation(to_value(js), std::string(name), table, issues);
  if (!issues.empty()) fail(ErrorCode::invalid_argument, issues.front().path, issues.front().message);
  return operation;
}

Budget to_budget(const val& js) {
  Budget budget;
  budget.steps = index_in(js, "steps");
  budget.epochs = index_in(js, "epochs");
  if (const val milliseconds = member(js, "milliseconds"); !milliseconds.isUndefined()) budget.milliseconds = to_number(milliseconds, "milliseconds");
  if (!budget.steps && !budget.epochs && !budget.milliseconds) fail(ErrorCode::invalid_argument, "budget", "expected steps, epochs or milliseconds");
  return budget;
}

GridOptions to_grid(const val& js) {
  GridOptions options;
  Grid& grid = options.grid;
  const auto interval = [&](const char* name, double& low, double& high) {
    const val pair = member(js, name);
    if (pair.isUndefined()) return;
    low = to_number(item(pair, 0), name);
    high = to_number(item(pair, 1), name);
  };
  interval("x", grid.x_min, grid.x_max);
  interval("y", grid.y_min, grid.y_max);
  grid.columns = index_in(js, "columns").value_or(grid.columns);
  grid.rows = index_in(js, "rows").value_or(grid.rows);
  options.layer = index_in(js, "layer");
  options.unit = index_in(js, "unit");
  return options;
}

val to_js(const Progress& progress) {
  val result = val::object();
  put(result, "step", static_cast<double>(progress.step));
  put(result, "epoch", static_cast<double>(progress.epoch));
  put(result, "loss", progress.loss);
  put(result, "status", name(progress.status));
  if (progress.cause) {
    val cause = val::object();
    put(cause, "layer", static_cast<double>(progress.cause->layer));
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
    set(result, to_js(static_cast<double>(i)), issue);
  }
  return result;
}

void throw_error(const std::string& code, const std::string& path, const std::string& message) {
  js_throw(code.c_str(), path.c_str(), message.c_str());
  __builtin_unreachable();
}

}  // namespace mlp::bindings
