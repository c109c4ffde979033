import type { ReachableHost } from '../../module/controller.ts'
import { quoteAll } from '../../text/shell-quote.ts'
import type { SynchronizeArguments } from './options.ts'

/** The command by which rsync reaches the host, with the settings that the connection has. */
export function remoteShell(given: SynchronizeArguments, target: ReachableHost): string {
  const port = given.dest_port ?? target.port
  const key = given.private_key ?? target.privateKeyFile
  const words = [
    'ssh',
    ...(given.ssh_connection_multiplexing ? [] : ['-S', 'none']),
    '-o', 'BatchMode=yes',
    ...(key === undefined ? [] : ['-i', key]),
    ...(port === undefined ? [] : ['-o', `Port=${port}`]),
    ...hostKeyOptions(given, target),
  ]
  const more = [given.ssh_args, given.use_ssh_args ? target.sshArgs : undefined].filter((text) => text !== undefined)
  return [quoteAll(words), ...more].join(' ')
}

function hostKeyOptions({ verify_host: verify }: SynchronizeArguments, { hostKeyChecking = true, knownHostsFile }: ReachableHost): readonly string[] {
  if (!verify || !hostKeyChecking) return ['-o', 'StrictHostKeyChecking=no', '-o', 'UserKnownHostsFile=/dev/null']
  return ['-o', 'StrictHostKeyChecking=yes', ...(knownHostsFile === undefined ? [] : ['-o', `UserKnownHostsFile=${knownHostsFile}`])]
}

/** A path on the host as rsync takes it: `user@address:path`, IPv6 addresses in brackets. */
export function remotePath(path: string, { address, user }: ReachableHost, withUser: boolean): string {
  const host = address.includes(':') ? `[${address}]` : address
  return `${withUser && user !== undefined ? `${user}@` : ''}${host}:${path}`
}
