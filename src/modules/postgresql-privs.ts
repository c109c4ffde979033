import { ModuleFailure } from '../module/module.ts'
import { SESSION_ARGUMENTS } from './postgresql/connection-arguments.ts'
import { DEFAULT_KINDS, lookAtPrivileges, type PrivilegesState } from './postgresql/look-at-privileges.ts'
import { privilegeStatements } from './postgresql/privilege-statements.ts'
import { KINDS, type PrivilegeKind } from './postgresql/privilege-kinds.ts'
import { defineSqlModule } from './postgresql/sql-module.ts'

const TYPES = ['database', 'default_privs', 'foreign_data_wrapper', 'foreign_server', 'function', 'group', 'language', 'table', 'tablespace', 'schema', 'sequence', 'type', 'procedure', 'parameter'] as const
type Type = typeof TYPES[number]

/** `community.postgresql.postgresql_privs`: what differs is found in the catalog, so only that is granted or revoked, and can be taken back. */
export const postgresqlPrivs = defineSqlModule({
  name: 'postgresql_privs',
  summary: 'Ensure PostgreSQL roles have privileges on objects, on objects to come, or the membership of groups; or have not.',
  args: {
    ...SESSION_ARGUMENTS,
    login_db: { type: 'str', required: true, aliases: ['db', 'database'], description: 'Database.' },
    state: { type: 'str', choices: ['absent', 'present'], default: 'present', description: 'Granted or revoked.' },
    privs: { type: 'str', aliases: ['priv'], description: 'Privileges, separated by commas; ALL for all that there are.' },
    type: { type: 'str', choices: TYPES, default: 'table', description: 'What the objects are. Tables are also views and foreign tables.' },
    objs: { type: 'str', aliases: ['obj'], description: 'Objects, separated by commas; ALL_IN_SCHEMA for all of a schema. For functions, with colons between the arguments. For `default_privs`: tables, sequences, functions, types, schemas or ALL_DEFAULT.' },
    schema: { type: 'str', description: 'Schema of the objects; default: public. `not-specified` looks along the search path.' },
    roles: { type: 'str', required: true, aliases: ['role'], description: 'Roles, separated by commas; PUBLIC, CURRENT_ROLE, CURRENT_USER and SESSION_USER too.' },
    fail_on_role: { type: 'bool', default: true, description: 'Fail when a role is not there; otherwise it is left out.' },
    target_roles: { type: 'str', description: 'For `default_privs`: the roles whose objects to come it is about.' },
    grant_option: { type: 'bool', aliases: ['admin_option'], description: 'Whether roles may pass on what is granted; not given: as it is.' },
  },
  examples: [{ name: 'Who reads', args: { login_db: 'account', objs: 'ALL_IN_SCHEMA', privs: 'SELECT', roles: 'reader' } }],
  database: ({ login_db: database }) => database,
  inputs: ['roles', 'target_roles', 'schema'],
  look: (args, ask): Promise<PrivilegesState> => lookAtPrivileges({
    kind: args.type, roles: listOf(args.roles), targets: listOf(args.target_roles ?? ''), objects: objectsOf(args), schema: schemaOf(args), strict: args.fail_on_role,
  }, ask),
  aim: (args, before) => {
    const names = privilegesOf(args)
    const change = (grants: PrivilegesState['objects'][number]['grants'], ref: string): typeof grants => {
      const applicable = args.type === 'group' ? ['MEMBER'] : namesFor(names, allOf(args.type, ref))
      return { ...grants, ...Object.fromEntries(before.roles.map(({ name }) => [name, privilegesAfter(grants[name] ?? {}, applicable, args)])) }
    }
    return { ...before, objects: before.objects.map(({ ref, grants }) => ({ ref, grants: change(grants, ref) })) }
  },
  statements: ({ before, after }, { type }) => privilegeStatements(before, after, type),
  undo: 'swap',
})

const listOf = (text: string): readonly string[] => text.split(',').map((item) => item.trim()).filter((item) => item !== '')

interface Wanted {
  readonly state: 'absent' | 'present'
  readonly privs: string | undefined
  readonly type: Type
  readonly objs: string | undefined
  readonly schema: string | undefined
  readonly login_db: string
  readonly grant_option: boolean | undefined
}

const WITH_ALL: readonly Type[] = ['table', 'sequence', 'function', 'procedure']

function objectsOf({ objs, type, login_db: database }: Wanted): readonly string[] | 'all in schema' {
  if (objs === 'ALL_IN_SCHEMA') {
    if (!WITH_ALL.includes(type)) throw new ModuleFailure('ALL_IN_SCHEMA can be used only for type: table, sequence, function, procedure')
    return 'all in schema'
  }
  if (objs === undefined) {
    if (type === 'database') return [database]
    throw new ModuleFailure(`Argument 'objs' is required for type '${type}'`)
  }
  if (type !== 'default_privs') return listOf(objs)
  return objs === 'ALL_DEFAULT' ? ['TABLES', 'SEQUENCES', 'FUNCTIONS', 'TYPES'] : listOf(objs.toUpperCase())
}

/** Undefined: looked for along the search path, or no schema at all. */
function schemaOf({ schema, type }: Wanted): string | undefined {
  const takes = type === 'default_privs' || (type !== 'group' && KINDS[type].inSchema)
  if (!takes && schema !== undefined && schema !== 'not-specified') throw new ModuleFailure(`Argument 'schema' is not allowed for type '${type}'`)
  if (!takes || schema === 'not-specified') return undefined
  return schema ?? (type === 'default_privs' ? undefined : 'public')
}

const KNOWN = new Set([...Object.values(KINDS).flatMap(({ privileges }) => privileges), 'ALL', 'ALL PRIVILEGES', 'TEMP', 'MAINTAIN'])

function privilegesOf({ privs, type }: Wanted): readonly string[] {
  if (type === 'group') return []
  if (privs === undefined) throw new ModuleFailure(`Argument 'privs' is required for type '${type}'`)
  const names = listOf(privs.toUpperCase()).map((name) => name.replace('ALTER_SYSTEM', 'ALTER SYSTEM'))
  const wrong = names.filter((name) => !KNOWN.has(name))
  if (wrong.length > 0) throw new ModuleFailure(`Invalid privileges specified: ${wrong.join(', ')}`)
  return names.map((name) => (name === 'TEMP' ? 'TEMPORARY' : name === 'ALL PRIVILEGES' ? 'ALL' : name))
}

function allOf(type: Type, ref: string): readonly string[] {
  if (type === 'group') return []
  return KINDS[type === 'default_privs' ? DEFAULT_KINDS[ref.split(' ')[0] ?? '']?.kind ?? 'table' : type satisfies PrivilegeKind].privileges
}

/** A list for several kinds of default privileges has those of each that it knows; elsewhere the server says what is wrong. */
function namesFor(names: readonly string[], all: readonly string[]): readonly string[] {
  if (names.includes('ALL')) return all
  const fitting = names.filter((name) => all.includes(name))
  return fitting.length > 0 ? fitting : names
}

function privilegesAfter(before: Readonly<Record<string, boolean>>, names: readonly string[], { state, grant_option: option }: Wanted): Readonly<Record<string, boolean>> {
  if (state === 'absent') return Object.fromEntries(Object.entries(before).filter(([name]) => !names.includes(name)))
  return { ...before, ...Object.fromEntries(names.map((name) => [name, option ?? before[name] ?? false])) }
}
