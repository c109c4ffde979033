import type { Dict, Value } from '../../value/value.ts'

/** The facts that become variables of their own: none that say how to reach a host or with what to run things there. */
export function injectable(facts: Dict): Dict {
  return new Map([...facts].filter(([name]) => !isReserved(name)))
}

/** A host must not decide how it is connected to. */
function isReserved(name: Value): boolean {
  return typeof name === 'string' && (RESERVED.test(name) || (CONNECTION.test(name) && !INTERFACE.test(name)))
}

const RESERVED = /^(?:ansible_facts|inventory_.*|group_names|groups|hostvars|omit|ansible_(?:host|port|user|password|connection|transport|pipelining|private_key_file|timeout|shell_type|shell_executable|executable|remote_tmp|rsync_path|delegated_vars|check_mode|diff_mode|.*_interpreter|become.*|sudo.*|su_.*))$/
/** Options of connection plugins. */
const CONNECTION = /^ansible_(?:ssh|paramiko(?:_ssh)?|winrm|psrp|local|docker|podman|lxc|lxd|chroot|jail|kubectl|httpapi|netconf|network_cli|persistent|aws_ssm)_/
/** Facts that only look like them: keys of the host, and bridges named docker_gwbridge or the like. */
const INTERFACE = /^ansible_(?:ssh_host_key_(?:dsa|rsa|ecdsa|ed25519)_public(?:_keytype)?|(?:docker|lxc|lxd|podman)_\w*(?:br\d*|bridge))$/
