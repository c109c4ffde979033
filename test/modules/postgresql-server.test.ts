import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { postgresqlDb } from '../../src/modules/postgresql-db.ts'
import { postgresqlInfo } from '../../src/modules/postgresql-info.ts'
import { postgresqlPing } from '../../src/modules/postgresql-ping.ts'
import { postgresqlPublication } from '../../src/modules/postgresql-publication.ts'
import { postgresqlQuery } from '../../src/modules/postgresql-query.ts'
import { postgresqlSet } from '../../src/modules/postgresql-set.ts'
import { postgresqlSlot } from '../../src/modules/postgresql-slot.ts'
import { postgresqlSubscription } from '../../src/modules/postgresql-subscription.ts'
import type { Json, JsonObject } from '../../src/value/value.ts'
import { liveHost, type LiveHost } from '../support/live-host.ts'
import { SUPERUSER, startPostgresql, type PostgresqlServer } from '../support/postgresql-server.ts'

let server: PostgresqlServer
let host: LiveHost

beforeAll(async () => {
  server = await startPostgresql({ settings: ['wal_level=logical'] })
  host = await liveHost()
  server.psql('postgres', 'CREATE DATABASE shop')
  server.psql('postgres', 'CREATE DATABASE mirror')
  server.psql('shop', "CREATE ROLE alice; CREATE TABLE prices (id int primary key, price numeric); CREATE TABLE goods (id int primary key, name text); CREATE SCHEMA acme; CREATE TABLE acme.vehicles (id int primary key)")
  server.psql('mirror', 'CREATE TABLE prices (id int primary key, price numeric)')
}, 60_000)
afterAll(async () => {
  await host.close()
  server.stop()
})

const login = (): Readonly<Record<string, Json>> => ({ ...SUPERUSER, login_host: '127.0.0.1', login_port: server.port })
const there = (): Readonly<Record<string, Json>> => ({ ...login(), login_db: 'postgres' })

/** Done, not done again, taken back, done again. */
async function keeps(module: Parameters<LiveHost['run']>[0], args: Readonly<Record<string, Json>>, { queries, field = 'queries', database }: { readonly queries: readonly string[], readonly field?: string, readonly database?: string }): Promise<JsonObject> {
  const before = server.catalog(database)
  const first = await host.run(module, { ...login(), ...args })
  expect(first).toMatchObject({ predicted: true, changed: true, changedAgain: false })
  expect(first.result[field]).toEqual(queries)
  if (await first.undo()) {
    expect(server.catalog(database)).toBe(before)
    await host.run(module, { ...login(), ...args })
  }
  return first.result
}

describe('postgresql_db', () => {
  const db = (args: Readonly<Record<string, Json>>, queries: readonly string[]): Promise<JsonObject> => keeps(postgresqlDb, args, { queries, field: 'executed_commands' })

  it('makes, changes, renames and drops a database', async () => {
    await db({ name: 'new "one"', owner: 'alice', template: 'template0', encoding: 'UTF-8', lc_collate: 'C', lc_ctype: 'C', conn_limit: '5', comment: 'ours' }, ['CREATE DATABASE "new ""one""" OWNER "alice" TEMPLATE "template0" ENCODING \'UTF-8\' LC_COLLATE \'C\' LC_CTYPE \'C\' CONNECTION LIMIT 5', 'COMMENT ON DATABASE "new ""one""" IS \'ours\''])
    await db({ name: 'new "one"', owner: 'tester', conn_limit: '-1', comment: '' }, ['ALTER DATABASE "new ""one""" OWNER TO "tester"', 'ALTER DATABASE "new ""one""" CONNECTION LIMIT -1', 'COMMENT ON DATABASE "new ""one""" IS \'\''])
    await expect(host.run(postgresqlDb, { ...login(), name: 'new "one"', lc_collate: 'de_DE' })).rejects.toThrow('Changing LC_COLLATE is not supported. Current lc collate: C')
    await db({ name: 'new "one"', state: 'rename', target: 'newer' }, ['ALTER DATABASE "new ""one""" RENAME TO "newer"'])
    // A session of this run is in it.
    await host.run(postgresqlQuery, { ...login(), login_db: 'newer', query: 'CREATE TABLE t ()' })
    await db({ name: 'newer', state: 'absent' }, ['DROP DATABASE "newer"'])
  })

  it.each(['a.sql', 'a.sql.gz', 'a.sql.xz', 'a.tar', 'a.tar.bz2', 'a.pgc', 'a.dir'])('dumps to %s and restores from it', async (file) => {
    const name = `from ${file}`
    server.psql('postgres', `CREATE DATABASE "${name}"`)
    server.psql(name, 'CREATE TABLE t (id int); INSERT INTO t SELECT generate_series(1, 100)')
    const target = `/tmp/tsplay-dump-${process.pid}-${file}`
    const dump = await host.run(postgresqlDb, { ...login(), name, state: 'dump', target })
    expect(dump).toMatchObject({ predicted: true, changed: true })
    expect(String((dump.result.executed_commands as readonly Json[])[0])).toMatch(/pg_dump .*--no-password/)
    server.psql(name, 'DROP TABLE t')
    expect(await host.run(postgresqlDb, { ...login(), name, state: 'restore', target })).toMatchObject({ changed: true })
    expect(server.psql(name, 'SELECT count(*) FROM t')).toBe('100')
    await host.remote.remove(target)
  })

  it('fails when either program of a dump does', async () => {
    await expect(host.run(postgresqlDb, { ...login(), name: 'shop', state: 'dump', target: '/tmp/x.gz', target_opts: '--no-such-option' })).rejects.toThrow(/unrecognized option/)
    await expect(host.run(postgresqlDb, { ...login(), name: 'shop', state: 'dump', target: '/no/such/folder/x.sql.gz' })).rejects.toThrow(/\/no\/such\/folder/)
    await expect(host.run(postgresqlDb, { ...login(), name: 'no such', state: 'dump', target: '/tmp/x' })).rejects.toThrow('Database no such does not exist')
    await host.remote.remove('/tmp/x.gz')
  })
})

