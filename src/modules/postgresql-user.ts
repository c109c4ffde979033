import { ModuleFailure } from '../module/module.ts'
import type { JsonObject } from '../value/value.ts'
import { SESSION_ARGUMENTS } from './postgresql/connection-arguments.ts'
import type { Granted } from './postgresql/grants.ts'
import type { PrivilegesState } from './postgresql/look-at-privileges.ts'
import { KINDS } from './postgresql/privilege-kinds.ts'
import { privilegeStatements } from './postgresql/privilege-statements.ts'
import { ATTRIBUTES, lookAtRole, NO_ROLE, type AskedPrivileges, type RoleState } from './postgresql/role-state.ts'
import { defineSqlModule, type Statement } from './postgresql/sql-module.ts'
import { quoteIdentifier, quoteLiteral } from './postgresql/sql-text.ts'
import { storedForm } from './postgresql/stored-password.ts'

/** `community.postgresql.postgresql_user`. Passwords are hashed here, as the server's `password_encryption` says, before they travel. */
export const postgresqlUser = defineSqlModule({
  name: 'postgresql_user',
  summary: 'Ensure a PostgreSQL role is there with its attributes, password and settings, or is not.',
  args: {
    ...SESSION_ARGUMENTS,
    name: { type: 'str', required: true, aliases: ['user'], description: 'Role.' },
    password: { type: 'str', secret: true, description: 'Its password, as such or hashed; an empty one takes it away.' },
    login_db: { type: 'str', default: '', aliases: ['db'], description: 'Database to log in to.' },
    fail_on_user: { type: 'bool', default: true, aliases: ['fail_on_role'], description: 'Fail when the role cannot be removed, for instance because it owns something.' },
    role_attr_flags: { type: 'str', default: '', description: 'Attributes separated by commas: SUPERUSER, NOCREATEDB, REPLICATION ...' },
    state: { type: 'str', choices: ['absent', 'present'], default: 'present', description: 'Whether it is there.' },
    encrypted: { type: 'bool', default: true, description: 'Only true has a meaning since PostgreSQL 10.' },
    expires: { type: 'str', description: 'When the password expires; `infinity` is never.' },
    no_password_changes: { type: 'bool', default: false, description: 'Leave the password of a role that is there alone, and do not look at it.' },
    conn_limit: { type: 'int', description: 'Greatest number of its connections; -1 is any.' },
    comment: { type: 'str', description: 'Its comment; an empty one removes it.' },
    priv: { type: 'str', description: 'Privileges, as older collections had them: `CONNECT/prices:SELECT,INSERT`, on the database and on tables. Better: postgresql_privs.' },
    configuration: { type: 'dict', default: {}, description: 'Settings of its sessions, as by ALTER ROLE ... SET.' },
    reset_unspecified_configuration: { type: 'bool', default: false, description: 'Reset all other settings of its sessions.' },
    quote_configuration_values: { type: 'bool', default: true, description: 'Quote the values of `configuration`; otherwise they are SQL, as lists such as `search_path` need.' },
  },
  examples: [{ name: 'For streaming', args: { name: 'replica', role_attr_flags: 'REPLICATION,LOGIN', password: '{{ replica_password }}' } }],
  database: ({ login_db: database }) => (database === '' ? 'postgres' : database),
  inputs: ['name', 'password', 'role_attr_flags', 'expires', 'comment', 'configuration'],
  look: (args, ask): Promise<RoleState> => {
    const flags = flagsIn(args.role_attr_flags)
    const wrong = flags.filter((flag) => !(flag.replace(/^NO(?!$)/, '') in ATTRIBUTES) && !(flag in ATTRIBUTES))
    if (wrong.length > 0) throw new ModuleFailure(`Invalid role_attr_flags specified: ${wrong.join(' ')}`)
    if (Object.keys(args.configuration).some((key) => /['"]/.test(key))) throw new ModuleFailure('The key of a configuration may not contain single or double quotes')
    return lookAtRole({ ...args, asked: askedIn(args.priv ?? ''), password: args.no_password_changes ? undefined : args.password }, ask)
  },
  aim: (args, before) => {
    if (args.state === 'absent') return { ...NO_ROLE, encryption: before.encryption }
    const flags = flagsIn(args.role_attr_flags)
    const known = before.exists ? before.flags : Object.keys(ATTRIBUTES).map((flag) => (flag === 'INHERIT' || flag === 'LOGIN' ? flag : `NO${flag}`))
    return {
      ...before, exists: true, flags: known.map((flag) => flags.find((wanted) => bare(wanted) === bare(flag)) ?? flag),
      password: passwordAfter(args, before),
      expires: args.expires === undefined || before.expiresAsWanted ? before.expires : args.expires,
      limit: args.conn_limit ?? before.limit, comment: args.comment ?? before.comment,
      settings: settingsAfter(args, before.settings), granted: grantedAfter(args.name, askedIn(args.priv ?? ''), before.granted),
    }
  },
  statements: ({ before, after }, args) => {
    const role = quoteIdentifier(args.name)
    const grants = [
      ...privilegeStatements(granted(before.granted.database), granted(after.granted.database), 'database'),
      ...privilegeStatements(granted(before.granted.tables), granted(after.granted.tables), 'table'),
    ]
    if (!after.exists) return before.exists ? [...grants, `DROP USER ${role}`] : []
    return [
      ...attributeStatements({ before, after, role: args.name, password: args.password, flags: flagsIn(args.role_attr_flags) }),
      ...(before.comment === after.comment ? [] : [`COMMENT ON ROLE ${role} IS ${quoteLiteral(after.comment)}`]),
      ...Object.entries(after.settings).filter(([name, value]) => before.settings[name] !== value)
        .map(([name, value]) => `ALTER USER ${role} SET ${quoteIdentifier(name)} TO ${args.quote_configuration_values ? quoteLiteral(value) : value}`),
      ...Object.keys(before.settings).filter((name) => !(name in after.settings)).map((name) => `ALTER USER ${role} RESET ${quoteIdentifier(name)}`),
      ...grants,
    ]
  },
  tolerates: ({ fail_on_user: strict, state }) => !strict && state === 'absent',
  onFailure: ({ name, state }, { reason }) => (state === 'absent' ? `Unable to remove user ${name}: ${reason}` : undefined),
  result: ({ name, state }, { exists }) => ({ user: name, ...(state === 'absent' ? { user_removed: !exists } : {}) }),
  undo: (_, { before, after }) => (after.exists && (!before.exists || before.password === after.password) ? 'swap' : { impossible: 'The password that it had is not kept' }),
})

const bare = (flag: string): string => (flag in ATTRIBUTES ? flag : flag.replace(/^NO/, ''))

function flagsIn(text: string): readonly string[] {
  return text.split(',').map((flag) => flag.trim().toUpperCase()).filter((flag) => flag !== '')
}

function passwordAfter({ password, no_password_changes: leave }: { readonly password: string | undefined, readonly no_password_changes: boolean }, before: RoleState): RoleState['password'] {
  return password === undefined || (leave && before.exists) ? before.password : 'as wanted'
}

/** `CONNECT/prices:SELECT,INSERT`. */
function askedIn(priv: string): AskedPrivileges {
  const parts = priv.split('/').map((part) => part.trim()).filter((part) => part !== '')
  const names = (text: string): readonly string[] => text.toUpperCase().split(',').map((name) => name.trim().replace(/^TEMP$/, 'TEMPORARY'))
  const tables = parts.filter((part) => part.includes(':')).map((part): [string, readonly string[]] => [part.slice(0, part.indexOf(':')), names(part.slice(part.indexOf(':') + 1))])
  return { database: parts.filter((part) => !part.includes(':')).flatMap(names), tables: Object.fromEntries(tables) }
}

type GrantedNow = RoleState['granted']

function grantedAfter(role: string, asked: AskedPrivileges, before: GrantedNow): GrantedNow {
  const names = Object.values(asked.tables)
  return {
    database: before.database.map((object) => withPrivileges(object, role, { names: asked.database, kind: 'database' })),
    tables: before.tables.map((object, index) => withPrivileges(object, role, { names: names[index] ?? [], kind: 'table' })),
  }
}

function withPrivileges({ ref, grants }: Granted, role: string, { names, kind }: { readonly names: readonly string[], readonly kind: 'database' | 'table' }): Granted {
  const had = grants[role] ?? {}
  const wanted = names.includes('ALL') ? KINDS[kind].privileges : names
  return { ref, grants: { ...grants, [role]: { ...Object.fromEntries(wanted.map((name) => [name, false])), ...had } } }
}

const granted = (objects: readonly Granted[]): PrivilegesState => ({ roles: [], objects })

interface Configuration {
  readonly configuration: JsonObject
  readonly reset_unspecified_configuration: boolean
  readonly quote_configuration_values: boolean
}

/** Values that are SQL are the same when they differ in quotes only. */
function settingsAfter({ configuration, reset_unspecified_configuration: only, quote_configuration_values: quoted }: Configuration, before: RoleState['settings']): RoleState['settings'] {
  const plain = (text: string | undefined): string | undefined => (quoted ? text : text?.replace(/['"]/g, ''))
  const wanted = Object.entries(configuration).map(([name, value]): [string, string] => {
    const text = String(value)
    const current = before[name]
    return [name, current !== undefined && plain(current) === plain(text) ? current : text]
  })
  return Object.fromEntries([...(only ? [] : Object.entries(before)), ...wanted])
}

interface Attributes {
  readonly before: RoleState
  readonly after: RoleState
  readonly role: string
  readonly password: string | undefined
  readonly flags: readonly string[]
}

function attributeStatements({ before, after, role, password, flags }: Attributes): readonly Statement[] {
  const secret = before.password === after.password ? undefined : passwordClause(role, password, after.encryption)
  const rest = [...limits(before, after), ...(before.exists ? after.flags.filter((flag) => !before.flags.includes(flag)) : flags)]
  if (before.exists && secret === undefined && rest.length === 0) return []
  const begin = `${before.exists ? 'ALTER' : 'CREATE'} USER ${quoteIdentifier(role)}`
  const withWords = (words: readonly string[]): string => [begin, ...words].join(' ')
  if (secret === undefined) return [withWords(rest)]
  if (secret === 'PASSWORD NULL') return [withWords(['WITH', secret, ...rest])]
  return [{ sql: withWords(['WITH', secret, ...rest]), shown: withWords(["WITH ENCRYPTED PASSWORD '********'", ...rest]) }]
}

function limits(before: RoleState, after: RoleState): readonly string[] {
  return [
    ...(before.expires === after.expires ? [] : [`VALID UNTIL ${quoteLiteral(after.expires ?? 'infinity')}`]),
    ...(before.limit === after.limit ? [] : [`CONNECTION LIMIT ${after.limit}`]),
  ]
}

function passwordClause(role: string, password: string | undefined, encryption: string): string | undefined {
  if (password === undefined) return undefined
  return password === '' ? 'PASSWORD NULL' : `ENCRYPTED PASSWORD ${quoteLiteral(storedForm({ role, password }, encryption))}`
}
