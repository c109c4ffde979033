#!/bin/bash
# update.sh GROUP PKG: installs the repository's build of PKG on every node of GROUP that does not have it yet
. /pitrix/lib/nodes.sh
[ $# = 2 ] || { echo "usage: update.sh GROUP PKG" >&2; exit 2; }
nodes=$(expand_nodes "$1") || exit 1
deb=$(ls -t "/pitrix/repo/$2"_*.deb 2>/dev/null | head -1)
[ -n "$deb" ] || { echo "no build of $2 in /pitrix/repo" >&2; exit 1; }
export DEB=$deb PACKAGE=$2 VERSION=$(dpkg-deb -f "$deb" Version)
one() {
  . /pitrix/lib/nodes.sh
  run_on "$1" "[ \"\$(dpkg-query -W -f '\${Version} \${db:Status-Status}' $PACKAGE 2>/dev/null)\" = '$VERSION installed' ] && exit 0
    export DEBIAN_FRONTEND=noninteractive
    cat >/var/cache/apt/archives/$PACKAGE.deb && { dpkg -i /var/cache/apt/archives/$PACKAGE.deb >/tmp/update.out 2>&1 || { cat /tmp/update.out >&2; false; }; } && echo updated
    status=\$?; rm -f /var/cache/apt/archives/$PACKAGE.deb /tmp/update.out; exit \$status" <"$DEB" | sed "s/^/$1: /"
  [ "${PIPESTATUS[0]}" = 0 ] || { echo "$1: failed" >&2; return 1; }
}
export -f one
xargs -r -P 8 -I{} bash -c 'one {}' <<<"$nodes" || exit 1
