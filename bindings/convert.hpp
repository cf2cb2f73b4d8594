// JavaScript's values to the engine's and back. The only file, with its source, that looks into emscripten::val. Arrays are
// always copied: no view of the heap leaves a statement of it.
#pragma once

#include <emscripten/val.h>

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "mlp/run.hpp"
#include "mlp/value.hpp"

namespace mlp::bindings {

/// Plain objects, arrays, typed arrays, numbers, strings, booleans, null. Throws Error{invalid_document} for anything else
/// (functions, big integers, cycles), naming its path.
Value to_value(const emscripten::val& js);
emscripten::val to_js(const Value& value);
emscripten::val to_js(double x);
emscripten::val to_js(std::string_view text);

/// Sets a member of an object.
void put(const emscripten::val& object, const char* name, const emscripten::val& value);
void put(const emscripten::val& object, const char* name, double value);
void put(const emscripten::val& object, const char* name, std::string_view value);

/// A typed array or an array of numbers as floats. Throws Error{invalid_argument} naming `name`.
std::vector<float> to_floats(const emscripten::val& js, std::string_view name);
/// The same, read part by part while they are used; `js` must outlive what is returned.
RawInputs to_inputs(const emscripten::val& js, std::string_view name);
std::vector<std::uint8_t> to_bytes(const emscripten::val& js, std::string_view name);
/// A whole number from 0 to 2^32 - 1.
std::size_t to_index(const emscripten::val& js, std::string_view name);
double to_number(const emscripten::val& js, std::string_view name);
Split to_split(const emscripten::val& js);

/// The values in the caller's Float32Array, which must have exactly their length, or in a new one where `out` is undefined.
emscripten::val give(std::span<const float> values, const emscripten::val& out);
emscripten::val give(std::span<const float> values);
emscripten::val give(std::span<const double> values);
emscripten::val give(std::span<const std::uint32_t> values);
emscripten::val give(std::span<const std::uint8_t> values);

// Of the members of these two, only what the engine's own safety needs is checked here: engine/arguments.js has made the objects.
Budget to_budget(const emscripten::val& js);
/// A grid, and the layer and unit that `surface` is asked for.
struct GridOptions {
  Grid grid;
  std::optional<std::size_t> layer, unit;
};
GridOptions to_grid(const emscripten::val& js);

Operation to_operation(const emscripten::val& js, std::span<const OperationInfo* const> table, std::string_view name);
emscripten::val to_js(const Progress& progress);
emscripten::val to_js(const Evaluation& evaluation, std::size_t classes);
emscripten::val to_js(const std::vector<Issue>& issues);

/// Throws a JavaScript error { name: "EngineError", code, path, message }.
[[noreturn]] void throw_error(const std::string& code, const std::string& path, const std::string& message);

}  // namespace mlp::bindings
