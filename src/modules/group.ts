import { defineModule } from '../module/define-module.ts'
import { ModuleFailure } from '../module/module.ts'
import { accountProbe } from '../remote/predicted/accounts.ts'
import { quote, quoteAll } from '../text/shell-quote.ts'
import { accountFileKeys } from './system/accounts/account-files.ts'
import { groupProbe, type GroupState } from './system/accounts/group-probe.ts'

/** `ansible.builtin.group`: groups. */
export const group = defineModule({
  name: 'group',
  summary: 'Keep a group, or keep it away.',
  args: {
    name: { type: 'str', required: true, description: 'Name of the group.' },
    state: { type: 'str', default: 'present', choices: ['present', 'absent'], description: 'Whether it is to be there.' },
    gid: { type: 'int', description: 'Its number.' },
    system: { type: 'bool', default: false, description: 'Whether a new group is one of the system.' },
    local: { type: 'bool', default: false, description: 'Whether only the local files count.' },
    gid_min: { type: 'int', description: 'Least number that the host may choose.' },
    gid_max: { type: 'int', description: 'Greatest number that the host may choose.' },
    non_unique: { type: 'bool', default: false, description: 'Whether another group may have the number too.' },
    force: { type: 'bool', default: false, description: 'With `absent`: even if it is the primary group of someone.' },
  },
  constraints: { requiredIf: [['non_unique', true, ['gid']]] },
  examples: [{ name: 'A group for the web', args: { name: 'web', gid: 2000 } }],
  touches: ({ name }) => ({ keys: groupKeys(name) }),
  observe: ({ name, local }: WantedGroup, remote): Promise<GroupState | null> => remote.read(groupProbe(name, local)),
  diff: ({ state, gid, gid_min: least, gid_max: greatest, local }, before) => {
    if (local && (least !== undefined || greatest !== undefined)) throw new ModuleFailure('gid_min and gid_max cannot be used with local')
    if (state === 'absent') return before === null ? undefined : { before, after: null }
    if (before !== null && (gid === undefined || gid === before.gid)) return undefined
    // An id that the host chooses shows as -1 until it has.
    return { before, after: { gid: gid ?? -1 } }
  },
  apply: async (wanted, { before, after }, remote) => {
    const { name, local } = wanted
    await remote.write({
      summary: `${after === null ? 'Remove' : before === null ? 'Create' : 'Change'} group ${name}`,
      command: { script: script(wanted, before, after) },
      effects: {
        keys: groupKeys(name),
        predictions: after !== null && after.gid < 0 ? [] : [
          { probe: groupProbe(name, local), answer: after },
          ...after === null ? [] : [{ probe: accountProbe('group', name), answer: { name, id: after.gid } }],
        ],
      },
    })
    if (after === null || after.gid >= 0) return undefined
    const made = await remote.read(groupProbe(name, local))
    return made === null ? undefined : { gid: made.gid }
  },
  result: ({ name, state, system }, found) => ({ name, state, ...found === null ? {} : { gid: found.gid, system } }),
})

function groupKeys(name: string): readonly string[] {
  return [`group:${name}`, `group:${name}:local`, 'groups', 'accounts:*', `user:${name}`, `user:${name}:local`, `ownership:group:${name}`, ...accountFileKeys(['group', 'gshadow'])]
}

interface WantedGroup {
  readonly name: string
  readonly state: 'present' | 'absent'
  readonly gid: number | undefined
  readonly system: boolean
  readonly local: boolean
  readonly gid_min: number | undefined
  readonly gid_max: number | undefined
  readonly non_unique: boolean
  readonly force: boolean
}

function script(wanted: WantedGroup, before: GroupState | null, after: GroupState | null): string {
  const name = quote(wanted.name)
  if (after === null) return `if command -v groupdel >/dev/null; then groupdel ${wanted.force ? '-f ' : ''}${name}; else delgroup ${name}; fi`
  const id = after.gid < 0 ? [] : ['-g', String(after.gid)]
  const words = quoteAll([...id, ...id.length > 0 && wanted.non_unique ? ['-o'] : [], ...before === null ? creationOptions(wanted) : []])
  if (before !== null) return `groupmod ${words} ${name}`
  return `if command -v groupadd >/dev/null; then groupadd ${words} ${name}; else addgroup ${quoteAll([...id, ...wanted.system ? ['-S'] : []])} ${name}; fi`
}

function creationOptions({ system, gid_min: least, gid_max: greatest }: WantedGroup): readonly string[] {
  const limit = (name: string, value: number | undefined) => value === undefined ? [] : ['-K', `${name}=${value}`]
  return [...system ? ['-r'] : [], ...limit('GID_MIN', least), ...limit('GID_MAX', greatest)]
}
