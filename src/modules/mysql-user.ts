import { ModuleFailure } from '../module/module.ts'
import { lookAtAccounts, nativeHash, requirement, type Account, type AccountsState } from './mysql/account-state.ts'
import { CONNECTION_ARGUMENTS } from './mysql/connection-arguments.ts'
import { parsePrivileges, privilegeStatements, type Privileges } from './mysql/privileges.ts'
import { defineSqlModule } from './mysql/sql-module.ts'
import { quoteLiteral } from './mysql/sql-text.ts'
import type { Statement } from './sql/sql-module.ts'

/** `community.mysql.mysql_user`. Passwords travel hashed where the server takes that. */
export const mysqlUser = defineSqlModule({
  name: 'mysql_user',
  summary: 'Ensure a MySQL or MariaDB account is there with its password, privileges and limits, or is not.',
  args: {
    ...CONNECTION_ARGUMENTS,
    name: { type: 'str', required: true, aliases: ['user'], description: 'User.' },
    password: { type: 'str', secret: true, description: 'Its password.' },
    encrypted: { type: 'bool', default: false, description: '`password` is a hash of mysql_native_password.' },
    host: { type: 'str', default: 'localhost', description: 'Host that the user comes from.' },
    host_all: { type: 'bool', default: false, description: 'All accounts of the name, whatever their host; none is made.' },
    priv: { type: 'raw', description: '`database.table:PRIVILEGE,PRIVILEGE`, several with slashes between them; or a dict.' },
    append_privs: { type: 'bool', default: false, description: 'Keep other privileges.' },
    subtract_privs: { type: 'bool', default: false, description: 'Take these privileges away, and keep the others.' },
    tls_requires: { type: 'dict', description: 'What a connection must have: SSL, X509, SUBJECT, ISSUER, CIPHER.' },
    sql_log_bin: { type: 'bool', default: true, description: 'Whether changes are in the binary log.' },
    force_context: { type: 'bool', default: false, description: 'Log in to the database mysql, for filters of replication.' },
    state: { type: 'str', choices: ['absent', 'present'], default: 'present', description: 'Whether it is there.' },
    check_implicit_admin: { type: 'bool', default: false, description: 'Try root without a password first.' },
    update_password: { type: 'str', choices: ['always', 'on_create', 'on_new_username'], default: 'always', description: 'Change the password of an account that is there, or set it for new ones only.' },
    plugin: { type: 'str', description: 'How the account proves who it is.' },
    plugin_hash_string: { type: 'str', secret: true, description: 'What the plugin keeps.' },
    plugin_auth_string: { type: 'str', secret: true, description: 'What the plugin is told: a password, a service of PAM.' },
    resource_limits: { type: 'dict', description: 'MAX_QUERIES_PER_HOUR, MAX_UPDATES_PER_HOUR, MAX_CONNECTIONS_PER_HOUR, MAX_USER_CONNECTIONS, MAX_STATEMENT_TIME.' },
    session_vars: { type: 'dict', description: 'Variables of the session.' },
    password_expire: { type: 'str', choices: ['now', 'never', 'default', 'interval'], description: 'When the password expires.' },
    password_expire_interval: { type: 'int', description: 'After how many days.' },
    column_case_sensitive: { type: 'bool', default: true, description: 'Keep the case of columns in privileges.' },
    locked: { type: 'bool', description: 'Whether nobody can log in with it.' },
    attributes: { type: 'dict', description: 'Words kept with the account (MySQL 8); null takes one away.' },
  },
  constraints: { exclusive: [['append_privs', 'subtract_privs'], ['password', 'plugin']], requiredIf: [['password_expire', 'interval', ['password_expire_interval']]] },
  examples: [{ name: 'For the shop', args: { name: 'shop', host: '10.0.%', password: '{{ shop_password }}', priv: 'shop.*:SELECT,INSERT,UPDATE,DELETE' } }],
  database: ({ force_context: inMysql }) => (inMysql ? 'mysql' : undefined),
  inputs: [],
  look: async (args, ask): Promise<AccountsState> => {
    const login = { password: args.password, encrypted: args.encrypted, plugin: args.plugin, hash: args.plugin_hash_string, text: args.plugin_auth_string }
    const state = await lookAtAccounts({ name: args.name, host: args.host_all ? undefined : args.host }, login, ask)
    refuseWrong(args, state)
    if (args.host_all && args.state === 'present' && state.accounts.length === 0) throw new ModuleFailure('host_all parameter cannot be used when adding a user')
    return state
  },
  aim: (args, before) => {
    if (args.state === 'absent') return { ...before, accounts: [] }
    const accounts = before.accounts.length === 0 ? [fresh(args)] : before.accounts.map((account) => ({ ...account, ...passwordAfter(args, account) }))
    return { ...before, accounts: accounts.map((account) => settled(args, account)) }
  },
  statements: ({ before, after }, args) => [
    ...before.accounts.filter(({ host }) => !after.accounts.some((account) => account.host === host)).map(({ host }) => `DROP USER ${accountOf(args.name, host)}`),
    ...after.accounts.flatMap((account) => accountStatements({ account, before: before.accounts.find(({ host }) => host === account.host), isMaria: before.isMaria }, args)),
  ],
  result: ({ name }, state) => ({ user: name, msg: state.accounts.length === 0 ? "User doesn't exist" : 'User unchanged', password_changed: false, attributes: attributesIn(state) }),
  fields: ({ before, after }) => ({
    ...before.accounts.length === 0 && after.isMaria && { attributes: null },
    msg: after.accounts.length === 0 ? 'User deleted' : before.accounts.length === 0 ? 'User added' : updateWords(before, after),
    password_changed: after.accounts.some(({ host, password }) => before.accounts.find((account) => account.host === host)?.password !== password),
  }),
  onFailure: (_, { statement, reason }) => (/^(?:GRANT|REVOKE) /.test(statement) ? `Error granting privileges: '${statement}': ${reason}` : undefined),
  undo: (_, { before, after }) => {
    const isKept = after.accounts.every(({ host, password }) => (before.accounts.find((account) => account.host === host) ?? { password }).password === password)
    return isKept && after.accounts.length >= before.accounts.length ? 'swap' : { impossible: 'The password that it had is not kept' }
  },
})

