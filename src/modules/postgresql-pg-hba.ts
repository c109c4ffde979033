import { defineModule } from '../module/define-module.ts'
import { ModuleFailure, type Change } from '../module/module.ts'
import type { JsonObject } from '../value/value.ts'
import { attributeArguments } from './files/attributes.ts'
import { withExtended } from './files/extended/with-extended.ts'
import { applyTextChange, backupField, observeTextFile, textChange, textDestroyed, textPaths, type TextFile } from './files/text-file.ts'
import { editHba } from './postgresql/hba/edit-hba.ts'
import { hbaText, optionText, parseHba, type HbaRule } from './postgresql/hba/hba-file.ts'
import { networkOf } from './postgresql/hba/network.ts'

const CONTYPES = ['local', 'host', 'hostnossl', 'hostssl', 'hostgssenc', 'hostnogssenc'] as const
const METHODS = ['cert', 'gss', 'ident', 'krb5', 'ldap', 'md5', 'pam', 'password', 'peer', 'radius', 'reject', 'scram-sha-256', 'sspi', 'trust'] as const

const RULE = {
  contype: { type: 'str', choices: CONTYPES, description: 'Kind of connection. Without one (and without `rules`) the file is only read.' },
  databases: { type: 'str', description: 'Databases, separated by commas: a rule each; default: all.' },
  users: { type: 'str', description: 'Roles, separated by commas: a rule each; default: all.' },
  address: { type: 'str', aliases: ['source', 'src'], description: 'Network or name of the client; also all, samehost, samenet; default: samehost.' },
  netmask: { type: 'str', description: 'Mask of the network.' },
  method: { type: 'str', choices: METHODS, description: 'How it proves who it is; default: md5.' },
  options: { type: 'str', description: 'Options of the method.' },
  comment: { type: 'str', description: 'Comment behind the rule.' },
  state: { type: 'str', choices: ['absent', 'present'], description: 'Whether the rule is there; default: present.' },
} as const

/** `community.postgresql.postgresql_pg_hba`. */
export const postgresqlPgHba = withExtended(defineModule({
  name: 'postgresql_pg_hba',
  aliases: ['community.postgresql.postgresql_pg_hba', 'community.general.postgresql_pg_hba'],
  summary: 'Ensure rules are present in, or absent from, pg_hba.conf; or read it.',
  args: {
    dest: { type: 'path', required: true, aliases: ['path'], description: 'The file.' },
    ...RULE,
    rules: { type: 'list', elements: 'dict', options: RULE, description: 'Several rules.' },
    rules_behavior: { type: 'str', choices: ['conflict', 'combine'], default: 'conflict', description: 'Arguments of a rule beside `rules` are an error, or what those of `rules` begin with.' },
    overwrite: { type: 'bool', default: false, description: 'Remove all other rules.' },
    create: { type: 'bool', default: false, description: 'Make the file where it is not there.' },
    backup: { type: 'bool', default: false, description: 'Keep a dated copy of the file beside it.' },
    backup_file: { type: 'str', description: 'Copy it to this file instead.' },
    keep_comments_at_rules: { type: 'bool', default: true, description: 'Has no effect: comments stay at their rules.' },
    sort_rules: { type: 'bool', default: true, description: 'Where something changes, sort the rules: the more special come first. Otherwise they keep their places, and new ones come last.' },
    ...attributeArguments,
  },
  examples: [{ name: 'Let the region in', args: { dest: '/opt/postgresql/data/pg_hba.conf', contype: 'host', address: '172.16.0.0/16', method: 'md5' } }],
  observe: ({ dest }, remote) => observeTextFile(dest, remote),
  diff: (args, before): Change<TextFile> | undefined => {
    const rules = rulesOf(args)
    const { text = '' } = before
    const lines = args.overwrite ? tolerantly(text) : parseHba(text)
    const after = rules.length === 0 && !args.overwrite ? lines : editHba(lines, { rules, overwrite: args.overwrite, sort: args.sort_rules })
    if (before.text !== undefined) return textChange(before, after === lines ? text : hbaText(after), args)
    if (after.length === 0) return undefined
    if (!args.create) throw new ModuleFailure(`pg_hba file '${args.dest}' doesn't exist. Use create option to autocreate.`)
    return textChange(before, hbaText(after), args)
  },
  apply: async ({ dest, backup, backup_file: copy }, change, remote) => {
    if (copy !== undefined && change.before.text !== undefined) await remote.copy(dest, copy)
    return copy === undefined ? backupField(await applyTextChange(change, remote, { backup })) : { ...backupField(await applyTextChange(change, remote)), backup_file: copy }
  },
  result: (_, { text }) => ({ msgs: [], pg_hba: parseHba(text ?? '').filter((line) => line.kind === 'rule').map(told), pg_hba_string: (text ?? '').replace(/\n$/, '') }),
  destroys: (_, change) => textDestroyed(change),
  undo: 'swap',
}), textPaths)

