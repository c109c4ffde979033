import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { postgresqlPing } from '../../src/modules/postgresql-ping.ts'
import { postgresqlQuery } from '../../src/modules/postgresql-query.ts'
import { postgresqlSchema } from '../../src/modules/postgresql-schema.ts'
import { postgresqlUser } from '../../src/modules/postgresql-user.ts'
import type { Json } from '../../src/value/value.ts'
import { liveHost, type LiveHost } from '../support/live-host.ts'
import { certificate } from '../support/certificate.ts'
import { SUPERUSER, startPostgresql, type PostgresqlServer } from '../support/postgresql-server.ts'

const RULES = `local all root peer
local all nobody peer
local all all md5
hostssl all encrypted 127.0.0.1/32 md5
hostnossl all plain 127.0.0.1/32 md5
host all plain 127.0.0.1/32 reject
host all encrypted 127.0.0.1/32 reject
host all all 127.0.0.1/32 md5
`

let server: PostgresqlServer
let host: LiveHost
let other: LiveHost
const authority = certificate('127.0.0.1')

beforeAll(async () => {
  server = await startPostgresql({ rules: RULES, settings: ['ssl=on', 'ssl_cert_file={folder}/server.crt', 'ssl_key_file={folder}/server.key'], files: { 'server.crt': authority.certificate, 'server.key': authority.key } })
  host = await liveHost()
  other = await liveHost({ method: 'sudo', user: 'nobody' })
  server.psql('postgres', "CREATE ROLE root LOGIN SUPERUSER; CREATE ROLE nobody LOGIN; CREATE ROLE readers; CREATE ROLE encrypted LOGIN PASSWORD 'pw'; CREATE ROLE plain LOGIN PASSWORD 'pw'")
}, 60_000)
afterAll(async () => {
  await host.close()
  await other.close()
  server.stop()
})

const login = (): Readonly<Record<string, Json>> => ({ ...SUPERUSER, login_host: '127.0.0.1', login_port: server.port })
const user = (args: Readonly<Record<string, Json>>) => host.run(postgresqlUser, { ...login(), ...args })
const stored = (role: string): string => server.psql('postgres', `SELECT coalesce(rolpassword, 'none') FROM pg_authid WHERE rolname = '${role}'`)

