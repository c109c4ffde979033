import { ModuleFailure } from '../../module/module.ts'
import type { Granted } from './grants.ts'
import { explode, KINDS, privilegesQuery, type PrivilegeKind } from './privilege-kinds.ts'
import type { Row } from './session.ts'
import type { Ask } from './sql-module.ts'
import { partsOf, quoteIdentifier, quoteLiteral } from './sql-text.ts'

/** Roles, and what they may do with objects. Default privileges are objects named `TABLES "owner" "schema"`. */
export interface PrivilegesState {
  /** Those that are there, by what they are called, and as GRANT writes them. */
  readonly roles: readonly { readonly name: string, readonly written: string }[]
  readonly objects: readonly Granted[]
}

/** What to look at. */
export interface PrivilegesAsked {
  readonly kind: PrivilegeKind | 'group' | 'default_privs'
  readonly roles: readonly string[]
  readonly targets: readonly string[]
  readonly objects: readonly string[] | 'all in schema'
  readonly schema: string | undefined
  readonly strict: boolean
}

/** Reads access lists; fails when an object is not there, or a role where that matters. */
export async function lookAtPrivileges(asked: PrivilegesAsked, ask: Ask): Promise<PrivilegesState> {
  const objects = asked.kind === 'group' ? groups(asked, ask) : asked.kind === 'default_privs' ? defaults(asked, ask) : objectsOf({ ...asked, kind: asked.kind }, ask)
  const [roles, found] = await Promise.all([rolesOf(asked, ask), objects])
  return { roles, objects: found }
}

const SELVES: Readonly<Record<string, string>> = { CURRENT_USER: 'us', CURRENT_ROLE: 'us', SESSION_USER: 'session' }

async function rolesOf({ roles, strict }: PrivilegesAsked, ask: Ask): Promise<PrivilegesState['roles']> {
  const [[self], rows] = await Promise.all([ask('SELECT current_user AS us, session_user AS session'), ask(`SELECT rolname AS name FROM pg_catalog.pg_roles WHERE rolname IN (${roles.map(quoteLiteral).join(', ')})`)])
  return roles.flatMap((role) => {
    const word = role.toUpperCase()
    if (word === 'PUBLIC') return [{ name: 'PUBLIC', written: 'PUBLIC' }]
    const own = SELVES[word]
    if (own !== undefined) return [{ name: self?.[own] ?? '', written: word }]
    if (rows.some(({ name }) => name === role)) return [{ name: role, written: quoteIdentifier(role) }]
    if (strict) throw new ModuleFailure(`Role ${role} does not exist`)
    return []
  })
}

interface ObjectsAsked extends PrivilegesAsked {
  readonly kind: PrivilegeKind
}

async function objectsOf({ kind, objects, schema }: ObjectsAsked, ask: Ask): Promise<readonly Granted[]> {
  if (objects === 'all in schema') {
    const [[known], rows] = await Promise.all([ask(`SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = ${quoteLiteral(schema)}`), ask(privilegesQuery(kind, `n.nspname = ${quoteLiteral(schema)}`))])
    if (known === undefined) throw new ModuleFailure(`Schema "${schema ?? ''}" does not exist.`)
    return grantedIn(rows)
  }
  const found = await Promise.all(objects.map(async (name) => ({ name, granted: grantedIn(await ask(privilegesQuery(kind, KINDS[kind].is(name, schema)))) })))
  const missing = found.find(({ granted }) => granted.length === 0)
  if (missing !== undefined) throw new ModuleFailure(`${KINDS[kind].keyword} "${schema === undefined ? '' : `${schema}.`}${missing.name}" does not exist`)
  return found.flatMap(({ granted }) => granted)
}

