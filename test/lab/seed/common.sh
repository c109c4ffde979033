#!/bin/bash
# common.sh SUDO_USER FREE_USER: what all hosts of a site share. Passwords are in /lab/passwords (USER:PASSWORD lines).
set -euo pipefail
password_user=$1 free_user=$2
cat >/etc/inittab <<'I'
id:2:initdefault:
si::sysinit:/lab/rcS
l0:0:wait:/etc/init.d/rc 0
l2:2:wait:/etc/init.d/rc 2
bt:2:once:/usr/bin/touch /run/booted
l6:6:wait:/etc/init.d/rc 6
I
cat >/etc/ssh/sshd_config.d/lab.conf <<'I'
HostKey /etc/ssh/ssh_host_ed25519_key
PermitRootLogin prohibit-password
PasswordAuthentication no
UseDNS no
PrintMotd no
# the post-quantum default costs 100 ms of CPU a connection
KexAlgorithms curve25519-sha256
MaxSessions 200
MaxStartups 200
I
for user in "$password_user" "$free_user"; do
  useradd --create-home --shell /bin/bash "$user"
  install -d -m 700 -o "$user" -g "$user" "/home/$user/.ssh"
  install -m 600 -o "$user" -g "$user" /root/.ssh/authorized_keys "/home/$user/.ssh/authorized_keys"
done
chpasswd </lab/passwords
rm -f /lab/passwords
printf '%s ALL=(ALL:ALL) ALL\n' "$password_user" >/etc/sudoers.d/lab
printf '%s ALL=(ALL:ALL) NOPASSWD: ALL\n' "$free_user" >>/etc/sudoers.d/lab
chmod 440 /etc/sudoers.d/lab
chmod 700 /root/.ssh
chmod 755 /lab/rcS /pitrix/bin/pitrix-service
mkdir -p /pitrix/conf /var/lib/apt/lists/partial /var/cache/apt/archives/partial
# supervisor of the platform: pid files and sockets as Debian's, nothing that fills the disk
sed -i 's#^logfile=.*#logfile=/var/log/supervisor/supervisord.log#' /etc/supervisor/supervisord.conf
rm -f /etc/passwd- /etc/group- /etc/shadow- /etc/gshadow- /etc/subuid- /etc/subgid-
