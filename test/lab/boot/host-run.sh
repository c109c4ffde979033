#!/bin/bash
# host-run.sh HOST: one boot after another inside the outer namespaces, until the host halts or is killed.
set -euo pipefail
host=$1 boot=$(dirname "$0") home=$LAB/hosts/$1
# the hosts inherit nothing of the terminal or pipe of whoever started them
exec </dev/null >>"$home/console.log" 2>&1
while :; do
  # at every boot: a reboot takes the interfaces down
  ip -n "$host" -batch "$LAB/net/$host.batch"
  status=0
  nsenter --net="/run/netns/$host" unshare --mount --uts --ipc --pid --time --boottime "-$(cut -d. -f1 /proc/uptime)" \
    --fork --propagation private "$boot/host-boot.sh" "$host" || status=$?
  rm -f "$home/pid"
  echo "lab: $host ended with $status"
  # reboot(2) in a pid namespace ends its init with SIGHUP, halt with SIGINT, a power cut with SIGKILL
  [ "$status" = 129 ] || break
done
