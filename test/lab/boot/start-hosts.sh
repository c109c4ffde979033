#!/bin/bash
# start-hosts.sh HOST...: boots hosts that are not running, inside the outer namespaces; ends when all have an init.
set -euo pipefail
boot=$(dirname "$0")
for host in "$@"; do
  rm -f "$LAB/hosts/$host/pid"
  setsid -f "$boot/host-run.sh" "$host"
done
for host in "$@"; do
  for _ in $(seq 3000); do
    [ ! -s "$LAB/hosts/$host/pid" ] || continue 2
    sleep 0.01
  done
  echo "$host did not boot:" >&2
  tail -5 "$LAB/hosts/$host/console.log" >&2
  exit 1
done