describe('postgresql_query', () => {
  const query = (args: Readonly<Record<string, Json>>) => host.run(postgresqlQuery, { ...login(), login_db: 'shop', ...args })

  it('gives values their types', async () => {
    const { result } = await query({ query: `SELECT 1 AS i, 1.5::numeric AS n, true AS b, NULL AS z, 'x' AS t, ARRAY['a b','c"d',NULL,'{'] AS l, ARRAY[[1,2],[3,4]] AS m, '{"k": [1]}'::jsonb AS j, '2024-01-02 03:04:05'::timestamp AS d` })
    expect(result.query_result).toEqual([{ i: 1, n: 1.5, b: true, z: null, t: 'x', l: ['a b', 'c"d', null, '{'], m: [[1, 2], [3, 4]], j: { k: [1] }, d: '2024-01-02T03:04:05' }])
    expect(result).toMatchObject({ statusmessage: 'SELECT 1', rowcount: 1 })
  })

  it('tells of every statement, and changes nothing in check mode', async () => {
    const ran = await query({ query: ['CREATE TABLE q (l int[], t text)', "INSERT INTO q VALUES (%s, %s), ('{}', '100%%')", 'SELECT count(*) AS n FROM q'], positional_args: [[1, 2, 3], "it's"] }).catch((error: unknown) => error)
    expect(String(ran)).toContain('it has 0 places for 2 values')
    await query({ query: 'CREATE TABLE q (l int[], t text)' })
    const { result, predicted } = await query({ query: ["INSERT INTO q VALUES (%(l)s, %(t)s), ('{}', '100%%')", 'SELECT l, t FROM q WHERE t = %(t)s'], named_args: { l: [1, 2, 3], t: "it's" } })
    expect(predicted).toBe(true)
    expect(result).toMatchObject({ statusmessage: 'SELECT 1', rowcount: 3, query_all_results: [{}, [{ l: [1, 2, 3], t: "it's" }]], query: `SELECT l, t FROM q WHERE t = 'it''s'`, query_list: ["INSERT INTO q VALUES (%(l)s, %(t)s), ('{}', '100%%')", 'SELECT l, t FROM q WHERE t = %(t)s'] })
    expect(await query({ query: 'UPDATE q SET t = t WHERE false' })).toMatchObject({ changed: false })
    await expect(query({ query: ['INSERT INTO q VALUES (NULL, NULL)', 'SELECT no_such'] })).rejects.toThrow('column "no_such" does not exist')
    expect((await query({ query: 'SELECT t FROM q' })).result.rowcount, 'all or nothing').toBe(2)
  })

  it('looks for names where it is told, for that task only', async () => {
    expect(await query({ query: 'SELECT * FROM vehicles', search_path: ['acme'] })).toMatchObject({ changed: false })
    await expect(query({ query: 'SELECT * FROM vehicles' })).rejects.toThrow('relation "vehicles" does not exist')
  })

  it('runs what no transaction takes where that is wanted', async () => {
    await expect(query({ query: 'VACUUM prices' })).rejects.toThrow('VACUUM cannot run inside a transaction block')
    expect(await query({ query: 'VACUUM prices', autocommit: true })).toMatchObject({ changed: true, result: { statusmessage: 'VACUUM' } })
  })
})

