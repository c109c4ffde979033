import { mkdirSync, readFileSync, chownSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { postgresqlCopy } from '../../src/modules/postgresql-copy.ts'
import { postgresqlExt } from '../../src/modules/postgresql-ext.ts'
import { postgresqlMembership } from '../../src/modules/postgresql-membership.ts'
import { postgresqlOwner } from '../../src/modules/postgresql-owner.ts'
import { postgresqlPrivs } from '../../src/modules/postgresql-privs.ts'
import { postgresqlSchema } from '../../src/modules/postgresql-schema.ts'
import { postgresqlTable } from '../../src/modules/postgresql-table.ts'
import { postgresqlTablespace } from '../../src/modules/postgresql-tablespace.ts'
import type { Json } from '../../src/value/value.ts'
import { liveHost, type LiveHost } from '../support/live-host.ts'
import { SUPERUSER, startPostgresql, type PostgresqlServer } from '../support/postgresql-server.ts'

const MODULES = {
  copy: postgresqlCopy, ext: postgresqlExt, membership: postgresqlMembership, owner: postgresqlOwner, privs: postgresqlPrivs, schema: postgresqlSchema, table: postgresqlTable, tablespace: postgresqlTablespace,
}

interface Step {
  readonly name: string
  readonly module: keyof typeof MODULES
  readonly args: Readonly<Record<string, Json>>
  /** What is done; nothing: it is so already. */
  readonly queries: readonly string[]
  readonly result?: Readonly<Record<string, Json>>
  /** It cannot be taken back. */
  readonly forGood?: true
}

const STEPS: readonly Step[] = [
  { name: 'a schema', module: 'schema', args: { name: 'acme', owner: 'alice', comment: 'it\'s "ours"' }, queries: ['CREATE SCHEMA "acme" AUTHORIZATION "alice"', `COMMENT ON SCHEMA "acme" IS 'it''s "ours"'`], result: { schema: 'acme' } },
  { name: 'another owner of a schema, and no comment', module: 'schema', args: { name: 'acme', owner: 'bob', comment: '' }, queries: ['ALTER SCHEMA "acme" OWNER TO "bob"', `COMMENT ON SCHEMA "acme" IS ''`] },
  { name: 'a schema with a name that needs quotes', module: 'schema', args: { name: 'Od"d; -- name' }, queries: ['CREATE SCHEMA "Od""d; -- name"'] },
  { name: 'no such schema', module: 'schema', args: { name: 'Od"d; -- name', state: 'absent' }, queries: ['DROP SCHEMA "Od""d; -- name"'], forGood: true },
  { name: 'a table', module: 'table', args: { name: 'acme.prices', columns: ['id int primary key', 'name text'], owner: 'alice', storage_params: ['fillfactor=70'] }, queries: ['CREATE TABLE "acme"."prices" (id int primary key,name text) WITH (fillfactor=70)', 'ALTER TABLE "acme"."prices" OWNER TO "alice"'], result: { owner: 'alice', state: 'present', storage_params: ['fillfactor=70'] } },
  { name: 'a table like another', module: 'table', args: { name: 'copied', like: 'acme.prices', including: 'indexes, comments', unlogged: true }, queries: ['CREATE UNLOGGED TABLE "copied" (LIKE "acme"."prices" INCLUDING indexes INCLUDING comments)'], result: { owner: 'tester' } },
  { name: 'other storage parameters', module: 'table', args: { name: 'acme.prices', storage_params: ['fillfactor = 60', 'autovacuum_enabled=false'] }, queries: ['ALTER TABLE "acme"."prices" SET (fillfactor=60,autovacuum_enabled=false)'] },
  { name: 'a table by another name', module: 'table', args: { name: 'copied', rename: 'copy two' }, queries: ['ALTER TABLE "copied" RENAME TO "copy two"'] },
  { name: 'an owner of a table', module: 'owner', args: { obj_name: 'acme.prices', obj_type: 'table', new_owner: 'bob' }, queries: ['ALTER TABLE "acme"."prices" OWNER TO "bob"'] },
  { name: 'an owner of one of two functions', module: 'owner', args: { obj_name: 'twice(int)', obj_type: 'function', new_owner: 'bob' }, queries: ['ALTER FUNCTION twice(int) OWNER TO "bob"'] },
  { name: 'privileges on tables', module: 'privs', args: { objs: 'prices', schema: 'acme', privs: 'SELECT,insert', roles: 'alice,readers' }, queries: ['GRANT SELECT,INSERT ON table acme.prices TO "alice","readers";'] },
  { name: 'one more, and passed on', module: 'privs', args: { objs: 'prices', schema: 'acme', privs: 'SELECT', roles: 'alice', grant_option: true }, queries: ['GRANT SELECT ON table acme.prices TO "alice" WITH GRANT OPTION;'] },
  { name: 'not passed on', module: 'privs', args: { objs: 'prices', schema: 'acme', privs: 'SELECT', roles: 'alice', grant_option: false }, queries: ['REVOKE GRANT OPTION FOR SELECT ON table acme.prices FROM "alice";'] },
  { name: 'all privileges on all tables of a schema, but for what is there', module: 'privs', args: { objs: 'ALL_IN_SCHEMA', schema: 'acme', privs: 'ALL', roles: 'alice' }, queries: ['GRANT UPDATE,DELETE,TRUNCATE,REFERENCES,TRIGGER ON table acme.prices TO "alice";'] },
  { name: 'no privileges', module: 'privs', args: { objs: 'prices', schema: 'acme', privs: 'ALL', roles: 'alice,readers', state: 'absent' }, queries: ['REVOKE ALL ON table acme.prices FROM "alice";', 'REVOKE INSERT,SELECT ON table acme.prices FROM "readers";'] },
  { name: 'what everybody may do with a database', module: 'privs', args: { type: 'database', privs: 'TEMP', roles: 'PUBLIC', state: 'absent' }, queries: ['REVOKE TEMPORARY ON database "shop" FROM PUBLIC;'] },
  { name: 'a function for few', module: 'privs', args: { type: 'function', objs: 'twice(int),twice(text)', privs: 'EXECUTE', roles: 'public', state: 'absent' }, queries: ['REVOKE EXECUTE ON function public.twice(integer),public.twice(text) FROM PUBLIC;'] },
  { name: 'privileges on tables to come', module: 'privs', args: { type: 'default_privs', objs: 'TABLES', privs: 'SELECT', roles: 'readers', target_roles: 'alice,bob', schema: 'acme' }, queries: ['ALTER DEFAULT PRIVILEGES FOR ROLE "alice" IN SCHEMA "acme" GRANT SELECT ON TABLES TO "readers";', 'ALTER DEFAULT PRIVILEGES FOR ROLE "bob" IN SCHEMA "acme" GRANT SELECT ON TABLES TO "readers";'] },
  { name: 'all on everything of our own to come', module: 'privs', args: { type: 'default_privs', objs: 'ALL_DEFAULT', privs: 'ALL', roles: 'readers' }, queries: ['ALTER DEFAULT PRIVILEGES GRANT ALL ON TABLES TO "readers";', 'ALTER DEFAULT PRIVILEGES GRANT ALL ON SEQUENCES TO "readers";', 'ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON FUNCTIONS TO "readers";', 'ALTER DEFAULT PRIVILEGES GRANT USAGE ON TYPES TO "readers";'] },
  { name: 'a setting that a role may change', module: 'privs', args: { type: 'parameter', objs: 'log_destination', privs: 'SET,ALTER_SYSTEM', roles: 'alice' }, queries: ['GRANT ALL ON parameter log_destination TO "alice";'] },
  { name: 'a member of a group by way of privileges', module: 'privs', args: { type: 'group', objs: 'readers', roles: 'alice', grant_option: true }, queries: ['GRANT "readers" TO "alice" WITH ADMIN OPTION;'] },
  { name: 'members of a group', module: 'membership', args: { groups: ['readers', 'writers'], target_roles: ['alice', 'bob'] }, queries: ['GRANT "readers" TO "bob"', 'GRANT "writers" TO "alice"', 'GRANT "writers" TO "bob"'], result: { granted: { readers: ['bob'], writers: ['alice', 'bob'] }, state: 'present' } },
  { name: 'exactly these groups', module: 'membership', args: { groups: ['writers'], target_roles: ['bob'], state: 'exact' }, queries: ['REVOKE "readers" FROM "bob"'], result: { granted: {}, revoked: { readers: ['bob'] } } },
  { name: 'an extension', module: 'ext', args: { name: 'citext', schema: 'acme', version: '1.4', comment: 'Texts' }, queries: ['CREATE EXTENSION "citext" WITH SCHEMA "acme" VERSION \'1.4\'', 'COMMENT ON EXTENSION "citext" IS \'Texts\''], result: { prev_version: '', version: '1.4' } },
  { name: 'its newest version', module: 'ext', args: { name: 'citext', version: 'latest' }, queries: ['ALTER EXTENSION "citext" UPDATE'], result: { prev_version: '1.4' }, forGood: true },
  { name: 'no such extension', module: 'ext', args: { name: 'citext', state: 'absent', cascade: true }, queries: ['DROP EXTENSION "citext" CASCADE'], result: { version: '' }, forGood: true },
  { name: 'a tablespace', module: 'tablespace', args: { name: 'fast', location: '{folder}/fast', owner: 'alice', set: { random_page_cost: 1.5 }, comment: 'SSD' }, queries: ['CREATE TABLESPACE "fast" LOCATION \'{folder}/fast\'', 'ALTER TABLESPACE "fast" OWNER TO "alice"', 'ALTER TABLESPACE "fast" SET (random_page_cost = \'1.5\')', 'COMMENT ON TABLESPACE "fast" IS \'SSD\''], result: { owner: 'alice', options: { random_page_cost: '1.5' } } },
  { name: 'a table in it', module: 'table', args: { name: 'acme.prices', tablespace: 'fast' }, queries: ['ALTER TABLE "acme"."prices" SET TABLESPACE "fast"'], result: { tablespace: 'fast' } },
  { name: 'a tablespace by another name, without options', module: 'tablespace', args: { name: 'fast', set: { random_page_cost: 'reset' } }, queries: ['ALTER TABLESPACE "fast" RESET (random_page_cost)'] },
  { name: 'everything of a role for another', module: 'owner', args: { reassign_owned_by: ['bob'], new_owner: 'alice' }, queries: ['REASSIGN OWNED BY "bob" TO "alice"'], forGood: true },
  { name: 'an empty table', module: 'table', args: { name: 'acme.prices', truncate: true }, queries: ['TRUNCATE TABLE "acme"."prices"'], forGood: true },
  { name: 'no table', module: 'table', args: { name: 'acme.prices', state: 'absent', cascade: true }, queries: ['DROP TABLE "acme"."prices" CASCADE'], result: { state: 'absent' }, forGood: true },
  { name: 'no schema with all in it', module: 'schema', args: { name: 'acme', state: 'absent', cascade_drop: true }, queries: ['DROP SCHEMA "acme" CASCADE'], forGood: true },
]

/** Steps that do the same every time. */
const ALWAYS = new Set(['an empty table', 'everything of a role for another'])

describe('objects of a PostgreSQL database', () => {
  let server: PostgresqlServer
  let host: LiveHost

  beforeAll(async () => {
    server = await startPostgresql()
    host = await liveHost()
    server.psql('postgres', 'CREATE DATABASE shop')
    server.psql('shop', `CREATE ROLE alice; CREATE ROLE bob; CREATE ROLE readers; CREATE ROLE writers; CREATE FUNCTION twice(int) RETURNS int LANGUAGE sql AS 'SELECT 2 * $1'; CREATE FUNCTION twice(text) RETURNS text LANGUAGE sql AS 'SELECT $1 || $1'`)
    mkdirSync(join(server.folder, 'fast'))
    const { uid, gid } = statSync(server.folder)
    chownSync(join(server.folder, 'fast'), uid, gid)
  }, 60_000)
  afterAll(async () => {
    await host.close()
    server.stop()
  })

  const login = (): Readonly<Record<string, Json>> => ({ ...SUPERUSER, login_host: '127.0.0.1', login_port: server.port, login_db: 'shop' })
  const filled = <T>(value: T): T => JSON.parse(JSON.stringify(value).replaceAll('{folder}', server.folder)) as T

  it.each(STEPS)('keeps $name', async (step) => {
    const { module, args, queries, result = {}, forGood } = filled(step)
    const before = server.catalog()
    const first = await host.run(MODULES[module], { ...login(), ...args })
    expect(first).toMatchObject({ predicted: true, changed: true, changedAgain: ALWAYS.has(step.name), result: { queries, ...result } })
    expect(await first.undo(), 'can be taken back').toBe(forGood !== true)
    if (forGood === true) return
    expect(server.catalog(), 'all is as it was').toBe(before)
    expect(await host.run(MODULES[module], { ...login(), ...args })).toMatchObject({ changed: true })
    expect(await host.run(MODULES[module], { ...login(), ...args }), 'a second run').toMatchObject({ changed: false, predicted: false, result: { queries: [] } })
  })

  it('copies rows to a file of the server and back', async () => {
    const file = join(server.folder, 'rows.csv')
    server.psql('shop', "CREATE TABLE goods (id int, name text); INSERT INTO goods VALUES (1, 'a,b')")
    const out = await host.run(postgresqlCopy, { ...login(), src: 'goods', copy_to: file, options: { format: 'csv', header: true } })
    expect(out).toMatchObject({ predicted: true, changed: true, result: { queries: [`COPY "goods" TO '${file}' (format csv, header true)`], src: 'goods', dst: file } })
    expect(readFileSync(file, 'utf8')).toBe('id,name\n1,"a,b"\n')
    await host.run(postgresqlCopy, { ...login(), dst: 'goods', copy_from: file, columns: ['id', 'name'], options: { format: 'csv', header: true } })
    expect(server.psql('shop', 'SELECT count(*) FROM goods')).toBe('2')
  })

  it.each([
    ['ext', { name: 'no_such' }, 'Extension no_such is not available'],
    ['ext', { name: 'citext', version: '99' }, "Passed version '99' is not available"],
    ['owner', { obj_name: 'no_such', obj_type: 'view', new_owner: 'alice' }, 'view "no_such" does not exist'],
    ['owner', { obj_name: 'goods', obj_type: 'table', new_owner: 'no_such' }, "Role 'no_such' does not exist"],
    ['privs', { objs: 'no_such', privs: 'SELECT', roles: 'alice' }, 'table "public.no_such" does not exist'],
    ['privs', { objs: 'goods', privs: 'SELECT', roles: 'no_such' }, 'Role no_such does not exist'],
    ['privs', { objs: 'goods', privs: 'DANCE', roles: 'alice' }, 'Invalid privileges specified: DANCE'],
    ['privs', { objs: 'goods', privs: 'EXECUTE', roles: 'alice' }, 'invalid privilege type EXECUTE for relation'],
    ['membership', { groups: ['readers'], target_roles: ['no_such'] }, 'Role no_such does not exist'],
    ['table', { name: 'wrong', columns: ['id no_such_type'] }, `Cannot execute SQL 'CREATE TABLE "wrong" (id no_such_type)': type "no_such_type" does not exist`],
    ['copy', { src: 'no_such', copy_to: '/tmp/x' }, 'relation "no_such" does not exist'],
  ] as const)('%s %j fails', async (module, args, message) => {
    await expect(host.run(MODULES[module], { ...login(), ...args })).rejects.toThrow(message)
  })
})
