#!/bin/bash
# in-layer.sh LAYER LOWER STAGE SCRIPT ARG...: over LOWER, with LAYER as what changes, puts the files of STAGE in place and runs SCRIPT inside by chroot.
set -euo pipefail
if [ "${LAB_IN_LAYER:-}" != yes ]; then
  # never with the capability to set the clock, which is the machine's
  LAB_IN_LAYER=yes exec unshare --mount --uts --ipc --pid --fork --kill-child --propagation private --mount-proc \
    setpriv --bounding-set "$LAB_HOST_DROP" "$0" "$@"
fi
layer=$1 lower=$2 stage=$3 script=$4
shift 4
mkdir -p "$layer" "$layer.work" "$layer.root"
chmod 755 "$layer"
mount -t overlay -o "lowerdir=$lower,upperdir=$layer,workdir=$layer.work" layer "$layer.root"
cd "$layer.root"
mount -t proc proc proc
mount --rbind /dev dev
mount -t tmpfs -o mode=1777 shm dev/shm
mount -t tmpfs -o mode=755 run run
mkdir -p run/lab
mount -t tmpfs scripts run/lab
# directories that are there keep their modes
[ ! -d "$stage" ] || tar -C "$stage" -cf - . | tar -C . -xf - --no-same-owner --no-overwrite-dir
cp "$script" run/lab/script
printf '#!/bin/sh\nexit 101\n' >run/lab/no-start
chmod 755 run/lab/*
had_policy=no
[ -e usr/sbin/policy-rc.d ] && had_policy=yes
[ "$had_policy" = yes ] || ln -s /run/lab/no-start usr/sbin/policy-rc.d
chroot . env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive /run/lab/script "$@" </dev/null
[ "$had_policy" = yes ] || rm usr/sbin/policy-rc.d
cd /
umount -R "$layer.root"
rm -rf "$layer.work" "$layer.root"