describe('postgresql_set', () => {
  it.each([
    ['work_mem', '16MB', "ALTER SYSTEM SET work_mem = '16MB'", '16384kB'],
    ['log_checkpoints', 'off', "ALTER SYSTEM SET log_checkpoints = 'off'", 'false'],
    ['log_destination', 'stderr, csvlog', "ALTER SYSTEM SET log_destination = 'stderr', 'csvlog'", 'stderr,csvlog'],
    ['max_connections', '120', "ALTER SYSTEM SET max_connections = '120'", '120'],
    ['archive_timeout', '2min', "ALTER SYSTEM SET archive_timeout = '2min'", '120'],
  ])('sets %s to %s once', async (...[name, value, statement, same]) => {
    const auto = (): string => readFileSync(`${server.folder}/data/postgresql.auto.conf`, 'utf8')
    const before = auto()
    const first = await host.run(postgresqlSet, { ...there(), name, value })
    expect(first).toMatchObject({ predicted: true, changed: true, changedAgain: false, result: { name, queries: [statement, 'SELECT pg_reload_conf()'], restart_required: name === 'max_connections' } })
    expect(await host.run(postgresqlSet, { ...there(), name, value: same })).toMatchObject({ changed: false })
    expect(await first.undo()).toBe(true)
    expect(auto()).toBe(before)
  })

  it('resets', async () => {
    await host.run(postgresqlSet, { ...there(), name: 'work_mem', value: '16MB' })
    expect(await host.run(postgresqlSet, { ...there(), name: 'work_mem', value: 'default' })).toMatchObject({ changed: true, changedAgain: false, result: { queries: ['ALTER SYSTEM RESET "work_mem"', 'SELECT pg_reload_conf()'] } })
    await expect(host.run(postgresqlSet, { ...there(), name: 'no_such', value: '1' })).rejects.toThrow('No such parameter: no_such')
    await expect(host.run(postgresqlSet, { ...there(), name: 'block_size', value: '1' })).rejects.toThrow('block_size cannot be changed')
  })
})