/** Those of the last account, as Ansible has it where it is asked for all of a name; of MariaDB, which keeps none, an empty dict for one that is there already. */
function attributesIn({ accounts, isMaria }: AccountsState): Account['attributes'] | null {
  if (isMaria && accounts.length > 0) return {}
  const attributes = accounts.at(-1)?.attributes ?? {}
  return Object.keys(attributes).length === 0 ? null : attributes
}

/** What changed in one word: Ansible names the last thing that it changed, too. */
function updateWords(before: AccountsState, after: AccountsState): string {
  const changed = (field: keyof Account): boolean => after.accounts.some((account, index) => JSON.stringify(account[field]) !== JSON.stringify(before.accounts[index]?.[field]))
  const words: readonly (readonly [keyof Account, string])[] = [['tls', 'TLS requires updated'], ['privileges', 'Privileges updated'], ['password', 'Password updated']]
  return words.find(([field]) => changed(field))?.[1] ?? 'User updated'
}

function refuseWrong({ priv, password_expire_interval: days, attributes }: Wanted, { isMaria }: AccountsState): void {
  if (priv !== undefined && priv !== null && typeof priv !== 'string' && (typeof priv !== 'object' || Array.isArray(priv))) throw new ModuleFailure('priv parameter must be str or dict')
  if (days !== undefined && days <= 0) throw new ModuleFailure('password_expire_interval value should be positive number')
  if (attributes !== undefined && isMaria) throw new ModuleFailure('user attributes were specified but the server does not support user attributes')
}

