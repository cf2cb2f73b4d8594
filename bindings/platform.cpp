// What the C and C++ libraries would bring along at a price, asked of JavaScript or done without: every download carries this module.
#include <cstddef>
#include <ctime>

#define MLP_IMPORT(name) __attribute__((import_module("platform"), import_name(name)))

extern "C" {

// The oracle's functions in double precision; their tables would be a tenth of the module. Nothing that trains calls them.
MLP_IMPORT("sin") double platform_sin(double x);
MLP_IMPORT("cos") double platform_cos(double x);
MLP_IMPORT("tanh") double platform_tanh(double x);
MLP_IMPORT("exp") double platform_exp(double x);
MLP_IMPORT("expm1") double platform_expm1(double x);
MLP_IMPORT("log") double platform_log(double x);
MLP_IMPORT("log1p") double platform_log1p(double x);

double sin(double x) { return platform_sin(x); }
double cos(double x) { return platform_cos(x); }
double tanh(double x) { return platform_tanh(x); }
double exp(double x) { return platform_exp(x); }
double expm1(double x) { return platform_expm1(x); }
double log(double x) { return platform_log(x); }
double log1p(double x) { return platform_log1p(x); }

// Milliseconds of a clock that only goes forward.
MLP_IMPORT("now") double platform_now();

int clock_gettime(clockid_t, timespec* time) {
  const double milliseconds = platform_now();
  time->tv_sec = static_cast<time_t>(milliseconds / 1e3);
  time->tv_nsec = static_cast<long>((milliseconds - 1e3 * static_cast<double>(time->tv_sec)) * 1e6);
  return 0;
}

// The memory grew: JavaScript looks at it anew in every call.
void emscripten_notify_memory_growth(std::size_t) {}

// How the C++ runtime ends a program that cannot go on; its own prints the reason first, and brings printf for that. Named so until
// LLVM 19, and with underscores since.
[[noreturn]] void abort_message(const char*, ...) { __builtin_trap(); }
[[noreturn]] void __abort_message(const char*, ...) { __builtin_trap(); }

}  // extern "C"
