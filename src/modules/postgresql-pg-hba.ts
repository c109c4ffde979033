import { defineModule } from '../module/define-module.ts'
import type { Change } from '../module/module.ts'

interface Wanted {
  readonly dest: string
  readonly contype: 'local' | 'host' | 'hostssl' | 'hostnossl' | 'hostgssenc' | 'hostnogssenc'
  readonly databases: string
  readonly users: string
  readonly address: string
  readonly method: string
  readonly options: string | undefined
  readonly state: 'present' | 'absent'
}

interface State {
  readonly text: string | undefined
}

/** `community.postgresql.postgresql_pg_hba`: rules that are there already keep their place, new ones come last. */
export const postgresqlPgHba = defineModule({
  name: 'postgresql_pg_hba',
  aliases: ['community.postgresql.postgresql_pg_hba'],
  summary: 'Ensure a rule is present in, or absent from, pg_hba.conf.',
  args: {
    dest: { type: 'path', required: true, aliases: ['path'], description: 'The file.' },
    contype: { type: 'str', choices: ['local', 'host', 'hostssl', 'hostnossl', 'hostgssenc', 'hostnogssenc'], default: 'host', description: 'Kind of connection.' },
    databases: { type: 'str', default: 'all', description: 'Databases, separated by commas.' },
    users: { type: 'str', default: 'all', description: 'Roles, separated by commas.' },
    address: { type: 'str', default: 'samehost', aliases: ['source', 'src'], description: 'Network of the client.' },
    method: { type: 'str', default: 'md5', description: 'How it proves who it is.' },
    options: { type: 'str', description: 'Options of the method.' },
    state: { type: 'str', choices: ['present', 'absent'], default: 'present', description: 'Whether the rule is there.' },
  },
  examples: [{ name: 'Let the region in', args: { dest: '/opt/postgresql/data/pg_hba.conf', address: '172.16.0.0/16', method: 'md5' } }],
  observe: async ({ dest }: Wanted, remote): Promise<State> => ({ text: await remote.readText(dest) }),
  diff: (wanted: Wanted, before): Change<State> | undefined => {
    const text = edited(wanted, before.text ?? '')
    return text === (before.text ?? '') ? undefined : { before, after: { text }, diff: [{ before: before.text ?? '', after: text, beforeHeader: wanted.dest, afterHeader: wanted.dest }] }
  },
  apply: async ({ dest }: Wanted, { after }, remote) => {
    await remote.writeFile(dest, after.text ?? '')
    return undefined
  },
  destroys: ({ dest }: Wanted, { before }) => (before.text === undefined ? [] : [dest]),
})

function edited(wanted: Wanted, text: string): string {
  const lines = text.split('\n')
  const at = lines.findIndex((line) => sameRule(wanted, line))
  const rule = ruleOf(wanted)
  if (wanted.state === 'absent') return lines.filter((line) => !sameRule(wanted, line)).join('\n')
  if (at < 0) return `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${rule}\n`
  return fieldsOf(lines[at] ?? '').join(' ') === fieldsOf(rule).join(' ') ? text : lines.with(at, rule).join('\n')
}

function ruleOf({ contype, databases, users, address, method, options }: Wanted): string {
  return [contype, databases, users, ...(contype === 'local' ? [] : [address]), method, ...(options === undefined ? [] : [options])].join('    ')
}

/** Who and where decide which rule it is; the method is what it says. */
function sameRule({ contype, databases, users, address }: Wanted, line: string): boolean {
  const [kind, ...fields] = fieldsOf(line)
  const wanted = contype === 'local' ? [databases, users] : [databases, users, address]
  return kind === contype && wanted.every((field, index) => fields[index] === field)
}

const fieldsOf = (line: string): readonly string[] => (line.replace(/#.*$/, '').match(/"[^"]*"|\S+/g) ?? [])
