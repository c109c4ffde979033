#!/bin/bash
# host.sh SERVICE...: the last touch for a host: owners and modes, services that start at boot.
set -euo pipefail
start() { # ORDER SERVICE
  ln -sf "../init.d/$2" "/etc/rc2.d/S$1$2"
}
for service in "$@"; do
  case $service in
    postgresql)
      rm -f /etc/rc?.d/[SK]??postgresql
      start 03 postgresql
      ln -sf ../init.d/postgresql /etc/rc0.d/K01postgresql
      ln -sf ../init.d/postgresql /etc/rc6.d/K01postgresql ;;
    pgpool2)
      start 04 pgpool2
      chown postgres:postgres /etc/pgpool2/pool_passwd /etc/pgpool2/pool_hba.conf ;;
    memcached)
      start 03 memcached
      chmod 755 /etc/init.d/lab-load
      start 05 lab-load ;;
    named)
      chown root:bind /etc/bind/named.conf /etc/bind/named.conf.options
      # the server refuses a working directory that it cannot write to
      chmod 2775 /etc/bind
      start 03 named ;;
    *) start 03 "$service" ;;
  esac
done
start 06 supervisor
[ ! -e /etc/ssh/ssh_host_ed25519_key ] || chmod 600 /etc/ssh/ssh_host_ed25519_key
[ ! -e /var/spool/cron/crontabs/root ] || chown root:crontab /var/spool/cron/crontabs/root
[ ! -e /var/spool/cron/crontabs/postgres ] || chown postgres:crontab /var/spool/cron/crontabs/postgres
[ ! -e /var/lib/postgresql/.pgpass ] || chown postgres:postgres /var/lib/postgresql/.pgpass
# the firstbox has the zone's packages too, and names that the nodes lack
[ ! -e /lab/refresh-hosts ] || { sh /var/lib/dpkg/info/pitrix-hosts.postinst configure; rm /lab/refresh-hosts; }
# boss nodes take files from the package that other nodes leave
[ ! -e /var/lib/dpkg/info/pitrix-global-conf.postinst ] || sh /var/lib/dpkg/info/pitrix-global-conf.postinst configure
