import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pgCounts } from '../../../src/modules/pg-counts.ts'
import { pgMove } from '../../../src/modules/pg-move.ts'
import { postgresqlDb } from '../../../src/modules/postgresql-db.ts'
import { postgresqlRows } from '../../../src/modules/postgresql-rows.ts'
import { postgresqlUser } from '../../../src/modules/postgresql-user.ts'
import type { Json } from '../../../src/value/value.ts'
import type { Module } from '../../../src/module/module.ts'
import { runModule, type ModuleOutcome } from '../../support/run-module.ts'
import { SUPERUSER, startPostgresql, type PostgresqlServer } from '../../support/postgresql-server.ts'

describe('modules of PostgreSQL on a real server', () => {
  let server: PostgresqlServer
  beforeAll(async () => {
    server = await startPostgresql()
    server.psql('postgres', 'CREATE DATABASE site')
    server.psql('site', `CREATE TABLE zone (zone_id text PRIMARY KEY, zone_code integer, active boolean, region text);
      CREATE TABLE console (id text PRIMARY KEY, zones text); CREATE TABLE leasing (id integer PRIMARY KEY, zone text, region text);
      INSERT INTO zone VALUES ('a', 1, true, ''), ('b', 2, false, NULL); INSERT INTO console VALUES ('c', 'a'), ('empty', '');
      INSERT INTO leasing SELECT n, CASE WHEN n % 4 = 0 THEN 'x' ELSE 'a' END, '' FROM generate_series(1, 8) n`)
  }, 60_000)
  afterAll(() => { server.stop() })

  const run = async (module: Module, args: Readonly<Record<string, Json>>): Promise<ModuleOutcome> => {
    const remote = server.remote()
    try {
      return await runModule(module, { ...SUPERUSER, login_port: server.port, ...args }, remote)
    } finally {
      await remote.close()
    }
  }
  const rows = (args: Readonly<Record<string, Json>>) => run(postgresqlRows, { db: 'site', ...args })

  it('postgresql_rows inserts a row that is not there, once', async () => {
    const args = { table: 'zone', where: { zone_id: 'new' }, values: { zone_code: 7, active: true, region: "it's \\ 1" } }
    expect(await rows(args)).toMatchObject({ changed: true, changedAgain: false })
    expect(server.psql('site', "SELECT zone_code, active, region FROM zone WHERE zone_id = 'new'")).toBe("7|t|it's \\ 1")
  })

  it('postgresql_rows sets values of the rows that are there, null too', async () => {
    expect(await rows({ table: 'zone', where: { zone_id: ['a', 'b'] }, values: { region: 'r', zone_code: null }, state: 'updated' })).toMatchObject({ changed: true, changedAgain: false })
    expect(server.psql('site', "SELECT count(*) FROM zone WHERE region = 'r' AND zone_code IS NULL")).toBe('2')
  })

  it('postgresql_rows never inserts when it is to update', async () => {
    expect(await rows({ table: 'zone', where: { zone_id: 'nobody' }, values: { region: 'r' }, state: 'updated' })).toMatchObject({ changed: false })
  })

  it('postgresql_rows adds items to lists, and only those that are missing', async () => {
    const args = { table: 'console', where: { id: ['c', 'empty'] }, contains: { zones: ['a', 'b'] }, state: 'updated' }
    expect(await rows(args)).toMatchObject({ changed: true, changedAgain: false })
    expect(server.psql('site', 'SELECT zones FROM console ORDER BY id')).toBe('a,b\na,b')
  })

  it('postgresql_rows deletes', async () => {
    expect(await rows({ table: 'console', where: { id: 'empty' }, state: 'absent' })).toMatchObject({ changed: true, changedAgain: false })
    expect(await rows({ table: 'console', where: { id: 'c' }, values: { zones: 'x' }, state: 'updated' })).toMatchObject({ changed: true })
  })

  it('says what the server says', async () => {
    await expect(rows({ table: 'nothing', where: { id: 1 } })).rejects.toThrow('relation "nothing" does not exist')
    await expect(run(postgresqlRows, { db: 'site', table: 'zone', login_password: 'wrong' })).rejects.toThrow(/password authentication failed/)
  })

  it('pg_move moves in all tables or in none', async () => {
    const map = [{ table: 'leasing', column: 'zone' }, { table: 'leasing', column: 'region', where: 'nothing' }]
    await expect(run(pgMove, { db: 'site', from: 'a', to: 'z', map })).rejects.toThrow('column "nothing" does not exist')
    expect(server.psql('site', "SELECT count(*) FROM leasing WHERE zone = 'a'")).toBe('6')
    const moved = await run(pgMove, { db: 'site', from: 'a', to: 'z', map: [{ table: 'leasing', column: 'region', where: 'zone' }, { table: 'leasing', column: 'zone' }] })
    expect(moved).toMatchObject({ changed: true, changedAgain: false, result: { moved: { 'leasing.region': 6, 'leasing.zone': 6 } } })
    expect(server.psql('site', "SELECT count(*) FROM leasing WHERE zone = 'x' AND region = ''")).toBe('2')
  })

  it('pg_counts counts every table', async () => {
    const outcome = await run(pgCounts, { databases: ['site'], dest: `/tmp/tsplay-counts-${process.pid}.json` })
    expect(outcome.result.counts).toMatchObject({ site: { 'public.leasing': 8, 'public.zone': 3 } })
  })

  it('postgresql_user and postgresql_db make what is not there', async () => {
    const there = { login_host: '127.0.0.1' }
    const user = { ...there, name: 'o\'"x', password: 'pw', role_attr_flags: 'CREATEDB,NOINHERIT' }
    expect(await run(postgresqlUser, user)).toMatchObject({ changed: true, changedAgain: false })
    expect(await run(postgresqlUser, { ...user, password: 'other' })).toMatchObject({ changed: true, changedAgain: false })
    expect(await run(postgresqlDb, { ...there, name: 'mine', owner: 'o\'"x' })).toMatchObject({ changed: true, changedAgain: false })
    expect(await run(postgresqlDb, { ...there, name: 'mine', state: 'absent' })).toMatchObject({ changed: true, changedAgain: false })
    expect(await run(postgresqlUser, { ...there, name: 'o\'"x', state: 'absent' })).toMatchObject({ changed: true, changedAgain: false })
  })
})
