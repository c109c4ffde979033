import { argumentWords } from '../argument-words.ts'
import type { ConnectionTarget } from '../connection.ts'

/**
 * The arguments of ssh for a target, up to the host. What the inventory says comes before `ansible_ssh_args` and the rest, as with Ansible:
 * of an option that is given twice, ssh takes the first.
 */
export function opensshArguments(target: ConnectionTarget): readonly string[] {
  const { port, user, privateKeyFile, knownHostsFile, sshConfigFile, sshArgs = '', hostKeyChecking, timeout } = target
  return [
    ...sshConfigFile === undefined ? [] : ['-F', sshConfigFile],
    ...options({ Port: port, User: user, IdentityFile: privateKeyFile && escaped(privateKeyFile), UserKnownHostsFile: knownHostsFile && escaped(knownHostsFile) }),
    ...hostKeyChecking ? [] : options({ StrictHostKeyChecking: 'no', UserKnownHostsFile: '/dev/null' }),
    ...argumentWords(sshArgs),
    ...options({
      ...hostKeyChecking && { StrictHostKeyChecking: 'yes' },
      ConnectTimeout: Math.ceil(timeout), ServerAliveInterval: Math.ceil(timeout / 3), ServerAliveCountMax: 2,
      // Without secrets nothing can be answered, and a question would wait for ever.
      ...target.password === undefined && target.privateKeyPassphrase === undefined && { BatchMode: 'yes' },
      NumberOfPasswordPrompts: 1, LogLevel: 'ERROR',
    }),
  ]
}

/** Whether the user has a shared connection of their own (`ControlPath`), which is then used. */
export function hasControlPath({ sshArgs = '' }: ConnectionTarget): boolean {
  return /(?:^|\s|-o)ControlPath\s*=?|(?:^|\s)-S/i.test(sshArgs)
}

function options(values: Readonly<Record<string, string | number | undefined>>): string[] {
  return Object.entries(values).flatMap(([name, value]) => value === undefined ? [] : ['-o', `${name}=${value}`])
}

/** ssh splits file names at spaces and replaces tokens. */
function escaped(path: string): string {
  return `"${path.replaceAll('%', '%%').replaceAll('"', '\\"')}"`
}
