# Shared by the commands in tools/: messages, version comparison, stages. Sourced, never run.
# Everything for the reader goes to standard error or, in stages, to standard output; no colours, so logs stay readable.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/mlp-playground

note() { printf '%s\n' "$*" >&2; }

fail() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

# version_at_least 3.1.69 3.1.64: is the first version the second one or newer?
version_at_least() { [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n 1)" = "$2" ]; }

# The first dotted number in what a command prints, or nothing.
version_of() { "$@" 2>/dev/null | grep -oE '[0-9]+(\.[0-9]+)+' | head -n 1; }

# prepare PART...: finds or installs what the parts need and takes the settings into this shell.
# MLP_NO_INSTALL=1 (option --no-install of the commands) only looks.
prepare() {
  local settings
  settings=$("$root/tools/toolchain" --print "$@") || exit 1
  eval "$settings"
}

# npm_install FOLDER: `npm ci`, unless the lock file is the one that the folder's node_modules was installed from.
npm_install() {
  local folder=$1 stamp="$1/node_modules/.installed-from" wanted
  [ -f "$folder/package-lock.json" ] || fail "$folder has no package-lock.json."
  wanted=$(cat "$folder/package.json" "$folder/package-lock.json" | sha256sum)
  [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ] && return 0
  [ -z "${MLP_NO_INSTALL:-}" ] || fail "the npm packages of ${folder#"$root"/} are missing or outdated; run without --no-install, or: npm --prefix ${folder#"$root"/} ci"
  note "Installing the npm packages of ${folder#"$root"/} ..."
  (cd "$folder" && npm ci --no-audit --no-fund --loglevel=error >&2) ||
    fail "npm could not install the packages of ${folder#"$root"/}; its message is above."
  printf '%s\n' "$wanted" >"$stamp"
}
