#!/bin/bash
# exec_nodes.sh GROUP CMD: CMD on every node of GROUP (a comma list of groups and nodes), eight at a time
. /pitrix/lib/nodes.sh
[ $# = 2 ] || { echo "usage: exec_nodes.sh GROUP CMD" >&2; exit 2; }
nodes=$(expand_nodes "$1") || exit 1
export COMMAND=$2
one() {
  . /pitrix/lib/nodes.sh
  output=$(run_on "$1" "$COMMAND" 2>&1 </dev/null)
  status=$?
  printf '%s\n' "$output" | sed "s/^/$1: /"
  [ $status = 0 ] || { echo "$1: failed with $status" >&2; return 1; }
}
export -f one
xargs -r -P 8 -I{} bash -c 'one {}' <<<"$nodes" || exit 1