interface RuleArguments {
  readonly contype: typeof CONTYPES[number] | undefined
  readonly databases: string | undefined
  readonly users: string | undefined
  readonly address: string | undefined
  readonly netmask: string | undefined
  readonly method: string | undefined
  readonly options: string | undefined
  readonly comment: string | undefined
  readonly state: 'absent' | 'present' | undefined
}

interface Wanted extends RuleArguments {
  readonly rules: readonly RuleArguments[] | undefined
  readonly rules_behavior: string
}

type WantedRule = { readonly rule: HbaRule, readonly state: 'absent' | 'present' }

function rulesOf(args: Wanted): readonly WantedRule[] {
  if (args.rules === undefined) return args.contype === undefined ? [] : ruleOf(args)
  const given = Object.keys(RULE).filter((name) => args[name as keyof RuleArguments] !== undefined)
  if (args.rules_behavior === 'conflict' && given.length > 0) throw new ModuleFailure(`conflict: ${given.join(', ')} cannot be combined with 'rules' (rules_behavior: combine)`)
  return args.rules.flatMap((rule) => ruleOf({ ...args, ...Object.fromEntries(Object.entries(rule).filter(([, value]) => value !== undefined)) as Partial<RuleArguments> }))
}

/** One for each database and role. */
function ruleOf(args: RuleArguments): readonly WantedRule[] {
  const { contype: type, databases = 'all', users = 'all', address = 'samehost', netmask, method = 'md5', options = '', comment, state = 'present' } = args
  if (type === undefined) throw new ModuleFailure('A rule needs contype')
  const source = type === 'local' ? undefined : networkOf(address, netmask)
  if (source === '') throw new ModuleFailure(`A rule of type ${type} needs an address`)
  const rule = { kind: 'rule', type, source, method, options: optionText(options), comment } as const
  return words(databases).flatMap((database) => words(users).map((user) => ({ state, rule: { ...rule, databases: database, users: user } })))
}

function words(text: string): readonly string[] {
  const wrong = /[\s#{}]/.test(text.replace(/"(?:[^"]|"")*"/g, '').replace(/,\s+/g, ','))
  if (wrong) throw new ModuleFailure(`'${text}' must be names separated by commas`)
  return (text.match(/(?:[^,"]|"(?:[^"]|"")*")+/g) ?? []).map((word) => word.trim())
}

/** What is thrown away need not be right. */
function tolerantly(text: string): ReturnType<typeof parseHba> {
  try {
    return parseHba(text)
  } catch (error) {
    if (error instanceof ModuleFailure) return [{ kind: 'comment', text }]
    throw error
  }
}

function told({ type, databases, users, source, method, options }: HbaRule): JsonObject {
  return { type, db: databases, usr: users, method, ...(source === undefined ? {} : { src: source }), ...(options === '' ? {} : { options }) }
}
