import type { Granted } from './grants.ts'
import { lookAtPrivileges } from './look-at-privileges.ts'
import { serverProblem } from './server-problem.ts'
import type { Row } from './session.ts'
import type { Ask } from './sql-module.ts'
import { quoteIdentifier, quoteLiteral } from './sql-text.ts'
import { keeps } from './stored-password.ts'

/** Attributes of roles, and where the catalog keeps them. */
export const ATTRIBUTES: Readonly<Record<string, string>> = {
  SUPERUSER: 'rolsuper', CREATEDB: 'rolcreatedb', CREATEROLE: 'rolcreaterole', INHERIT: 'rolinherit', LOGIN: 'rolcanlogin', REPLICATION: 'rolreplication', BYPASSRLS: 'rolbypassrls',
}

/** A role; of its password only whether it is the wanted one. */
export interface RoleState {
  readonly exists: boolean
  /** SUPERUSER or NOSUPERUSER, and so on. */
  readonly flags: readonly string[]
  readonly password: 'as wanted' | 'another' | 'hidden from us'
  readonly expires: string | null
  readonly expiresAsWanted: boolean
  readonly limit: number
  readonly comment: string
  readonly settings: Readonly<Record<string, string>>
  /** What `priv` asks for: of the database, and of tables. */
  readonly granted: { readonly database: readonly Granted[], readonly tables: readonly Granted[] }
  /** How the server wants new passwords hashed. */
  readonly encryption: string
}

export const NO_ROLE: RoleState = {
  exists: false, flags: [], password: 'another', expires: null, expiresAsWanted: false, limit: -1, comment: '', settings: {},
  granted: { database: [], tables: [] }, encryption: 'md5',
}

interface WantedRole {
  readonly name: string
  readonly password: string | undefined
  readonly expires: string | undefined
  readonly asked: AskedPrivileges
}

/** Privileges on the database, and on tables. */
export interface AskedPrivileges {
  readonly database: readonly string[]
  readonly tables: Readonly<Record<string, readonly string[]>>
}

async function grantedTo({ name, asked }: WantedRole, ask: Ask): Promise<RoleState['granted']> {
  const look = (kind: 'database' | 'table', objects: readonly string[]): Promise<readonly Granted[]> => (objects.length === 0 ? Promise.resolve([])
    : lookAtPrivileges({ kind, objects, roles: [name], targets: [], schema: undefined, strict: false }, ask).then(({ objects: found }) => found))
  const [current] = asked.database.length === 0 ? [] : await ask('SELECT current_database() AS name')
  const [database, tables] = await Promise.all([look('database', current === undefined ? [] : [current.name ?? '']), look('table', Object.keys(asked.tables))])
  return { database, tables }
}

/** Looks a role up; passwords are only looked at where one is wanted. */
export async function lookAtRole(wanted: WantedRole, ask: Ask): Promise<RoleState> {
  const [row, granted, [settings]] = await Promise.all([roleRow(wanted, ask), grantedTo(wanted, ask), ask("SELECT setting AS encryption FROM pg_catalog.pg_settings WHERE name = 'password_encryption'")])
  const encryption = settings?.encryption === 'scram-sha-256' ? 'scram-sha-256' : 'md5'
  if (row === undefined) return { ...NO_ROLE, encryption, granted }
  return {
    exists: true, encryption, granted, flags: Object.keys(ATTRIBUTES).map((flag) => (row[flag] === 't' ? flag : `NO${flag}`)), password: passwordOf(wanted, row),
    expires: row.expires ?? null, expiresAsWanted: row.same === 't', limit: Number(row.lim), comment: row.comment ?? '', settings: settingsIn(row.config ?? ''),
  }
}

const FORBIDDEN = '42501'

async function roleRow(wanted: WantedRole, ask: Ask): Promise<Row | undefined> {
  if (wanted.password === undefined) return (await ask(queryOf(wanted, false)))[0]
  try {
    return (await ask(queryOf(wanted, true)))[0]
  } catch (error) {
    if (serverProblem(error)?.code !== FORBIDDEN) throw error
    return (await ask(queryOf(wanted, false)))[0]
  }
}

function queryOf({ name, expires }: WantedRole, passwords: boolean): string {
  const flags = Object.entries(ATTRIBUTES).map(([flag, column]) => `r.${column} AS ${quoteIdentifier(flag)}`).join(', ')
  const same = expires === undefined ? 'false' : `r.rolvaliduntil IS NOT DISTINCT FROM ${quoteLiteral(expires)}::timestamptz`
  const config = "(SELECT pg_catalog.array_to_string(s.setconfig, E'\\x01') FROM pg_catalog.pg_db_role_setting s WHERE s.setrole = r.oid AND s.setdatabase = 0)"
  const password = passwords ? ', r.rolpassword AS stored, true AS readable' : ''
  return `SELECT ${flags}${password}, r.rolvaliduntil AS expires, ${same} AS same, r.rolconnlimit AS lim, pg_catalog.shobj_description(r.oid, 'pg_authid') AS comment, ${config} AS config FROM pg_catalog.${passwords ? 'pg_authid' : 'pg_roles'} r WHERE r.rolname = ${quoteLiteral(name)}`
}

function passwordOf({ name, password }: WantedRole, row: Row): RoleState['password'] {
  if (password === undefined) return 'as wanted'
  if (row.readable !== 't') return 'hidden from us'
  return keeps(row.stored ?? null, { role: name, password }) ? 'as wanted' : 'another'
}

function settingsIn(text: string): Readonly<Record<string, string>> {
  const entries = text.split('\x01').filter((entry) => entry !== '')
  return Object.fromEntries(entries.map((entry) => [entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)]))
}
