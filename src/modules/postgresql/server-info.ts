import type { Remote } from '../../remote/remote.ts'
import type { Json, JsonObject } from '../../value/value.ts'
import { serverProblem } from './server-problem.ts'
import { versionOf } from './server-version.ts'
import { openSession, type Session } from './session.ts'
import type { Login } from './login.ts'
import { typedRows } from './typed-row.ts'

/** Parts of what postgresql_info tells. */
export type Subset = 'version' | 'databases' | 'in_recovery' | 'settings' | 'tablespaces' | 'roles' | 'replications' | 'repl_slots'

/** How each part is asked for; all but the databases, which take a login each. */
export const SUBSETS: Readonly<Record<Exclude<Subset, 'databases'>, (session: Session) => Promise<JsonObject>>> = {
  version: async (session) => ({ version: { patch: null, ...versionOf(String((await ask(session, 'SELECT version() AS version'))[0]?.version)) } }),
  in_recovery: async (session) => ({ in_recovery: (await ask(session, 'SELECT pg_is_in_recovery() AS yes'))[0]?.yes ?? null }),
  settings,
  tablespaces: async (session) => ({ tablespaces: byName(await ask(session, "SELECT spcname AS key, spcacl::text AS spcacl, coalesce(spcoptions, '{}') AS spcoptions, pg_get_userbyid(spcowner) AS spcowner FROM pg_catalog.pg_tablespace")) }),
  roles: async (session) => ({ roles: byName((await ask(session, 'SELECT r.rolname AS key, r.rolsuper AS superuser, r.rolcanlogin AS canlogin, r.rolvaliduntil AS valid_until, ARRAY(SELECT b.rolname FROM pg_catalog.pg_auth_members m JOIN pg_catalog.pg_roles b ON m.roleid = b.oid WHERE m.member = r.oid) AS member_of FROM pg_catalog.pg_roles r WHERE r.rolname !~ \'^pg_\' ORDER BY 1')).map((role) => ({ ...role, valid_until: role.valid_until ?? '' }))) }),
  replications: async (session) => ({ replications: byName(await ask(session, "SELECT r.pid::text AS key, a.usename, r.application_name AS app_name, host(r.client_addr) AS client_addr, r.client_hostname, r.backend_start::text AS backend_start, r.state FROM pg_catalog.pg_stat_replication r JOIN pg_catalog.pg_stat_activity a USING (pid)")) }),
  repl_slots: async (session) => ({ repl_slots: byName(await ask(session, 'SELECT slot_name AS key, plugin, slot_type, database, active FROM pg_catalog.pg_replication_slots')) }),
}

/** Every database that one can log in to, with what is in it. */
export async function databasesOf(remote: Remote, login: Login): Promise<JsonObject> {
  const rows = await ask(await openSession(remote, login), "SELECT d.datname AS key, pg_get_userbyid(d.datdba) AS owner, pg_encoding_to_char(d.encoding) AS encoding, d.datcollate AS collate, d.datctype AS ctype, coalesce(array_to_string(d.datacl, E'\\n'), '') AS access_priv, CASE WHEN has_database_privilege(d.datname, 'CONNECT') THEN pg_database_size(d.datname)::text ELSE 'No Access' END AS size FROM pg_catalog.pg_database d WHERE d.datallowconn")
  const databases: Record<string, JsonObject> = {}
  for (const { key, ...about } of rows) databases[String(key)] = { ...about, ...await contentsOf(remote, { ...login, database: String(key) }) }
  return databases
}

const EXTENSIONS = 'SELECT e.extname AS key, e.extversion AS version, n.nspname, c.description FROM pg_catalog.pg_extension e LEFT JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace LEFT JOIN pg_catalog.pg_description c ON c.objoid = e.oid AND c.classoid = \'pg_catalog.pg_extension\'::regclass'

function extensionOf({ key, version, nspname = null, description = null }: JsonObject): [string, JsonObject] {
  return [String(key), { nspname, description, extversion: numbersOf(String(version)) }]
}

async function contentsOf(remote: Remote, login: Login): Promise<JsonObject> {
  const session = await openSession(remote, login)
  try {
    return {
      extensions: Object.fromEntries((await ask(session, EXTENSIONS)).map(extensionOf)),
      languages: byName(await ask(session, 'SELECT l.lanname AS key, pg_get_userbyid(l.lanowner) AS lanowner, coalesce(l.lanacl::text, \'\') AS lanacl FROM pg_catalog.pg_language l')),
      namespaces: byName(await ask(session, 'SELECT n.nspname AS key, pg_get_userbyid(n.nspowner) AS nspowner, coalesce(n.nspacl::text, \'\') AS nspacl FROM pg_catalog.pg_namespace n')),
      publications: byName(await ask(session, 'SELECT p.pubname AS key, p.oid, p.pubowner, pg_get_userbyid(p.pubowner) AS ownername, p.puballtables, p.pubinsert, p.pubupdate, p.pubdelete, p.pubtruncate, (to_jsonb(p) ->> \'pubviaroot\')::boolean AS pubviaroot FROM pg_catalog.pg_publication p')),
      subscriptions: await subscriptionsOf(session),
    }
  } finally {
    await session.pause()
  }
}

const FORBIDDEN = '42501'

/** The connection string is left out: it may hold a password. Only superusers may look in some versions. */
async function subscriptionsOf(session: Session): Promise<JsonObject> {
  try {
    return byName(await ask(session, 'SELECT s.subname AS key, pg_get_userbyid(s.subowner) AS ownername, s.subenabled, s.subsynccommit, s.subslotname, s.subpublications FROM pg_catalog.pg_subscription s JOIN pg_catalog.pg_database d ON d.oid = s.subdbid WHERE d.datname = current_database()'))
  } catch (error) {
    if (serverProblem(error)?.code === FORBIDDEN) return {}
    throw error
  }
}

async function settings(session: Session): Promise<JsonObject> {
  const rows = await ask(session, "SELECT name AS key, setting, unit, context, vartype, boot_val, min_val, max_val, sourcefile, pending_restart, current_setting(name) AS pretty_val FROM pg_catalog.pg_settings")
  const told = rows.map(({ key, ...about }) => ({
    key, about: { ...about, setting: String(about.setting), sourcefile: about.sourcefile ?? '', unit: about.unit ?? '', val_in_bytes: bytesOf(about) },
  }))
  return {
    settings: Object.fromEntries(told.map(({ key, about }) => [String(key), about as JsonObject])),
    pending_restart_settings: rows.filter(({ pending_restart: pending }) => pending === true).map(({ key }) => String(key)),
  }
}

const BYTES: Readonly<Record<string, number>> = { B: 1, kB: 1024, '8kB': 8192, '16MB': 16 * 1024 ** 2, MB: 1024 ** 2, GB: 1024 ** 3 }

function bytesOf({ setting, unit }: JsonObject): Json {
  const size = typeof unit === 'string' ? BYTES[unit] : undefined
  const value = Number(setting)
  return size === undefined || !Number.isFinite(value) ? null : value > 0 ? value * size : value
}

function numbersOf(raw: string): JsonObject {
  const [, major = '0', minor = '0'] = /^(\d+)(?:\.(\d+))?/.exec(raw) ?? []
  return { raw, major: Number(major), minor: Number(minor) }
}

async function ask(session: Session, sql: string): Promise<readonly JsonObject[]> {
  const [answer] = await session.execute(sql)
  return answer === undefined ? [] : typedRows(answer)
}

function byName(rows: readonly JsonObject[]): JsonObject {
  return Object.fromEntries(rows.map(({ key, ...about }) => [String(key), about]))
}
