# load.sh: sourced with run, bin, data, options, lab set. Starts the cluster on its socket, loads roles and databases, stops it cleanly.
chmod 711 /lab; chmod -R a+rX $lab; chmod 700 $lab/roles.sql; chown postgres $lab/roles.sql
run "$bin/pg_ctl -s -w -D $data -o \"$options\" -l /tmp/load.log start"
port=$(sed -n 's/^port = //p' $lab/postgresql.conf)
sql() { run "$bin/psql -X -q -v ON_ERROR_STOP=1 -h /var/run/postgresql -p $port -d $1 -f $2" >/dev/null; }
sql postgres $lab/roles.sql
for database in account global zone billing; do
  run "$bin/createdb -h /var/run/postgresql -p $port -O $(cat $lab/owner) $database"
  { printf 'SET ROLE %s;\n' "$(cat $lab/owner)"; cat $lab/$database.schema.sql $lab/$database.data.sql; } >/run/lab/$database.sql
  chmod 755 /run/lab; chmod 644 /run/lab/$database.sql
  sql $database /run/lab/$database.sql
done
run "$bin/pg_ctl -s -w -m fast -D $data stop"
rm -f /tmp/load.log
