#!/bin/bash
# build.sh DIR: makes the lab's base root from Debian packages, by the apt sources of the machine itself.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
target=$1
for sources in /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list; do
  [ -s "$sources" ] && break
done
rm -rf "$target.tmp"
# force-unsafe-io: without it dpkg's fsyncs take most of the time, and a torn image is simply built again
mmdebstrap --quiet --mode=root --variant=minbase --include="$(paste -sd, "$here/packages.txt")" \
  --aptopt='APT::Install-Recommends "0"' --aptopt='Acquire::Languages "none"' --dpkgopt=force-unsafe-io \
  --skip=cleanup/apt/lists,check/qemu bookworm "$target.tmp" "$sources"
bash "$here/prepare.sh" "$target.tmp"
rm -rf "$target"
mv "$target.tmp" "$target"
