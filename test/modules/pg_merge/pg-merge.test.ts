import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { pgMerge } from '../../../src/modules/pg-merge.ts'
import { SUPERUSER, startPostgresql, type PostgresqlServer } from '../../support/postgresql-server.ts'
import { runModule } from '../../support/run-module.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const SCHEMA = `CREATE TABLE keypair (id text PRIMARY KEY, name text, tags text[], raw bytea, seen timestamptz);
CREATE TABLE eip (id text PRIMARY KEY, address inet UNIQUE, keypair text REFERENCES keypair);
CREATE TABLE event (id bigserial PRIMARY KEY, message text);`

describe('pg_merge', () => {
  let server: PostgresqlServer
  let folder: string
  let dump: string
  let number = 0
  let database = ''

  beforeAll(async () => {
    server = await startPostgresql()
    folder = temporaryFolder('merge')
  }, 60_000)
  afterAll(() => { server.stop() })

  beforeEach(() => {
    database = `target${++number}`
    dump = join(folder, `${database}.sql`)
    for (const name of ['source', database]) {
      server.psql('postgres', `DROP DATABASE IF EXISTS ${name}`)
      server.psql('postgres', `CREATE DATABASE ${name}`)
      server.psql(name, SCHEMA)
    }
    server.psql(database, "INSERT INTO keypair VALUES ('shared', 'of the target', NULL, NULL, NULL); INSERT INTO event (message) SELECT 'old' FROM generate_series(1, 5)")
  })

  const texts = ["it's; quoted", 'back\\slash \\n', 'two\nlines; INSERT INTO eip VALUES (1);', '-- no comment', '$$ not a quote $1$', '中文', '/* nor this', "'", '', '"']

  function dumpSource(): void {
    const quoted = texts.map((text, index) => `('k${index}', '${text.replaceAll("'", "''")}', ARRAY['${text.replaceAll("'", "''")}', NULL], '\\x00ff5c27', '2024-01-01 00:00:00+08')`)
    server.psql('source', `INSERT INTO keypair VALUES ${quoted.join(', ')}, ('shared', 'of the source', NULL, NULL, NULL); INSERT INTO eip VALUES ('e1', '10.0.0.1', 'k1'); SELECT setval('event_id_seq', 1000); INSERT INTO event (message) VALUES ('new')`)
    const text = execFileSync('pg_dump', ['-a', '--column-inserts', '-h', '127.0.0.1', '-p', String(server.port), '-U', SUPERUSER.login_user, '-d', 'source'], { env: { ...process.env, PGPASSWORD: SUPERUSER.login_password } })
    writeFileSync(dump, text)
  }

  const merge = () => {
    const remote = server.remote()
    return runModule(pgMerge, { ...SUPERUSER, login_port: server.port, db: database, dump }, remote).finally(() => remote.close())
  }

  it('adds what is not there, sets aside what is, and counts', async () => {
    dumpSource()
    const outcome = await merge()
    expect(outcome).toMatchObject({ changed: true, changedAgain: false, result: { inserted: 12, untouched: 1 } })
    expect(outcome.result.counts).toMatchObject({ 'public.keypair': { before: 1, inserted: 10, untouched: 1, after: 11 }, 'public.event': { before: 5, inserted: 1, untouched: 0, after: 6 } })
    expect(readFileSync(`${dump}.untouched`, 'utf8')).toMatch(/^INSERT INTO public\.keypair .*'of the source'.*;\n$/)
    expect(server.psql(database, "SELECT name FROM keypair WHERE id = 'shared'")).toBe('of the target')
  })

  it('keeps every byte of every value', async () => {
    dumpSource()
    await merge()
    const all = "SELECT md5(string_agg(k::text, '|' ORDER BY id)) FROM keypair k WHERE id <> 'shared'"
    expect(server.psql(database, all)).toBe(server.psql('source', all))
    expect(server.psql(database, 'SELECT count(DISTINCT name) FROM keypair')).toBe(String(texts.length + 1))
  })

  it('moves sequences forward only', async () => {
    dumpSource()
    await merge()
    expect(server.psql(database, "SELECT nextval('event_id_seq')")).toBe('1002')
    server.psql(database, "SELECT setval('event_id_seq', 5000); DELETE FROM tsplay_merge.merged")
    await merge()
    expect(server.psql(database, "SELECT nextval('event_id_seq')")).toBe('5001')
  })

  it('does nothing half: a statement that fails names its line and leaves no row', async () => {
    dumpSource()
    const broken = readFileSync(dump, 'utf8').replace("'10.0.0.1'", "'not an address'")
    writeFileSync(dump, broken)
    const line = broken.split('\n').findIndex((text) => text.includes('not an address')) + 1
    await expect(merge()).rejects.toThrow(new RegExp(`line ${line}: invalid input syntax for type inet`))
    expect(server.psql(database, 'SELECT count(*) FROM keypair')).toBe('1')
    expect(server.psql(database, "SELECT to_regclass('tsplay_merge.merged')")).toBe('')
    expect(existsSync(`${dump}.untouched`)).toBe(false)
  })

  it('takes the same unique value in another row for an error, not for a row that is there', async () => {
    dumpSource()
    server.psql(database, "INSERT INTO eip VALUES ('other', '10.0.0.1', NULL)")
    await expect(merge()).rejects.toThrow(/line \d+: duplicate key value violates unique constraint "eip_address_key"/)
    expect(server.psql(database, 'SELECT count(*) FROM keypair')).toBe('1')
  })

  it('refuses statements that are not data', async () => {
    writeFileSync(dump, "-- dump\nSET statement_timeout = 0;\nDROP TABLE eip;\n")
    await expect(merge()).rejects.toThrow('line 3: this statement has no place in a dump of data')
  })

  it('names where a string without an end begins', async () => {
    writeFileSync(dump, "SET statement_timeout = 0;\n\nINSERT INTO public.eip (id) VALUES ('x\n);\n")
    await expect(merge()).rejects.toThrow('line 3: a string that begins here has no end')
  })

  it('writes the list again when only that was lost', async () => {
    dumpSource()
    await merge()
    rmSync(`${dump}.untouched`)
    expect(await merge()).toMatchObject({ changed: true, result: { inserted: 12, untouched: 1 } })
    expect(existsSync(`${dump}.untouched`)).toBe(true)
    expect(server.psql(database, 'SELECT count(*) FROM keypair')).toBe('11')
  })

  it('goes on where there is no server to ask yet: it would merge', async () => {
    const remote = server.remote()
    const args = { ...SUPERUSER, login_port: 1, db: database, dump }
    await expect(runModule(pgMerge, args, remote)).rejects.toThrow('Cannot reach PostgreSQL')
  })
})
