# The build steps that the commands in tools/ share; needs common.sh. Sourced, never run.

build_jobs=${MLP_JOBS:-$(nproc 2>/dev/null || echo 2)}

# One build at a time in this checkout: a second command waits.
lock_build() {
  mkdir -p "$root/build"
  have flock || return 0
  exec 8>"$root/build/.lock"
  flock -n 8 || { note "Waiting for another build in this checkout ..." && flock 8; }
}

unlock_build() {
  if have flock; then exec 8>&-; fi
}

# build_preset PRESET [TARGET...]: configures if that was not done with these settings, then builds.
build_preset() {
  local preset=$1 folder="$root/build/$1" settings
  shift
  settings="${MLP_HEADERS_DIR:-} ${MLP_CATCH2_DIR:-} ${MLP_EMSCRIPTEN_ROOT:-} ${CXX:-} $(cksum <"$root/CMakePresets.json")"
  if [ ! -f "$folder/build.ninja" ] || [ "$(cat "$folder/.settings" 2>/dev/null)" != "$settings" ]; then
    # --fresh: what CMake remembers of another toolchain would stay in force.
    (cd "$root" && cmake --fresh --preset "$preset" >"$root/build/$preset.log" 2>&1 8>&-) || {
      cat "$root/build/$preset.log" >&2
      note "CMake could not configure $preset; its messages are above."
      return 1
    }
    printf '%s' "$settings" >"$folder/.settings"
  fi
  local quiet=()
  [ -t 1 ] || quiet=(-- --quiet) # without a terminal every step would be a line
  (cd "$root" && cmake --build --preset "$preset" -j "$build_jobs" ${@:+--target "$@"} ${quiet[@]+"${quiet[@]}"} 8>&-) || return 1
}

# The WebAssembly modules in web/generated, then the package and the site in web/dist.
build_modules() { build_preset wasm-release mlp_wasm; }
build_web() { npm_install "$root/web" && npm --prefix "$root/web" --silent run build; }
