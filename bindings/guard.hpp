// Turns C++ exceptions into JavaScript errors { name: "EngineError", code, path, message } at the boundary.
#pragma once

namespace mlp::bindings {

/// Inside a handler: keeps what is being handled for throw_to_javascript.
void keep_failure();
/// Throws what was kept as a JavaScript error.
[[noreturn]] void throw_to_javascript();

/// Calls f; what it throws becomes a JavaScript error, after C++'s destructors have run.
template <class F>
auto guard(F&& f) {
  try {
    return f();
  } catch (...) {
    keep_failure();
  }
  throw_to_javascript();
}

}  // namespace mlp::bindings
