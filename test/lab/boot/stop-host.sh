#!/bin/bash
# stop-host.sh HOST: ends a host's init at once, and waits until nothing of it is left.
set -euo pipefail
home=$LAB/hosts/$1
[ -s "$home/pid" ] || exit 0
kill -KILL "$(cat "$home/pid")" 2>/dev/null || true
for _ in $(seq 1000); do
  [ -e "$home/pid" ] || exit 0
  sleep 0.01
done
echo "$1 did not end" >&2
exit 1
