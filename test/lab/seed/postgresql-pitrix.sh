#!/bin/bash
# postgresql-pitrix.sh primary|standby: the platform's own package in place of Debian's, its data moved to /pitrix as operators do.
set -euo pipefail
lab=/lab/postgresql data=/pitrix/postgresql-15/data
dpkg --purge --force-depends postgresql-15 >/dev/null 2>&1
install -d -o postgres -g postgres /run/postgresql
[ "$1" = primary ] || { install -d /opt/postgresql-15/data; echo 15 >/opt/postgresql-15/data/PG_VERSION; }
dpkg -i $lab/packages/*.deb >/dev/null
mv /opt/postgresql-15 /pitrix/postgresql-15
ln -sf /pitrix/postgresql-15 /opt/
if [ "$1" = primary ]; then
  install -m 600 -o postgres -g postgres $lab/pg_hba.conf $data/pg_hba.conf
  run() { su postgres -c "cd /; $1"; }
  bin=/opt/postgresql/bin options="-c listen_addresses=''"
  . $lab/load.sh
else
  rm -rf $data
  . $lab/standby.sh
fi
chown -R postgres:postgres /pitrix/postgresql-15
rm -rf $lab
