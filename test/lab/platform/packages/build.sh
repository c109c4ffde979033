#!/bin/bash
# build.sh BASE OUT: builds the new zone's database packages from the PostgreSQL in BASE. Debian's binaries find their files relative to themselves.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd) base=$1 out=$2
version=15 release=15.8-1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export SOURCE_DATE_EPOCH=1577836800
mkdir -p "$out"

control() { # PACKAGE DEPENDS DESCRIPTION
  mkdir -p "$work/$1/DEBIAN"
  printf 'Package: %s\nVersion: %s\nArchitecture: amd64\nMaintainer: Installer <installer@localhost>\nDepends: %s\nDescription: %s\n' \
    "$1" "$release" "$2" "$3" >"$work/$1/DEBIAN/control"
}

pack() { # PACKAGE
  find "$work/$1" -newermt "@$SOURCE_DATE_EPOCH" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
  dpkg-deb -Zgzip -z1 --root-owner-group -b "$work/$1" "$out/$1_${release}_amd64.deb" >/dev/null
}

server() {
  local root=$work/pitrix-postgresql/opt/postgresql-$version depends
  depends=$(chroot "$base" dpkg-query -W -f '${Depends}' "postgresql-$version" | tr , '\n' | sed 's/^ *//' | grep '^lib' | paste -sd, | sed 's/,/, /g')
  control pitrix-postgresql "adduser, tzdata, $depends" 'PostgreSQL of the platform'
  mkdir -p "$root"/{lib/postgresql,share/postgresql,support,work} "$work/pitrix-postgresql/etc/profile.d"
  cp -a "$base/usr/lib/postgresql/$version" "$root/lib/postgresql/$version"
  cp -a "$base/usr/share/postgresql/$version" "$root/share/postgresql/$version"
  rm -rf "$root/lib/postgresql/$version/lib/"{bitcode,llvmjit*} "$root/share/postgresql/$version/man"
  ln -s "lib/postgresql/$version/bin" "$root/bin"
  install -m 755 "$here/postgresql.init" "$root/support/postgresql.init"
  install -m 644 "$here/postgresql.conf" "$here/pg_hba.conf" "$root/support/"
  install -m 644 "$here/postgresql.sh" "$work/pitrix-postgresql/etc/profile.d/postgresql.sh"
  install -m 755 "$here/pitrix-postgresql.postinst" "$work/pitrix-postgresql/DEBIAN/postinst"
  pack pitrix-postgresql
}

tools() {
  control pitrix-postgresql-tools 'pitrix-postgresql, openssh-client' 'tools for clusters of pitrix-postgresql'
  install -D -m 755 "$here/pg_upmaster" "$work/pitrix-postgresql-tools/opt/postgresql-$version/work/pg_upmaster"
  pack pitrix-postgresql-tools
}

watcher() {
  control pitrix-pg-watcher 'pitrix-postgresql, supervisor' 'watches a cluster of pitrix-postgresql'
  install -D -m 644 "$here/pg_watcher.conf" "$work/pitrix-pg-watcher/etc/supervisor/conf.d/pg_watcher.conf"
  install -m 755 "$here/pitrix-pg-watcher.postinst" "$work/pitrix-pg-watcher/DEBIAN/postinst"
  pack pitrix-pg-watcher
}

server
tools
watcher
