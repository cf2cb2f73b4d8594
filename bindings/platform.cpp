// What the C and C++ libraries would bring along at a price, asked of JavaScript or done without: every download carries this module.
#include <emscripten/em_js.h>

extern "C" {

// The oracle's functions in double precision; the C library's tables for them would be a tenth of the module. Nothing that trains calls
// them.
EM_JS(double, platform_sin, (double x), { return Math.sin(x); })
EM_JS(double, platform_cos, (double x), { return Math.cos(x); })
EM_JS(double, platform_tanh, (double x), { return Math.tanh(x); })
EM_JS(double, platform_exp, (double x), { return Math.exp(x); })
EM_JS(double, platform_expm1, (double x), { return Math.expm1(x); })
EM_JS(double, platform_log, (double x), { return Math.log(x); })
EM_JS(double, platform_log1p, (double x), { return Math.log1p(x); })

double sin(double x) { return platform_sin(x); }
double cos(double x) { return platform_cos(x); }
double tanh(double x) { return platform_tanh(x); }
double exp(double x) { return platform_exp(x); }
double expm1(double x) { return platform_expm1(x); }
double log(double x) { return platform_log(x); }
double log1p(double x) { return platform_log1p(x); }

// How the C++ runtime ends a program that cannot go on; its own prints the reason first, and brings printf for that. Named so until
// LLVM 19, and with underscores since.
[[noreturn]] void abort_message(const char*, ...) { __builtin_trap(); }
[[noreturn]] void __abort_message(const char*, ...) { __builtin_trap(); }

// What is called when that happens. The runtime's own handlers look for words to say, and give way to these.
static void end() { __builtin_trap(); }
[[gnu::weak]] void (*__cxa_terminate_handler)() = end;
[[gnu::weak]] void (*__cxa_unexpected_handler)() = end;
[[gnu::weak]] void (*__cxa_new_handler)() = nullptr;

}  // extern "C"
