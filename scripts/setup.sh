# Sourced by test and reproduce, with $root set to the repository: makes sure of Node.js and of node_modules.
# shellcheck shell=bash
: "${root:?is set by the script that sources setup.sh}"
if ! command -v node >/dev/null; then
  echo 'tierbench: needs Node.js 20.19 or newer, but there is no node in PATH; install it, then run this again' >&2
  exit 1
fi
node "$root/scripts/setup.mjs" || exit 1
