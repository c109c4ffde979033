#!/bin/bash
# postgresql-debian.sh primary|standby: Debian's cluster 15/main with its data in /pitrix/postgresql. /lab/postgresql has conf, hba, SQL (primary) or data (standby).
set -euo pipefail
lab=/lab/postgresql data=/pitrix/postgresql/15/main conf=/etc/postgresql/15/main
install -d -o postgres -g postgres /pitrix/postgresql /pitrix/postgresql/15 /run/postgresql
if [ "$1" = primary ]; then
  pg_createcluster 15 main -d "$data" --locale C.UTF-8 -e UTF8 >/dev/null
  cat $lab/postgresql.conf >>$conf/postgresql.conf
  install -m 640 -o postgres -g postgres $lab/pg_hba.conf $conf/pg_hba.conf
  run() { su postgres -c "cd /; $1"; }
  bin=/usr/lib/postgresql/15/bin options="-c config_file=$conf/postgresql.conf -c listen_addresses=''"
  . /lab/postgresql/load.sh
else
  . /lab/postgresql/standby.sh
fi
rm -rf $lab
