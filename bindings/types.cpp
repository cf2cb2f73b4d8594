// The types that cross to JavaScript. Embind's own list has twenty more, wide texts and views of every kind of number among them: 2 KB of
// conversions that nothing here asks for. It takes this list's place again where a version of Embind needs more of that file.
#include <emscripten/bind.h>
#include <emscripten/wire.h>

#include <cstring>
#include <limits>
#include <typeinfo>

using namespace emscripten::internal;

namespace {

template <class T>
void register_integer(const char* name) {
  _embind_register_integer(TypeID<T>::get(), name, sizeof(T), std::numeric_limits<T>::min(), std::numeric_limits<T>::max());
}

/// `kind` is the place of the typed array in Embind's order of them.
template <class T>
void register_view(unsigned kind, const char* name) {
  _embind_register_memory_view(TypeID<emscripten::memory_view<T>>::get(), kind, name);
}

}  // namespace

extern "C" {

/// For Embind's messages.
[[gnu::weak]] const char* __getTypeName(const std::type_info* type) { return strdup(type->name()); }

/// Embind calls this for each of its blocks; there is one.
[[gnu::weak]] void _embind_register_bindings(InitFunc*) {
  _embind_register_void(TypeID<void>::get(), "void");
  _embind_register_bool(TypeID<bool>::get(), "bool", true, false);
  register_integer<int>("int");
  register_integer<unsigned>("unsigned");
  register_integer<unsigned long>("unsigned long");
  _embind_register_float(TypeID<float>::get(), "float", sizeof(float));
  _embind_register_float(TypeID<double>::get(), "double", sizeof(double));
  _embind_register_std_string(TypeID<std::string>::get(), "string");
  _embind_register_emval(TypeID<emscripten::val>::get());
  register_view<std::uint8_t>(1, "Uint8Array");
  register_view<std::uint32_t>(5, "Uint32Array");
  register_view<float>(6, "Float32Array");
  register_view<double>(7, "Float64Array");
}

}  // extern "C"
