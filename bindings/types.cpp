// The types that cross to JavaScript. Embind's own list has thirty more, texts, wide texts and views of every kind of number among them:
// conversions that nothing here asks for. It takes this list's place again where a version of Embind needs more of that file.
#include <emscripten/bind.h>
#include <emscripten/wire.h>

#include <cstdint>
#include <cstring>
#include <limits>
#include <typeinfo>

using namespace emscripten::internal;

extern "C" {

/// For Embind's messages.
[[gnu::weak]] const char* __getTypeName(const std::type_info* type) { return strdup(type->name()); }

/// Embind calls this for each of its blocks; there is one.
[[gnu::weak]] void _embind_register_bindings(InitFunc*) {
  using Address = std::uintptr_t;
  _embind_register_integer(TypeID<Address>::get(), "unsigned", sizeof(Address), std::numeric_limits<Address>::min(), std::numeric_limits<Address>::max());
  _embind_register_emval(TypeID<emscripten::val>::get());
}

}  // extern "C"
