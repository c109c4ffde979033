#!/bin/bash
# outer.sh: makes the outer namespaces into a lab: tmpfs for the hosts' files, network namespaces, bridges. LAB, LAB_MEMORY in the environment.
set -euo pipefail
hostname lab
mount -t tmpfs -o "size=$LAB_MEMORY,mode=755" labhosts "$LAB/hosts"
mkdir -p /run/netns
mount -t tmpfs netns /run/netns
mount --make-shared /run/netns
ip -batch "$LAB/net.batch"
echo 1 >/proc/sys/net/ipv4/ip_forward
while read -r host _; do
  mkdir -p "$LAB/hosts/$host"/{upper,work,root}
  chmod 755 "$LAB/hosts/$host/upper"
done <"$LAB/hosts.tsv"
