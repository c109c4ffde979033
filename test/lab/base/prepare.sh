#!/bin/bash
# prepare.sh ROOT: what is the same on every host of every site. May run again on the same root.
set -euo pipefail
root=$1

rm -f "$root/usr/sbin/policy-rc.d"
rm -f "$root"/etc/ssh/ssh_host_*
# the machine's own name servers are out of reach in a lab
rm -f "$root/etc/resolv.conf"
rm -rf "$root"/var/lib/apt/lists/* "$root"/etc/apt/sources.list.d/* "$root"/usr/share/doc/* "$root"/usr/share/man/*

# the package made a cluster at once; a site makes its own
rm -rf "$root/etc/postgresql/15" "$root/var/lib/postgresql/15"

# Debian's packages enable everything; here a host's role says what starts
for service in rsync named haproxy memcached postgresql pgpool2 supervisor sudo bootlogs rmnologin rc.local; do
  chroot "$root" update-rc.d -f "$service" remove >/dev/null 2>&1 || true
done
# init halts and reboots a pid namespace: keep what stops daemons, nothing that unmounts or kills the rest
rm -f "$root"/etc/rc[06].d/*{umountfs,umountroot,umountnfs.sh,hwclock.sh,urandom,sendsigs,networking,killprocs}
# startpar's .depend.start knows only the services that were enabled when the image was built
sed -i 's/^CONCURRENCY=makefile/CONCURRENCY=none/' "$root/lib/init/rc"
# Debian 12 renamed it, operators still type bind9
ln -sf named "$root/etc/init.d/bind9"
