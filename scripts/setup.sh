# Sourced by tierbench, test and reproduce, with $root set to the repository: makes sure of Node.js and of node_modules.
# Says something only when there is something to do, on stderr, because stdout belongs to the command. Works with the
# bash 3.2 of macOS: everything but the engine's own scripts can be used there.
# shellcheck shell=bash
: "${root:?is set by the script that sources setup.sh}"

tierbench_check_node() {
  local version major minor
  if ! version="$(node --version 2>/dev/null)"; then
    echo 'tierbench: needs Node.js 20.19 or newer, and there is no node in PATH; install it, then run this again' >&2
    return 1
  fi
  IFS=. read -r major minor _ <<<"${version#v}"
  if ((major < 20 || (major == 20 && minor < 19))); then
    echo "tierbench: needs Node.js 20.19 or newer, and $(command -v node) is $version; install a newer one, then run this again" >&2
    return 1
  fi
}

# Does node_modules hold what package-lock.json asks for? npm keeps its own account of what it has put there. Without
# this, whoever has run `npm ci` or `npm install` himself would see it all deleted and installed once more.
tierbench_modules_match() {
  node -e '
    const { readFileSync } = require("node:fs");
    const read = (file) => JSON.parse(readFileSync(file, "utf8")).packages;
    const wanted = read("package-lock.json");
    const there = read("node_modules/.package-lock.json");
    delete wanted[""];
    const same = (path) => there[path] === undefined ? wanted[path].optional === true : there[path].version === wanted[path].version;
    process.exitCode = Object.keys(wanted).every(same) && Object.keys(there).every((path) => path in wanted) ? 0 : 1;
  ' 2>/dev/null
}

tierbench_install() (
  cd -- "$root" || return 1
  local stamp=node_modules/.tierbench-lock log
  # Two commands at once must not both install. The lock is on a file that npm leaves alone; without flock (macOS) the
  # user has to see to it.
  exec 8<package-lock.json
  if command -v flock >/dev/null; then flock 8; fi
  if cmp -s package-lock.json "$stamp"; then return 0; fi # another has done it meanwhile
  if ! tierbench_modules_match; then
    if ! command -v npm >/dev/null; then
      echo 'tierbench: its packages are to be installed, and there is no npm in PATH; install npm, then run this again' >&2
      return 1
    fi
    echo 'tierbench: installing packages (npm ci, once)' >&2
    log="$(mktemp "${TMPDIR:-/tmp}/tierbench-npm.XXXXXXXX")"
    # Nothing we need has an install script, so none is run. With NODE_ENV=production, npm would leave the tests'
    # packages out.
    if ! npm ci --no-audit --no-fund --ignore-scripts --include=dev </dev/null >"$log" 2>&1 8<&-; then
      cat "$log" >&2
      rm -f -- "$log"
      echo 'tierbench: npm ci failed, its message is above; fix that, then run this again' >&2
      return 1
    fi
    rm -f -- "$log"
  fi
  # The stamp is the file itself: comparing it costs a millisecond and needs no tool for checksums. Where another user has
  # installed it, and we may not write, the longer comparison is made every time.
  cp -- package-lock.json "$stamp" 2>/dev/null || true
)

# Sets $packed to the command in a few files (scripts/pack.mjs), made anew whenever a source is another; to nothing where it
# cannot be made, as in a folder of another user, or is not wanted, as stacks name the sources with TIERBENCH_DEBUG.
tierbench_pack() {
  local sum packs="$root/.cache/pack"
  packed=
  if [[ -n ${TIERBENCH_DEBUG-} ]]; then return 0; fi
  sum="$(
    cd -- "$root" &&
      find analysis benchmarks research scripts package-lock.json tsconfig.json -type f \
        \( -name '*.ts' ! -name '*.test.ts' -o -name '*.mjs' -o -name '*.json' ! -path '*/fixtures/*' \) -exec cat {} + |
      { sha256sum 2>/dev/null || shasum -a 256; }
  )" || return 0
  sum="${sum%% *}"
  if [[ ! -e $packs/$sum/tierbench.mjs ]]; then
    node "$root/scripts/pack.mjs" "$packs/$sum" 2>/dev/null || return 0
    # One that is not used any more; a run of another version may still be under way.
    find "$packs" -mindepth 1 -maxdepth 1 ! -name "$sum" -mtime +7 -exec rm -r {} +
  fi
  packed="$packs/$sum/tierbench.mjs"
}

tierbench_check_node || exit 1
cmp -s "$root/package-lock.json" "$root/node_modules/.tierbench-lock" || tierbench_install || exit 1
