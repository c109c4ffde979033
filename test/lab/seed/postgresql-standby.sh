# standby.sh: sourced with data, lab set. The primary's files as they were after a clean stop, and what makes them a standby's.
mkdir -p "$(dirname $data)"
mv $lab/data $data
rm -f $data/postmaster.pid
[ ! -d $lab/etc-postgresql ] || { rm -rf /etc/postgresql; mv $lab/etc-postgresql /etc/postgresql; chown -R postgres:postgres /etc/postgresql; }
cat $lab/primary_conninfo >>$data/postgresql.auto.conf
touch $data/standby.signal
chown -R postgres:postgres $data
