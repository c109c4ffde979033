# Inside the new root: how it boots, who may log in, where packages come from.
set -euo pipefail
echo host >/etc/hostname
printf '127.0.0.1 localhost\n127.0.1.1 host.parity.example host\n' >/etc/hosts
: >/etc/resolv.conf
cat >/etc/inittab <<'I'
id:2:initdefault:
si::sysinit:/lab/rcS
l0:0:wait:/etc/init.d/rc 0
l2:2:wait:/etc/init.d/rc 2
bt:2:once:/usr/bin/touch /run/booted
l6:6:wait:/etc/init.d/rc 6
I
# startpar's .depend.start knows only the services that were enabled when the image was built
sed -i 's/^CONCURRENCY=makefile/CONCURRENCY=none/' /lib/init/rc
# init halts and reboots a pid namespace: keep what stops daemons, nothing that unmounts or kills the rest
rm -f /etc/rc[06].d/*{umountfs,umountroot,umountnfs.sh,hwclock.sh,urandom,sendsigs,networking,killprocs}
cat >/etc/ssh/sshd_config.d/lab.conf <<'I'
UseDNS no
PrintMotd no
# the post-quantum default costs 100 ms of CPU a connection
KexAlgorithms curve25519-sha256
MaxSessions 200
MaxStartups 200
I
useradd --create-home --shell /bin/bash deploy
useradd --create-home --shell /bin/bash robot
printf 'root:lab-root\ndeploy:lab-deploy\n' | chpasswd
printf 'deploy ALL=(ALL:ALL) ALL\nrobot ALL=(ALL:ALL) NOPASSWD: ALL\n' >/etc/sudoers.d/lab
chmod 440 /etc/sudoers.d/lab
for home in /root /home/deploy /home/robot; do
  owner=$(stat -c %U "$home")
  install -d -m 700 -o "$owner" -g "$owner" "$home/.ssh"
  install -m 600 -o "$owner" -g "$owner" /lab/authorized_keys "$home/.ssh/authorized_keys"
done
rm /lab/authorized_keys
cat >/etc/apt/apt.conf.d/90lab <<I
Acquire::http::Proxy "$PARITY_MIRROR";
Acquire::Languages "none";
APT::Install-Recommends "0";
I
# systemd as init would put its services into this machine's own cgroups: what asks for sessions is told that there are none
printf 'Package: systemd-sysv elogind\nPin: release *\nPin-Priority: -1\n' >/etc/apt/preferences.d/lab
install -d /run/no-logind/DEBIAN
printf 'Package: no-logind\nVersion: 1\nArchitecture: all\nMaintainer: lab\nProvides: logind\nDescription: hosts of the lab keep no sessions\n' >/run/no-logind/DEBIAN/control
dpkg-deb --build /run/no-logind /run/no-logind.deb >/dev/null
dpkg --install /run/no-logind.deb >/dev/null
rm -r /run/no-logind /run/no-logind.deb
printf 'force-unsafe-io\npath-exclude=/usr/share/man/*\npath-exclude=/usr/share/doc/*\npath-exclude=/usr/share/locale/*\n' >/etc/dpkg/dpkg.cfg.d/90lab
rm -f /etc/passwd- /etc/group- /etc/shadow- /etc/gshadow- /etc/subuid- /etc/subgid- /var/cache/apt/archives/*.deb
# what a first run would make of the lists takes seconds: both hosts have it from the start
apt-cache pkgnames >/dev/null
