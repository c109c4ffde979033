#!/bin/bash
# link.sh cut|heal HOST, link.sh delay HOST MS LOSS: what happens to a host's frames between its interface and the bridge.
set -euo pipefail
action=$1 host=$2 home=$LAB/hosts/$2
read -r _ link bridge < <(grep "^$host	" "$LAB/hosts.tsv")
# with a delay, d$link and e$link are a second pair: link <labdelay> d$link - e$link on the bridge
port=$link
! ip link show "e$link" >/dev/null 2>&1 || port=e$link

remove_delay() {
  [ -s "$home/delay.pid" ] || return 0
  kill "$(cat "$home/delay.pid")" 2>/dev/null || true
  rm -f "$home/delay.pid"
  ip link del "d$link"
  ip link set "$link" arp on master "$bridge"
}

case $action in
  cut) ip link set "$port" nomaster ;;
  heal) ip link set "$port" master "$bridge" ;;
  delay)
    remove_delay
    [ "$3" != 0 ] || exit 0
    ip link set "$link" nomaster arp off
    ip link add "d$link" arp off type veth peer name "e$link"
    ip link set "d$link" up arp off
    ip link set "e$link" master "$bridge" up
    setsid "$LAB_PROGRAMS/labdelay" "$link" "d$link" "$3" "$4" </dev/null >>"$home/console.log" 2>&1 &
    echo $! >"$home/delay.pid" ;;
esac
