import { defineAction } from '../module/define-module.ts'
import type { Json, JsonObject } from '../value/value.ts'
import { CONNECTION_ARGUMENTS } from './mysql/connection-arguments.ts'
import { readGrants } from './mysql/privileges.ts'
import { asFailure, openSession, type Session } from './mysql/session.ts'
import { loginFor, namesOf } from './mysql/sql-module.ts'
import { quoteLiteral } from './mysql/sql-text.ts'
import { typedRow } from './mysql/typed-row.ts'

/** `community.mysql.mysql_info`. */
export const mysqlInfo = defineAction({
  name: 'mysql_info',
  aliases: namesOf('mysql_info'),
  summary: 'Tell of a MySQL or MariaDB server: version, databases, settings, status, accounts, engines and replication.',
  where: 'host', check: 'run', asksInEnvironment: true,
  args: {
    ...CONNECTION_ARGUMENTS,
    filter: { type: 'list', elements: 'str', description: 'What to tell: version, databases, settings, global_status, users, users_info, engines, master_status, slave_status, slave_hosts; or with ! before, what not. Default: all.' },
    login_db: { type: 'str', description: 'Database to log in to.' },
    exclude_fields: { type: 'list', elements: 'str', description: 'db_size and db_table_count take time to find out.' },
    return_empty_dbs: { type: 'bool', default: false, description: 'Tell of databases without tables too.' },
  },
  examples: [{ name: 'Versions and databases', args: { filter: ['version', 'databases'] } }],
  run: async (args, { remote }) => {
    const session = await openSession(remote, await loginFor(remote, args, args.login_db))
    try {
      const fields: Record<string, Json> = { connector_name: 'mysql2', connector_version: 'bundled', server_engine: /mariadb/i.test(await fullVersion(session)) ? 'MariaDB' : 'MySQL' }
      const asked = { excluded: args.exclude_fields ?? [], empty: args.return_empty_dbs }
      for (const subset of subsetsOf(args.filter ?? [])) Object.assign(fields, await SUBSETS[subset](session, asked))
      return { changed: false, fields }
    } catch (error) {
      throw asFailure(error)
    }
  },
})

interface Options {
  readonly excluded: readonly string[]
  readonly empty: boolean
}

const NAMES = ['version', 'databases', 'settings', 'global_status', 'users', 'users_info', 'engines', 'master_status', 'slave_status', 'slave_hosts'] as const
type Subset = typeof NAMES[number]

const SUBSETS: Readonly<Record<Subset, (session: Session, options: Options) => Promise<JsonObject>>> = {
  version: async (session) => {
    const full = await fullVersion(session)
    const [, major = '0', minor = '0', release = '0', suffix = ''] = /^(\d+)\.(\d+)\.(\d+)(?:-(.*))?$/.exec(full) ?? []
    return { version: { major: Number(major), minor: Number(minor), release: Number(release), suffix, full } }
  },
  databases,
  settings: async (session) => ({ settings: pairs(await ask(session, 'SHOW GLOBAL VARIABLES')) }),
  global_status: async (session) => ({ global_status: pairs(await ask(session, 'SHOW GLOBAL STATUS')) }),
  users: async (session) => {
    const users: Record<string, Record<string, JsonObject>> = {}
    for (const row of await ask(session, 'SELECT * FROM mysql.user')) {
      const told = Object.fromEntries(Object.entries(row).filter(([name]) => !['User', 'Host', 'Password', 'authentication_string'].includes(name)))
      users[String(row.Host)] = { ...users[String(row.Host)], [String(row.User)]: told }
    }
    return { users }
  },
  users_info: usersInfo,
  engines: async (session) => ({ engines: Object.fromEntries((await ask(session, 'SHOW ENGINES')).map(({ Engine: name, ...about }) => [String(name), about])) }),
  master_status: async (session) => ({ master_status: (await ask(session, 'SHOW MASTER STATUS'))[0] ?? {} }),
  slave_status: async (session) => {
    const found: Record<string, JsonObject> = {}
    for (const row of await ask(session, 'SHOW SLAVE STATUS')) found[String(row.Master_Host)] = { [String(row.Master_Port)]: { [String(row.Master_User)]: row } }
    return { slave_status: found }
  },
  slave_hosts: async (session) => ({ slave_hosts: Object.fromEntries((await ask(session, 'SHOW SLAVE HOSTS')).map(({ Server_id: id, ...about }) => [String(id), about])) }),
}

function subsetsOf(filter: readonly string[]): readonly Subset[] {
  const words = filter.map((word) => word.trim())
  const included = NAMES.filter((name) => words.includes(name))
  return included.length > 0 ? included : NAMES.filter((name) => !words.includes(`!${name}`))
}

async function databases(session: Session, { excluded, empty }: Options): Promise<JsonObject> {
  const size = excluded.includes('db_size') ? '' : ', SUM(t.DATA_LENGTH + t.INDEX_LENGTH) AS size'
  const count = excluded.includes('db_table_count') ? '' : ', COUNT(t.TABLE_NAME) AS tables'
  const rows = await ask(session, `SELECT s.SCHEMA_NAME AS name${size}${count} FROM information_schema.SCHEMATA s ${empty ? 'LEFT ' : ''}JOIN information_schema.TABLES t ON t.TABLE_SCHEMA = s.SCHEMA_NAME GROUP BY s.SCHEMA_NAME`)
  return { databases: Object.fromEntries(rows.map(({ name, ...about }) => [String(name), 'size' in about ? { ...about, size: about.size ?? 0 } : about])) }
}

/** Accounts as mysql_user takes them. */
async function usersInfo(session: Session): Promise<JsonObject> {
  const users: JsonObject[] = []
  for (const { User: name, Host: host, plugin, authentication_string: kept, Password: old } of await ask(session, "SELECT * FROM mysql.user WHERE User <> ''")) {
    const grants = await ask(session, `SHOW GRANTS FOR ${quoteLiteral(String(name))}@${quoteLiteral(String(host))}`).catch(() => [])
    const privileges = readGrants(grants.map((grant) => String(Object.values(grant)[0])))
    const hash = [kept, old].find((text) => typeof text === 'string' && text !== '') ?? ''
    const priv = Object.entries(privileges).map(([object, names]) => `${object}:${names.join(',')}`).join('/')
    users.push({ name: name ?? '', host: host ?? '', plugin: plugin ?? '', plugin_hash_string: hash, priv })
  }
  return { users_info: users }
}

async function fullVersion(session: Session): Promise<string> {
  return String((await ask(session, 'SELECT VERSION() AS version'))[0]?.version)
}

async function ask(session: Session, sql: string): Promise<readonly JsonObject[]> {
  const { rows, columns } = await session.execute(sql)
  return rows.map((row) => typedRow(columns, row))
}

/** Numbers in digits are numbers. */
function pairs(rows: readonly JsonObject[]): JsonObject {
  return Object.fromEntries(rows.map(({ Variable_name: name, Value: value = '' }) => [String(name), typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value]))
}
