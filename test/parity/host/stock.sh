# On a booted host, as root: installs the packages of its arguments, which start nothing, neither now nor at boot, and Node with npm from /run/stock.
set -eu
export DEBIAN_FRONTEND=noninteractive PATH=/usr/sbin:/usr/bin:/sbin:/bin
printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
chmod 755 /usr/sbin/policy-rc.d
# hosts change these files, and what changes is copied as a whole
mkdir -p /etc/mysql/mariadb.conf.d
printf '[mysqld]\ninnodb_log_file_size = 4M\n' >/etc/mysql/mariadb.conf.d/90-small.cnf
ls /etc/rc2.d >/run/before
apt-get -qq update
apt-get -qq install --no-install-recommends "$@" >/run/stock.log 2>&1 || { tail -30 /run/stock.log; exit 1; }
apt-get clean
for link in $(ls /etc/rc2.d | comm -23 - /run/before | grep '^S'); do update-rc.d -f "${link#S??}" remove >/dev/null 2>&1; done
rm /usr/sbin/policy-rc.d
