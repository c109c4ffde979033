#!/bin/bash
# modify_hyper_status.sh GROUP STATUS: sets the status of the hypers of GROUP in database zone, through pgpool
set -euo pipefail
. /pitrix/lib/nodes.sh
[ $# = 2 ] || { echo "usage: modify_hyper_status.sh GROUP STATUS" >&2; exit 2; }
[[ $2 =~ ^[a-z]+$ ]] || { echo "bad status: $2" >&2; exit 2; }
nodes=$(expand_nodes "$1")
[ -n "$nodes" ] || exit 0
umask 077
pass=$(mktemp)
trap 'rm -f "$pass"' EXIT
# the password goes through a file: neither arguments nor the environment of a process show it
read -r host user < <(python3 - "$pass" <<'P'
import sys
sys.dont_write_bytecode = True
sys.path.insert(0, '/pitrix/lib')
import yaml
from pitrix_conf import CONF, variables
zone = variables()['common']['zone_ids'][0]
database = yaml.safe_load(open(f'{CONF}/variables/global/postgresql.yaml.{zone}'))['postgresql']
with open(sys.argv[1], 'w') as stream:
    stream.write(f"*:*:*:*:{database['password']}\n")
print(variables()[zone]['vip_addresses']['pgpool'], database['user'])
P
)
list=$(sed "s/.*/'&'/" <<<"$nodes" | paste -sd,)
PGPASSFILE=$pass psql -X -q -h "$host" -p 9999 -U "$user" -d zone -v ON_ERROR_STOP=1 \
  -c "UPDATE hyper SET status = '$2' WHERE hyper_id IN ($list) AND status <> '$2'"
