import { join } from 'node:path'
import type { Lab } from '../control/lab.ts'
import { insideNetwork } from '../control/namespace.ts'
import { run } from '../control/run.ts'

/** Runs a command on a host as root by ssh, with the host's key checked; resolves to its output without the last newline. */
export const on = (lab: Lab, host: string, command: string): Promise<string> => ssh(lab, ['-o', 'ConnectTimeout=10', host, command])

/** As `on`, with all arguments of ssh. */
export async function ssh(lab: Lab, args: readonly string[]): Promise<string> {
  const output = await run('nsenter', insideNetwork(lab.outer, ['ssh', '-F', join(lab.paths.lab, 'ssh_config'), '-o', 'BatchMode=yes', '-o', 'LogLevel=ERROR', ...aliveChecks, ...args]))
  return output.trimEnd()
}

/** Whether the host takes a connection within two seconds. */
export const answers = (lab: Lab, host: string): Promise<boolean> =>
  ssh(lab, ['-o', 'ConnectTimeout=2', host, 'true']).then(() => true, () => false)

/** SQL by a node of the zone, as the application's user through the zone's pgpool. */
export function throughPgpool(lab: Lab, query: { readonly host: string; readonly pgpool: string; readonly user: string; readonly password: string; readonly sql: string }): Promise<string> {
  const { host, pgpool, user, password, sql } = query
  return on(lab, host, `PGPASSWORD=${password} psql -XAt -h ${pgpool} -p 9999 -U ${user} -d zone -c "${sql}"`)
}

/** A host that reboots under a connection says nothing: only unanswered questions tell. */
const aliveChecks = ['-o', 'ServerAliveInterval=2', '-o', 'ServerAliveCountMax=3']