describe('replication', () => {
  it('keeps slots', async () => {
    await keeps(postgresqlSlot, { name: 'one', login_db: 'shop', immediately_reserve: true }, { database: 'shop', queries: ["SELECT pg_create_physical_replication_slot('one', true)"] })
    await keeps(postgresqlSlot, { name: 'two', slot_type: 'logical', login_db: 'shop' }, { database: 'shop', queries: ["SELECT pg_create_logical_replication_slot('two', 'test_decoding')"] })
    for (const name of ['one', 'two']) await keeps(postgresqlSlot, { name, login_db: 'shop', state: 'absent' }, { database: 'shop', queries: [`SELECT pg_drop_replication_slot('${name}')`] })
  })

  it('keeps publications', async () => {
    const publication = (args: Readonly<Record<string, Json>>, queries: readonly string[]) => keeps(postgresqlPublication, { login_db: 'shop', name: 'pub', ...args }, { queries, database: 'shop' })
    expect(await publication({ columns: { prices: ['id', 'price'], 'acme.vehicles': null }, rowfilters: { prices: 'id > 10 AND price < 5' }, parameters: { publish: 'insert,update' }, owner: 'alice', comment: 'P' }, [
      `CREATE PUBLICATION "pub" FOR TABLE "public"."prices" ("id", "price") WHERE (id > 10 AND price < 5), "acme"."vehicles" WITH (publish = 'insert,update')`, 'ALTER PUBLICATION "pub" OWNER TO "alice"', `COMMENT ON PUBLICATION "pub" IS 'P'`,
    ])).toMatchObject({ exists: true, owner: 'alice', alltables: false, tables: ['"public"."prices"', '"acme"."vehicles"'], parameters: { publish: { insert: true, update: true, delete: false, truncate: false } } })
    await publication({ tables: ['acme.vehicles', 'goods'] }, ['ALTER PUBLICATION "pub" ADD TABLE "public"."goods"', 'ALTER PUBLICATION "pub" DROP TABLE "public"."prices"'])
    await publication({ columns: { goods: ['id'], 'acme.vehicles': [] } }, ['ALTER PUBLICATION "pub" SET TABLE "public"."goods" ("id"), "acme"."vehicles"'])
    await publication({ parameters: { publish: 'delete' } }, [`ALTER PUBLICATION "pub" SET (publish = 'delete')`])
    await publication({ state: 'absent' }, ['DROP PUBLICATION "pub"'])
    await publication({ name: 'everything' }, ['CREATE PUBLICATION "everything" FOR ALL TABLES'])
    await publication({ name: 'schemas', tables_in_schema: ['acme'] }, ['CREATE PUBLICATION "schemas" FOR TABLES IN SCHEMA "acme"'])
    await publication({ name: 'schemas', tables_in_schema: ['public'] }, ['ALTER PUBLICATION "schemas" ADD TABLES IN SCHEMA "public"', 'ALTER PUBLICATION "schemas" DROP TABLES IN SCHEMA "acme"'])
  }, 60_000)

  it('keeps subscriptions, and never shows the password to the publisher', async () => {
    server.psql('shop', "CREATE PUBLICATION for_mirror FOR TABLE prices; CREATE PUBLICATION other FOR TABLE goods")
    server.psql('shop', "SELECT pg_create_logical_replication_slot('mirror', 'pgoutput')")
    const connparams = { host: '127.0.0.1', port: server.port, user: SUPERUSER.login_user, password: SUPERUSER.login_password, dbname: 'shop' }
    const subscription = (args: Readonly<Record<string, Json>>) => host.run(postgresqlSubscription, { ...login(), login_db: 'mirror', name: 'sub', ...args })
    // A server that subscribes to itself would wait for itself to make the slot.
    const made = await subscription({ publications: ['for_mirror'], connparams, subsparams: { create_slot: false, slot_name: 'mirror', enabled: false } })
    expect(made).toMatchObject({ predicted: true, changed: true, changedAgain: false, result: { exists: true, queries: [`CREATE SUBSCRIPTION sub CONNECTION 'host=127.0.0.1 port=${server.port} user=tester password=******** dbname=shop' PUBLICATION for_mirror WITH (create_slot = false, slot_name = mirror, enabled = false)`] } })
    expect(await subscription({ publications: ['for_mirror'], connparams: { ...connparams, connect_timeout: 5 } })).toMatchObject({ changed: true, changedAgain: false })
    expect((await subscription({ publications: ['for_mirror', 'other'], owner: SUPERUSER.login_user })).result.queries).toEqual(['ALTER SUBSCRIPTION sub SET PUBLICATION for_mirror, other WITH (refresh = false)'])
    expect((await subscription({ subsparams: { enabled: true, synchronous_commit: false } })).result).toMatchObject({ queries: ['ALTER SUBSCRIPTION sub ENABLE'], final_state: { enabled: true, slotname: 'mirror', conninfo: { host: '127.0.0.1' } } })
    server.psql('shop', 'INSERT INTO prices VALUES (1, 2)')
    const again = await subscription({ publications: ['for_mirror', 'other'], connparams: { password: 'other-secret' } })
    expect(again.changed).toBe(true)
    expect(JSON.stringify([made, again])).not.toMatch(/other-secret|secret-of-tester/)
    expect((await subscription({ state: 'absent', cascade: true }).catch((error: unknown) => String(error)))).toBeDefined()
  })
})

describe('postgresql_ping and postgresql_info', () => {
  it('tell what is there', async () => {
    expect((await host.run(postgresqlPing, there())).result).toMatchObject({ is_available: true, conn_err_msg: '', server_version: { raw: expect.stringMatching(/^PostgreSQL \d/) as unknown, major: expect.any(Number) as unknown } })
    const { result } = await host.run(postgresqlInfo, there())
    expect(result).toMatchObject({
      in_recovery: false, version: { raw: expect.stringContaining('PostgreSQL') as unknown },
      databases: { shop: { encoding: 'UTF8', owner: 'tester', namespaces: { acme: { nspowner: 'tester' } }, extensions: { plpgsql: { nspname: 'pg_catalog', extversion: { major: 1, minor: 0, raw: '1.0' } } }, languages: { plpgsql: {} } } },
      roles: { alice: { canlogin: false, superuser: false, member_of: [], valid_until: '' } }, tablespaces: { pg_default: { spcowner: 'tester', spcoptions: [] } },
      settings: { wal_level: { setting: 'logical', vartype: 'enum', pretty_val: 'logical', pending_restart: false } },
    })
  })

  it('tell only what is asked for', async () => {
    const info = async (filter: readonly string[]) => (await host.run(postgresqlInfo, { ...there(), filter })).result
    expect(await info(['ver*', 'in_recovery'])).toMatchObject({ version: { major: expect.any(Number) as unknown }, databases: {}, settings: {}, roles: {} })
    expect(await info(['!settings', '!databases', '!r*'])).toMatchObject({ settings: {}, databases: {}, roles: {}, tablespaces: { pg_default: {} } })
    await expect(info(['weather'])).rejects.toThrow('filter: there is nothing named weather')
  })
})
