import type { ScriptProbe } from '../../remote/probe.ts'
import type { Remote } from '../../remote/remote.ts'
import { quote } from '../../text/shell-quote.ts'
import { ifUnknown } from '../../value/unknown.ts'
import type { WantedAttributes } from './attributes.ts'

/** What to tell of owners and groups that are not there, which a real run may have made by then. */
export async function unknownAccounts({ owner, group }: WantedAttributes, remote: Remote): Promise<readonly string[]> {
  const wanted = [{ kind: 'user', database: 'passwd', name: owner, number: 'uid' }, { kind: 'group', database: 'group', name: group, number: 'gid' }] as const
  const looked = await Promise.all(wanted.map(async ({ kind, database, name, number }) => {
    if (name === undefined || await remote.read(accountProbe(database, name)).catch(mayBeThere)) return []
    return [`failed to look up ${kind} ${/^\d+$/.test(name) ? `with ${number} ` : ''}${name}. Create ${kind} up to this point in real play`]
  }))
  return looked.flat()
}

/** Accounts that were changed in prediction. */
const mayBeThere = ifUnknown(() => true)

function accountProbe(database: 'passwd' | 'group', name: string): ScriptProbe<boolean> {
  const column = /^\d+$/.test(name) ? '[^:]*:[^:]*:' : ''
  return {
    kind: 'script',
    key: `accounts:${database}:${name}`,
    script: `if command -v getent >/dev/null; then getent ${database} ${quote(name)} >/dev/null; else grep -q ${quote(`^${column}${name}:`)} /etc/${database}; fi`,
    parse: ({ status }) => status === 0,
    readsPaths: ['/etc/passwd', '/etc/group'],
  }
}
