# nodes.sh: sourced by the commands that act on node groups

# expand_nodes 'GROUP,HOST,...': node names, each once
expand_nodes() {
  local word node found=()
  for word in ${1//,/ }; do
    if [ -e "/pitrix/conf/nodes/$word" ]; then
      local nodes=()
      . "/pitrix/conf/nodes/$word"
      found+=("${nodes[@]}")
    elif [ -e "/pitrix/conf/settings/$word" ]; then
      found+=("$word")
    else
      echo "no group or node: $word" >&2
      return 1
    fi
  done
  [ ${#found[@]} = 0 ] || printf '%s\n' "${found[@]}" | awk '!seen[$0]++'
}

# the address, so that a node answers whatever its name is just now
address_of() {
  (. "/pitrix/conf/settings/$1"; echo "$mgmt_network_address")
}

run_on() {
  ssh -o BatchMode=yes -o ConnectTimeout=5 -o LogLevel=ERROR "root@$(address_of "$1")" "$2"
}
