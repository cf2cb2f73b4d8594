// JavaScript's values to the engine's and back. The only file, with its source, that looks into emscripten::val. Arrays are
// always copied: no view of the heap outlives a statement here.
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

/// Sets a member of an object. (emscripten::val's own way is inlined wherever it stands, with what undoes it when something is thrown.)
void put(emscripten::val& object, const char* name, const emscripten::val& value);
void put(emscripten::val& object, const char* name, double value);
void put(emscripten::val& object, const char* name, std::string_view value);

/// A typed array or an array of numbers as floats. Throws Error{invalid_argument} naming `name`.
std::vector<float> to_floats(const emscripten::val& js, std::string_view name);
std::vector<std::uint8_t> to_bytes(const emscripten::val& js, std::string_view name);
/// A whole number from 0 to 2^32 - 1.
std::size_t to_index(const emscripten::val& js, std::string_view name);
double to_number(const emscripten::val& js, std::string_view name);
std::string to_text(const emscripten::val& js, std::string_view name);
Split to_split(const emscripten::val& js);

/// The values in the caller's Float32Array, which must have exactly their length, or in a new one where `out` is undefined.
emscripten::val give(std::span<const float> values, const emscripten::val& out);
emscripten::val give(std::span<const double> values);
emscripten::val give(std::span<const std::uint32_t> values);
emscripten::val give(std::span<const std::uint8_t> values);

Operation to_operation(const emscripten::val& js, std::span<const OperationInfo* const> table, std::string_view name);
Budget to_budget(const emscripten::val& js);
Grid to_grid(const emscripten::val& js);
emscripten::val to_js(const Progress& progress);
emscripten::val to_js(const Evaluation& evaluation, std::size_t classes);
emscripten::val to_js(const std::vector<Issue>& issues);

}  // namespace mlp::bindings
