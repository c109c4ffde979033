#!/bin/bash
# clear-hosts.sh HOST...: ends hosts and forgets every file that they changed; removes delays, heals their links, opens their packet filters.
set -euo pipefail
boot=$(dirname "$0")
for host in "$@"; do
  [ ! -s "$LAB/hosts/$host/pid" ] || kill -KILL "$(cat "$LAB/hosts/$host/pid")" 2>/dev/null || true
done
for host in "$@"; do
  "$boot/stop-host.sh" "$host"
  "$boot/link.sh" delay "$host" 0 0
  "$boot/link.sh" heal "$host"
  # a host's network outlives it, and what ufw or iptables wrote is in the network
  ip netns exec "$host" nft flush ruleset
  rm -rf "$LAB/hosts/$host"/{upper,work}
  mkdir -p "$LAB/hosts/$host"/{upper,work}
  chmod 755 "$LAB/hosts/$host/upper"
done
