#!/bin/sh
# Ends exactly the processes that start-pair.sh started in a folder, kube-apiserver first, and waits until they are gone.
set -eu

ended_within_seconds=20

if [ $# -ne 1 ] || [ "$1" = --help ]; then
  echo "Usage: stop-pair.sh DIR    ends the pair that start-pair.sh DIR started; its data stays"
  [ "${1:-}" = --help ] && exit 0
  exit 2
fi
[ -d "$1" ] || { echo "stop-pair: $1: no such folder (expected: one that start-pair.sh was given)" >&2 && exit 2; }
dir=$(CDPATH='' cd -- "$1" && pwd)

# A number may have been given to another program since: ours carry the folder in their arguments.
is_ours() { ps -ww -o args= -p "$1" 2>/dev/null | grep -qF "$dir/"; }

end() {
  kill -TERM "$1" 2>/dev/null || return 0
  deadline=$(($(date +%s) + ended_within_seconds))
  while is_ours "$1"; do
    if [ "$(date +%s)" -ge $deadline ]; then
      echo "stop-pair: process $1 did not end within ${ended_within_seconds}s; killed" >&2
      kill -KILL "$1" 2>/dev/null || true
      return 0
    fi
    sleep 0.1
  done
}

if [ -s "$dir/pids" ]; then
# shellcheck disable=SC2013 # a pid is a word
  for pid in $(awk '{ line[NR] = $1 } END { for (i = NR; i > 0; i--) print line[i] }' "$dir/pids"); do
    ! is_ours "$pid" || end "$pid"
  done
fi
rm -f "$dir/pids" "$dir/endpoints.json"
