import type { ScriptProbe } from '../../../remote/probe.ts'
import { quote } from '../../../text/shell-quote.ts'

export interface GroupState {
  readonly gid: number
}

/** Asks for a group: by the host's name services, or in the local file only. */
export function groupProbe(name: string, local: boolean): ScriptProbe<GroupState | null> {
  return {
    kind: 'script',
    key: `group:${name}${local ? ':local' : ''}`,
    script: `${local ? '' : `if command -v getent >/dev/null; then getent group ${quote(name)}; exit; fi; `}LC_ALL=C grep -F -- ${quote(`${name}:`)} /etc/group`,
    parse: ({ stdout }) => {
      const line = stdout.toString('utf8').split('\n').find((one) => one.startsWith(`${name}:`))
      return line === undefined ? null : { gid: Number(line.split(':')[2]) }
    },
    readsPaths: ['/etc/group'],
  }
}