describe('postgresql_user', () => {
  it('makes a role with everything, never shows its password, and takes it back', async () => {
    const before = server.catalog()
    const args = { name: "a'l\"ice", password: 'pass\'"word', role_attr_flags: 'CREATEDB,NOINHERIT', expires: '2031-01-02 03:04:05+00', conn_limit: 3, comment: 'of "us"', configuration: { work_mem: '16MB', statement_timeout: 5000 } }
    const first = await user(args)
    expect(first).toMatchObject({ predicted: true, changed: true, changedAgain: false, result: { user: "a'l\"ice" } })
    expect(first.result.queries).toEqual([
      `CREATE USER "a'l""ice" WITH ENCRYPTED PASSWORD '********' VALID UNTIL '2031-01-02 03:04:05+00' CONNECTION LIMIT 3 CREATEDB NOINHERIT`, `COMMENT ON ROLE "a'l""ice" IS 'of "us"'`,
      `ALTER USER "a'l""ice" SET "work_mem" TO '16MB'`, `ALTER USER "a'l""ice" SET "statement_timeout" TO '5000'`,
    ])
    expect(JSON.stringify(first)).not.toContain('pass')
    expect(await first.undo()).toBe(true)
    expect(server.catalog()).toBe(before)
  })

  it('changes attributes, limit, expiry, comment and settings, and takes that back', async () => {
    await user({ name: 'bob', conn_limit: 2, comment: 'old', configuration: { work_mem: '16MB', search_path: 'a' } })
    const before = server.catalog()
    const change = await user({ name: 'bob', role_attr_flags: 'NOLOGIN,SUPERUSER', conn_limit: 5, expires: '2030-01-01', comment: '', configuration: { work_mem: '32MB' }, reset_unspecified_configuration: true })
    expect(change).toMatchObject({ predicted: true, changed: true, changedAgain: false })
    expect(change.result.queries).toEqual([
      `ALTER USER "bob" VALID UNTIL '2030-01-01' CONNECTION LIMIT 5 SUPERUSER NOLOGIN`, `COMMENT ON ROLE "bob" IS ''`, `ALTER USER "bob" SET "work_mem" TO '32MB'`, 'ALTER USER "bob" RESET "search_path"',
    ])
    expect(await change.undo()).toBe(true)
    expect(server.catalog().replaceAll(" VALID UNTIL 'infinity'", '')).toBe(before)
  })

  it.each(['md5', 'scram-sha-256'])('keeps a password as %s, and knows it again', async (encryption) => {
    const options = { connect_params: { options: `-c password_encryption=${encryption}` } }
    const args = { name: `hashed ${encryption}`, password: 'grün pass', ...options }
    expect(await user(args)).toMatchObject({ changed: true, changedAgain: false })
    expect(stored(args.name)).toMatch(encryption === 'md5' ? /^md5[0-9a-f]{32}$/ : /^SCRAM-SHA-256\$4096:/)
    const asked = { login_host: '127.0.0.1', login_port: server.port, login_user: args.name, login_db: 'postgres' }
    expect((await host.run(postgresqlPing, { ...asked, login_password: 'grün pass' })).result.is_available).toBe(true)
    expect((await host.run(postgresqlPing, { ...asked, login_password: 'wrong' })).result.is_available).toBe(false)
    expect(await user({ ...args, password: 'other' })).toMatchObject({ changed: true, changedAgain: false })
    expect(await user({ ...args, password: stored(args.name) })).toMatchObject({ changed: false })
    expect(await user({ ...args, password: 'third', no_password_changes: true })).toMatchObject({ changed: false })
    const cleared = await user({ ...args, password: '' })
    expect(cleared).toMatchObject({ changed: true, changedAgain: false, result: { queries: [`ALTER USER "${args.name}" WITH PASSWORD NULL`] } })
    expect(await cleared.undo(), 'it cannot be known what it was').toBe(false)
  })

  it('grants what older playbooks ask for', async () => {
    server.psql('postgres', 'CREATE TABLE prices (id int)')
    const args = { name: 'old', priv: 'CONNECT,TEMP/prices:select,INSERT' }
    const first = await user(args)
    expect(first).toMatchObject({ predicted: true, changed: true, changedAgain: false, result: { queries: ['CREATE USER "old"', 'GRANT CONNECT,TEMPORARY ON database "postgres" TO "old";', 'GRANT SELECT,INSERT ON table public.prices TO "old";'] } })
    expect(server.psql('postgres', "SELECT has_table_privilege('old', 'prices', 'INSERT')")).toBe('t')
    expect(await first.undo()).toBe(true)
    expect(server.psql('postgres', "SELECT count(*) FROM pg_roles WHERE rolname = 'old'")).toBe('0')
    server.psql('postgres', 'DROP TABLE prices')
  })

  it('does not remove a role that owns something, or leaves it', async () => {
    server.psql('postgres', 'CREATE ROLE owner; CREATE TABLE owned (); ALTER TABLE owned OWNER TO owner')
    await expect(user({ name: 'owner', state: 'absent' })).rejects.toThrow('Unable to remove user owner: role "owner" cannot be dropped because some objects depend on it')
    expect(await user({ name: 'owner', state: 'absent', fail_on_user: false })).toMatchObject({ result: { user_removed: false } })
    server.psql('postgres', 'DROP TABLE owned')
    expect(await user({ name: 'owner', state: 'absent' })).toMatchObject({ changed: true, result: { user_removed: true, queries: ['DROP USER "owner"'] } })
  })

  it.each([
    [{ name: 'x', role_attr_flags: 'LOGIN,FLY' }, 'Invalid role_attr_flags specified: FLY'],
    [{ name: 'x', configuration: { "a'b": 1 } }, 'The key of a configuration may not contain single or double quotes'],
    [{ name: 'x"; DROP TABLE t; --', trust_input: false }, 'is potentially dangerous'],
    [{ name: 'x', expires: 'never ever' }, 'invalid input syntax for type timestamp'],
  ] as const)('refuses %j', async (args, message) => {
    await expect(user(args)).rejects.toThrow(message)
  })
})