interface Wanted {
  readonly attributes: Readonly<Record<string, unknown>> | undefined
  readonly name: string
  readonly host: string
  readonly password: string | undefined
  readonly encrypted: boolean
  readonly plugin: string | undefined
  readonly plugin_hash_string: string | undefined
  readonly plugin_auth_string: string | undefined
  readonly priv: unknown
  readonly append_privs: boolean
  readonly subtract_privs: boolean
  readonly column_case_sensitive: boolean
  readonly tls_requires: Readonly<Record<string, unknown>> | undefined
  readonly resource_limits: Readonly<Record<string, unknown>> | undefined
  readonly update_password: string
  readonly password_expire: string | undefined
  readonly password_expire_interval: number | undefined
  readonly locked: boolean | undefined
}

const accountOf = (name: string, host: string): string => `${quoteLiteral(name)}@${quoteLiteral(host)}`

function fresh({ host }: Wanted): Account {
  return { host, password: 'as wanted', privileges: {}, tls: 'NONE', limits: {}, locked: false, expiry: 'DEFAULT', attributes: {} }
}

function passwordAfter({ update_password: update }: Wanted, { password }: Account): Pick<Account, 'password'> {
  return { password: update === 'always' ? 'as wanted' : password }
}

function settled(args: Wanted, account: Account): Account {
  return {
    ...account, privileges: args.priv === undefined || args.priv === null ? account.privileges : privilegesAfter(args, account.privileges),
    tls: args.tls_requires === undefined ? account.tls : requirement(args.tls_requires),
    limits: { ...account.limits, ...Object.fromEntries(Object.entries(args.resource_limits ?? {}).map(([name, value]) => [name.toUpperCase(), Number(value)])) },
    attributes: attributesAfter(args.attributes ?? {}, account.attributes),
    locked: args.locked ?? account.locked,
    expiry: expiryAfter(args) ?? account.expiry,
  }
}

function expiryAfter({ password_expire: kind, password_expire_interval: days }: Wanted): string | undefined {
  return kind === 'interval' ? `INTERVAL ${days ?? 0} DAY` : kind?.toUpperCase()
}

function attributesAfter(given: Readonly<Record<string, unknown>>, before: Account['attributes']): Account['attributes'] {
  const texts = Object.entries(given).filter(([, value]) => value !== null).map(([name, value]): [string, string] => [name, String(value)])
  return Object.fromEntries([...Object.entries(before).filter(([name]) => !(name in given)), ...texts])
}

function privilegesAfter(args: Wanted, before: Privileges): Privileges {
  const given = parsePrivileges(args.priv, args.column_case_sensitive)
  if (!args.append_privs && !args.subtract_privs) return given
  const merged = Object.entries(given).map(([object, names]): [string, readonly string[]] => {
    const had = before[object] ?? []
    if (args.subtract_privs) return [object, names.includes('ALL PRIVILEGES') ? [] : had.filter((name) => !names.includes(name))]
    return [object, had.includes('ALL PRIVILEGES') ? [...new Set([...had, ...names.filter((name) => name === 'GRANT')])] : [...new Set([...had, ...names])]]
  })
  return Object.fromEntries(Object.entries({ ...before, ...Object.fromEntries(merged) }).filter(([, names]) => names.length > 0))
}

interface AccountChange {
  readonly account: Account
  readonly before: Account | undefined
  readonly isMaria: boolean
}

function accountStatements({ account, before, isMaria }: AccountChange, args: Wanted): readonly Statement[] {
  const who = accountOf(args.name, account.host)
  const clause = before?.password === account.password ? undefined : passwordClause(args, isMaria)
  const old = before ?? fresh(args)
  const rest = optionWords(old, account)
  const identity = before === undefined ? [identified(`CREATE USER ${who}`, clause)] : clause === undefined ? [] : [identified(`ALTER USER ${who}`, clause)]
  return [...identity, ...rest.map((words) => `ALTER USER ${who} ${words}`), ...privilegeStatements(who, old.privileges, account.privileges)]
}