/** Membership is a privilege by the name of MEMBER; passing it on is the admin option. */
async function groups({ objects }: PrivilegesAsked, ask: Ask): Promise<readonly Granted[]> {
  const names = objects === 'all in schema' ? [] : objects
  const rows = await ask(`SELECT pg_catalog.quote_ident(g.rolname) AS ref, g.rolname AS name, r.rolname AS grantee, CASE WHEN r.oid IS NOT NULL THEN 'MEMBER' END AS privilege, bool_or(m.admin_option) AS grantable FROM pg_catalog.pg_roles g LEFT JOIN pg_catalog.pg_auth_members m ON m.roleid = g.oid LEFT JOIN pg_catalog.pg_roles r ON r.oid = m.member WHERE g.rolname IN (${names.map(quoteLiteral).join(', ')}) GROUP BY 1, 2, 3, 4`)
  const missing = names.find((name) => !rows.some((row) => row.name === name))
  if (missing !== undefined) throw new ModuleFailure(`Role ${missing} does not exist`)
  return names.flatMap((name) => grantedIn(rows.filter((row) => row.name === name)))
}

/** Kinds of objects to come. */
export const DEFAULT_KINDS: Readonly<Record<string, { readonly letter: string, readonly acl: string, readonly kind: PrivilegeKind } | undefined>> = {
  TABLES: { letter: 'r', acl: 'r', kind: 'table' }, SEQUENCES: { letter: 'S', acl: 's', kind: 'sequence' }, FUNCTIONS: { letter: 'f', acl: 'f', kind: 'function' },
  TYPES: { letter: 'T', acl: 'T', kind: 'type' }, SCHEMAS: { letter: 'n', acl: 'n', kind: 'schema' },
}

/** Privileges of a schema's own come on top of the general ones, so they begin with none. */
async function defaults({ objects, targets, schema }: PrivilegesAsked, ask: Ask): Promise<readonly Granted[]> {
  const kinds = objects === 'all in schema' ? [] : objects
  const wrong = kinds.filter((kind) => DEFAULT_KINDS[kind] === undefined)
  if (wrong.length > 0) throw new ModuleFailure(`Invalid Object set specified: ${wrong.join(', ')}`)
  const owners = targets.length === 0 ? ['current_user'] : targets.map((target) => quoteLiteral(target))
  const queries = kinds.flatMap((kind) => owners.map((owner) => defaultQuery({ kind, owner, isOwn: targets.length === 0, schema })))
  const rows = await Promise.all(queries.map((query) => ask(query)))
  if (rows.some((found) => found.length === 0)) throw new ModuleFailure(`Role ${targets.join(', ')} does not exist`)
  return rows.flatMap(grantedIn)
}

interface Default {
  readonly kind: string
  readonly owner: string
  readonly isOwn: boolean
  readonly schema: string | undefined
}

function defaultQuery({ kind, owner, isOwn, schema }: Default): string {
  const { letter = 'r', acl = 'r' } = DEFAULT_KINDS[kind] ?? {}
  const none = schema === undefined ? `pg_catalog.acldefault('${acl}', r.oid)` : 'NULL::aclitem[]'
  const place = schema === undefined ? '0' : `(SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = ${quoteLiteral(schema)})`
  const ref = `'${kind} ' || ${isOwn ? "''" : 'pg_catalog.quote_ident(r.rolname)'} || ' ' || ${schema === undefined ? "''" : quoteLiteral(quoteIdentifier(partsOf(schema)[0] ?? ''))}`
  return explode(`SELECT ${ref} AS ref, coalesce(d.defaclacl, ${none}) AS acl FROM pg_catalog.pg_roles r LEFT JOIN pg_catalog.pg_default_acl d ON d.defaclrole = r.oid AND d.defaclobjtype = '${letter}' AND d.defaclnamespace = ${place} WHERE r.rolname = ${owner}`)
}

function grantedIn(rows: readonly Row[]): readonly Granted[] {
  const refs = [...new Set(rows.map(({ ref }) => ref ?? ''))]
  return refs.map((ref) => ({ ref, grants: grantsIn(rows.filter((row) => row.ref === ref)) }))
}

function grantsIn(rows: readonly Row[]): Granted['grants'] {
  const grants: Record<string, Record<string, boolean>> = {}
  for (const { grantee, privilege, grantable } of rows) {
    if (typeof grantee === 'string' && typeof privilege === 'string') (grants[grantee] ??= {})[privilege] = grantable === 't'
  }
  return grants
}
