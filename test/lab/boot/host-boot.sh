#!/bin/bash
# host-boot.sh HOST: process 1 of the host's new namespaces, while /proc is still the outer lab's. Builds the root, enters it, becomes init.
set -euo pipefail
host=$1 home=$LAB/hosts/$1
read -r pid _ </proc/self/stat
lower=$(cat "$LAB/lower/$host")
mount -t overlay -o "lowerdir=$lower,upperdir=$home/upper,workdir=$home/work" "lab-$host" "$home/root"
cd "$home/root"
mount -t proc -o nosuid,nodev,noexec proc proc
mount -t sysfs -o ro,nosuid,nodev,noexec sysfs sys
mount -t tmpfs -o mode=755,size=1m dev dev
for device in null:1:3 zero:1:5 full:1:7 random:1:8 urandom:1:9 tty:5:0; do
  IFS=: read -r name major minor <<<"$device"
  mknod -m 666 "dev/$name" c "$major" "$minor"
done
ln -s /proc/self/fd dev/fd; ln -s fd/0 dev/stdin; ln -s fd/1 dev/stdout; ln -s fd/2 dev/stderr
mkdir dev/pts dev/shm
mount -t devpts -o newinstance,ptmxmode=666,mode=620,gid=5 devpts dev/pts
ln -s pts/ptmx dev/ptmx
mount -t tmpfs -o mode=1777 shm dev/shm
: >dev/console
mount -t tmpfs -o mode=755 run run
hostname "$(cat etc/hostname)"
# kernel.* and vm.* are the machine's and read-only; net.* is the host's own
mount --bind proc/sys proc/sys
mount --bind proc/sys/net proc/sys/net
mount -o remount,bind,ro proc/sys
[ ! -e proc/sysrq-trigger ] || mount --bind /dev/null proc/sysrq-trigger
# else every host would show the machine's, and a reboot could not be told
cat /proc/sys/kernel/random/uuid >run/boot_id
mount --bind run/boot_id proc/sys/kernel/random/boot_id
# the last thing to appear: whoever sees it may enter the namespaces
echo "$pid" >"$home/pid.tmp"
mv "$home/pid.tmp" "$home/pid"
mkdir -p .oldroot
pivot_root . .oldroot
cd /
umount -l /.oldroot
rmdir /.oldroot
exec setpriv --bounding-set "$LAB_HOST_DROP" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 container=lab /sbin/init
