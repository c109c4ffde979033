import type { ArgumentsOf } from '../module/argument-spec.ts'
import { defineModule } from '../module/define-module.ts'
import { ModuleFailure } from '../module/module.ts'
import type { ScriptProbe } from '../remote/probe.ts'
import { quoteAll } from '../text/shell-quote.ts'

const args = {
  path: { type: 'path', required: true, aliases: ['name'], description: 'The file.' },
  key: { type: 'str', description: 'Name of the attribute.' },
  value: { type: 'str', description: 'Its value; where it is given, the attribute is set.' },
  namespace: { type: 'str', default: 'user', description: 'What stands before the name.' },
  state: { type: 'str', default: 'read', choices: ['absent', 'all', 'keys', 'present', 'read'], description: '`read` tells one, `all` all with their values, `keys` their names.' },
  follow: { type: 'bool', default: true, description: 'Whether a link is followed.' },
} as const

type Values = Readonly<Record<string, string>>

/** `community.general.xattr`: extended attributes of files. */
export const xattr = defineModule({
  name: 'xattr',
  aliases: ['community.general.xattr'],
  summary: 'Keep an extended attribute of a file, or tell them.',
  args,
  examples: [{ name: 'Where the file comes from', args: { path: '/srv/app/data.bin', key: 'origin', value: 'https://example.com/data.bin', state: 'present' } }],
  prepare: async (given: ArgumentsOf<typeof args>): Promise<WantedAttribute> => {
    const sets = given.state === 'present' || given.value !== undefined
    if (given.key === undefined && (sets || given.state === 'absent')) throw new ModuleFailure(`${given.state} needs a key parameter`)
    return { ...given, sets, fullKey: fullKey(given) }
  },
  observe: (wanted, remote) => remote.read(attributesProbe(wanted)),
  diff: (wanted, before): { before: Values, after: Values, fields: { xattr: Values, msg: string } } | undefined => {
    const { fullKey: key = '', value = '', sets, state } = wanted
    if (!sets && state !== 'absent') return undefined
    if (sets ? before[key] === value : before[key] === undefined) return undefined
    const others = Object.fromEntries(Object.entries(before).filter(([name]) => name !== key))
    // As Ansible has it: what was there before the change.
    return { before, after: sets ? { ...others, [key]: value } : others, fields: { xattr: before, msg: messageOf(wanted) } }
  },
  apply: async (wanted, { after }, remote) => {
    const { path, follow, fullKey: key = '' } = wanted
    const value = after[key]
    await remote.write({
      summary: `${value === undefined ? 'Remove' : 'Set'} attribute ${key} of ${path}`,
      command: { script: quoteAll(['setfattr', ...follow ? [] : ['-h'], ...value === undefined ? ['-x', key] : ['-n', key, '-v', value], path]) },
      effects: { keys: [`xattr:${path}:${key}:*`, `xattr:${path}::*`], predictions: [{ probe: attributesProbe(wanted), answer: after }] },
    })
    return undefined
  },
  result: (wanted, values) => ({ msg: messageOf(wanted), xattr: values }),
  undo: 'swap',
})

interface WantedAttribute extends ArgumentsOf<typeof args> {
  readonly sets: boolean
  readonly fullKey: string | undefined
}

function fullKey({ key, namespace }: ArgumentsOf<typeof args>): string | undefined {
  return key === undefined || namespace === '' || (namespace === 'user' && key.startsWith('user.')) ? key : `${namespace}.${key}`
}

function messageOf({ state, sets, fullKey: key = '', value = '' }: WantedAttribute): string {
  if (sets) return `${key} set to ${value}`
  return { absent: `${key} removed`, keys: 'returning all keys', all: 'dumping all', read: `returning ${key}`, present: '' }[state]
}

function attributesProbe({ path, follow, fullKey: key, sets, state }: WantedAttribute): ScriptProbe<Values> {
  const which = state === 'keys' && !sets ? [] : state === 'all' && !sets || key === undefined ? ['-d'] : ['-n', key]
  const words = ['getfattr', '--absolute-names', ...follow ? [] : ['-h'], ...which, path]
  return {
    kind: 'script',
    key: `xattr:${path}:${which.length === 2 ? which[1] ?? '' : ''}:${words.slice(1).join(' ')}`,
    script: `[ -e ${quoteAll([path])} ] || { echo 'path not found or not accessible!' >&2; exit 1; }
command -v getfattr >/dev/null || { echo 'Failed to find required executable "getfattr"' >&2; exit 1; }
LC_ALL=C ${quoteAll(words)} 2>/dev/null; :`,
    parse: ({ status, stdout, stderr }) => {
      if (status !== 0) throw new ModuleFailure(stderr.toString('utf8').trim())
      const lines = stdout.toString('utf8').split('\n').filter((line) => line !== '' && !line.startsWith('#'))
      return Object.fromEntries(lines.map((line) => {
        const [name = '', ...value] = line.split('=')
        return [name, value.join('=').replace(/^"|"$/g, '')]
      }))
    },
    readsPaths: [path],
    fresh: {},
  }
}