describe('a login', () => {
  const whoami = 'SELECT session_user::text AS session, current_user::text AS role, (SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()) AS ssl'
  const ask = async (args: Readonly<Record<string, Json>>, from = host): Promise<unknown> => {
    const { result } = await from.run(postgresqlQuery, { login_port: server.port, login_db: 'postgres', query: whoami, ...args })
    return (result.query_result as readonly Json[])[0]
  }

  it('by the socket is that of the user who logs in, or who the task becomes', async () => {
    const socket = { login_unix_socket: server.folder }
    expect(await ask({ ...socket, login_user: 'root' })).toEqual({ session: 'root', role: 'root', ssl: false })
    expect(await ask({ ...socket, login_user: 'nobody' }, other)).toEqual({ session: 'nobody', role: 'nobody', ssl: false })
    await expect(ask({ ...socket, login_user: 'root' }, other)).rejects.toThrow('Peer authentication failed for user "root"')
    expect(await ask({ connect_params: { host: server.folder }, login_user: 'root' })).toMatchObject({ session: 'root' })
  })

  it('is as another role where that is wanted', async () => {
    expect(await ask({ login_unix_socket: server.folder, login_user: 'root', session_role: 'readers' })).toMatchObject({ session: 'root', role: 'readers' })
    await expect(ask({ login_unix_socket: server.folder, login_user: 'nobody', session_role: 'root' }, other)).rejects.toThrow('permission denied to set role "root"')
    await expect(host.run(postgresqlSchema, { ...login(), name: 'no', session_role: 'no_such' })).rejects.toThrow('role "no_such" does not exist')
  })

  it('is encrypted where the server or the task wants that', async () => {
    const tcp = { login_host: '127.0.0.1', login_password: 'pw' }
    expect(await ask({ ...tcp, login_user: 'encrypted' })).toMatchObject({ ssl: true })
    expect(await ask({ ...tcp, login_user: 'plain' })).toMatchObject({ ssl: false })
    expect(await ask({ ...tcp, ...SUPERUSER, ssl_mode: 'require' })).toMatchObject({ ssl: true })
    await expect(ask({ ...tcp, login_user: 'encrypted', ssl_mode: 'disable' })).rejects.toThrow('pg_hba.conf rejects connection')
    await expect(ask({ ...tcp, login_user: 'plain', ssl_mode: 'require' })).rejects.toThrow('pg_hba.conf rejects connection')
  })

  it('verifies the server by the authority on the host', async () => {
    const tcp = { ...SUPERUSER, login_host: '127.0.0.1', ssl_mode: 'verify-full' }
    await expect(ask(tcp)).rejects.toThrow(/self-signed certificate|unable to verify/)
    await host.remote.writeFile('/tmp/tsplay-test-ca.crt', authority.certificate)
    expect(await ask({ ...tcp, ca_cert: '/tmp/tsplay-test-ca.crt' })).toMatchObject({ ssl: true })
    await expect(ask({ ...tcp, login_host: 'localhost', ca_cert: '/tmp/tsplay-test-ca.crt' })).rejects.toThrow(/does not match certificate/)
    expect(await ask({ ...tcp, login_host: 'localhost', ssl_mode: 'verify-ca', ca_cert: '/tmp/tsplay-test-ca.crt' })).toMatchObject({ ssl: true })
    await host.remote.remove('/tmp/tsplay-test-ca.crt')
  })
})
