#!/bin/bash
# build.sh TARGET: makes TARGET/root, a small fresh Debian with init, sshd, cron, sudo and Python, by the apt sources of the machine itself,
# with its host key, and TARGET/{key,known_hosts} to reach it.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
target=$1 root=$1/root
mkdir -p "$target"
for sources in /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list; do
  [ -s "$sources" ] && break
done
# force-unsafe-io: a torn image is simply built again, and hosts are thrown away
mmdebstrap --quiet --mode=root --variant=minbase --include="$(paste -sd, "$here/packages.txt")" \
  --aptopt='APT::Install-Recommends "0"' --aptopt='Acquire::Languages "none"' --dpkgopt=force-unsafe-io \
  --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
  --skip=cleanup/apt/lists,check/qemu bookworm "$root" "$sources"
ssh-keygen -q -t ed25519 -N '' -C parity -f "$target/key"
rm -f "$root"/etc/ssh/ssh_host_* "$root/usr/sbin/policy-rc.d"
ssh-keygen -q -t ed25519 -N '' -C host -f "$root/etc/ssh/ssh_host_ed25519_key"
echo "$PARITY_ADDRESS $(cut -d' ' -f1,2 "$root/etc/ssh/ssh_host_ed25519_key.pub")" >"$target/known_hosts"
install -d -m 755 "$root/lab"
install -m 755 "$here/rcS" "$root/lab/rcS"
install -m 600 "$target/key.pub" "$root/lab/authorized_keys"
PATH=/usr/sbin:/usr/bin:/sbin:/bin chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 PARITY_MIRROR="$PARITY_MIRROR" bash -s <"$here/prepare.sh"