function optionWords(before: Account, after: Account): readonly string[] {
  return [
    ...(before.tls === after.tls ? [] : [`REQUIRE ${after.tls}`]),
    ...limitWords(before.limits, after.limits),
    ...attributeWords(before.attributes, after.attributes),
    ...(before.locked === after.locked ? [] : [`ACCOUNT ${after.locked ? 'LOCK' : 'UNLOCK'}`]),
    ...(before.expiry === after.expiry ? [] : [`PASSWORD EXPIRE${after.expiry === 'NOW' ? '' : ` ${after.expiry}`}`]),
  ]
}

/** Null takes one away. */
function attributeWords(before: Account['attributes'], after: Account['attributes']): readonly string[] {
  const gone = Object.keys(before).filter((name) => !(name in after)).map((name): [string, null] => [name, null])
  const changed = [...Object.entries(after).filter(([name, value]) => before[name] !== value), ...gone]
  return changed.length === 0 ? [] : [`ATTRIBUTE ${quoteLiteral(JSON.stringify(Object.fromEntries(changed)))}`]
}

function limitWords(before: Account['limits'], after: Account['limits']): readonly string[] {
  const changed = Object.entries(after).filter(([name, value]) => (before[name] ?? 0) !== value)
  const wrong = changed.find(([name, value]) => !/^MAX_[A-Z_]+$/.test(name) || !Number.isFinite(value))
  if (wrong !== undefined) throw new ModuleFailure(`resource_limits: ${wrong[0]} must be the name of a limit, with a number`)
  return changed.length === 0 ? [] : [`WITH ${changed.map(([name, value]) => `${name} ${value}`).join(' ')}`]
}

/** With the secret and without. */
interface Clause {
  readonly sql: string
  readonly shown: string
}

function identified(begin: string, clause: Clause | undefined): Statement {
  return clause === undefined ? begin : { sql: `${begin} ${clause.sql}`, shown: `${begin} ${clause.shown}` }
}

const HIDDEN = "'********'"

function passwordClause(args: Wanted, isMaria: boolean): Clause | undefined {
  if (args.plugin !== undefined) return pluginClause(args, isMaria)
  if (args.password === undefined) return undefined
  const hash = args.encrypted ? args.password : nativeHash(args.password)
  if (isMaria) return { sql: `IDENTIFIED BY PASSWORD ${quoteLiteral(hash)}`, shown: `IDENTIFIED BY PASSWORD ${HIDDEN}` }
  // The server's own way of keeping passwords is none that could be done here.
  return args.encrypted ? { sql: `IDENTIFIED WITH mysql_native_password AS ${quoteLiteral(hash)}`, shown: `IDENTIFIED WITH mysql_native_password AS ${HIDDEN}` } : { sql: `IDENTIFIED BY ${quoteLiteral(args.password)}`, shown: `IDENTIFIED BY ${HIDDEN}` }
}

function pluginClause({ plugin = '', plugin_hash_string: hash, plugin_auth_string: text }: Wanted, isMaria: boolean): Clause {
  if (!/^\w+$/.test(plugin)) throw new ModuleFailure(`plugin: '${plugin}' is no name of a plugin`)
  const begin = `IDENTIFIED WITH ${plugin}`
  if (hash !== undefined) return { sql: `${begin} AS ${quoteLiteral(hash)}`, shown: `${begin} AS ${HIDDEN}` }
  if (text === undefined) return { sql: begin, shown: begin }
  const using = !isMaria ? `BY ${quoteLiteral(text)}` : plugin === 'mysql_native_password' ? `AS ${quoteLiteral(nativeHash(text))}` : `AS ${quoteLiteral(text)}`
  return { sql: `${begin} ${using}`, shown: `${begin} ${using.slice(0, 2)} ${HIDDEN}` }
}
