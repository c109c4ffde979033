import { grantChanges, type GrantChange } from './grants.ts'
import { DEFAULT_KINDS, type PrivilegesAsked, type PrivilegesState } from './look-at-privileges.ts'
import { KINDS } from './privilege-kinds.ts'
import { quoteIdentifier } from './sql-text.ts'

/** GRANT and REVOKE that make the one of the other. */
export function privilegeStatements(before: PrivilegesState, after: PrivilegesState, kind: PrivilegesAsked['kind']): readonly string[] {
  const written = (role: string): string => after.roles.find(({ name }) => name === role)?.written ?? (role === 'PUBLIC' ? role : quoteIdentifier(role))
  return grantChanges(before.objects, after.objects).flatMap((change) => statementsOf({ ...change, roles: change.roles.map(written) }, kind))
}

function statementsOf(change: GrantChange, kind: PrivilegesAsked['kind']): readonly string[] {
  if (kind === 'default_privs') return change.refs.map((ref) => defaultStatement(change, ref))
  return [kind === 'group' ? groupStatement(change) : objectStatement(change, kind)]
}

function groupStatement(change: GrantChange): string {
  const refs = change.refs.map(quoted).join(',')
  return sentence(change, { what: change.operation === 'revoke option' ? '' : refs, on: '', option: 'ADMIN', refs })
}

function objectStatement(change: GrantChange, kind: Exclude<PrivilegesAsked['kind'], 'group' | 'default_privs'>): string {
  const refs = change.refs.map((ref) => (kind === 'database' || kind === 'schema' ? quoted(ref) : ref)).join(',')
  const { privileges, keyword } = KINDS[kind]
  return sentence(change, { what: privilegeList(change.privileges, privileges), on: ` ON ${keyword} ${refs}`, option: 'GRANT', refs: '' })
}

/** `quote_ident` leaves plain names as they are; Ansible's queries quote them. */
const quoted = (name: string): string => (name.startsWith('"') ? name : quoteIdentifier(name))

/** `TABLES owner schema`; owner and schema may be missing. */
function defaultStatement(change: GrantChange, ref: string): string {
  const [, kind = '', owner = '', schema = ''] = /^(\w+) ((?:"(?:[^"]|"")*"|[^" ]+)?) (.*)$/s.exec(ref) ?? []
  const whose = owner === '' ? '' : ` FOR ROLE ${quoted(owner)}`
  const where = schema === '' ? '' : ` IN SCHEMA ${schema}`
  const privileges = privilegeList(change.privileges, KINDS[DEFAULT_KINDS[kind]?.kind ?? 'table'].privileges)
  return `ALTER DEFAULT PRIVILEGES${whose}${where} ${sentence(change, { what: privileges, on: ` ON ${kind}`, option: 'GRANT', refs: '' })}`
}

function privilegeList(names: readonly string[], all: readonly string[]): string {
  return names.length === all.length && all.length > 1 ? 'ALL' : names.join(',')
}

interface Parts {
  /** What is granted. */
  readonly what: string
  readonly on: string
  readonly option: 'ADMIN' | 'GRANT'
  readonly refs: string
}

function sentence({ operation, roles }: GrantChange, { what, on, option, refs }: Parts): string {
  const all = roles.join(',')
  if (operation === 'revoke') return `REVOKE ${what}${on} FROM ${all};`
  if (operation === 'revoke option') return `REVOKE ${option} OPTION FOR ${what === '' ? refs : what}${on} FROM ${all};`
  return `GRANT ${what}${on} TO ${all}${operation === 'grant' ? '' : ` WITH ${option} OPTION`};`
}
