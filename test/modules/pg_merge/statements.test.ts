import { describe, expect, it } from 'vitest'
import { dumpEntry } from '../../../src/modules/postgresql/dump/dump-entry.ts'
import type { Statement } from '../../../src/modules/postgresql/dump/statement.ts'
import { statements } from '../../../src/modules/postgresql/dump/statements.ts'

async function* pieces(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield await Promise.resolve(text.slice(at, at + size))
}

async function split(text: string, size = text.length): Promise<Statement[]> {
  const found: Statement[] = []
  for await (const statement of statements('d.sql', pieces(text, size))) found.push(statement)
  return found
}

const DUMP = String.raw`--
-- PostgreSQL database dump
--

\restrict abcdefghijklmnopqrstuvwxyz012345

SET statement_timeout = 0;
SELECT pg_catalog.set_config('search_path', '', false);

-- a comment; with a semicolon, and a 'quote
INSERT INTO public.a (id, "odd;name") VALUES (1, 'semi;colon
second line -- no comment');
INSERT INTO public.a (id) VALUES ('it''s; \');
INSERT INTO public.a (id) VALUES (E'it\'s; \\');
/* a /* nested; */ comment; */ INSERT INTO public.a (id) VALUES ($x$a;$$b$x$);
SELECT pg_catalog.setval('public.a_seq', 7, true);

\unrestrict abcdefghijklmnopqrstuvwxyz012345
`

describe('splitting a dump into statements', () => {
  it('knows quotes, comments and lines for psql', async () => {
    const found = await split(DUMP)
    expect(found.map(({ text }) => text.split('\n')[0])).toEqual([
      'SET statement_timeout = 0',
      "SELECT pg_catalog.set_config('search_path', '', false)",
      `INSERT INTO public.a (id, "odd;name") VALUES (1, 'semi;colon`,
      String.raw`INSERT INTO public.a (id) VALUES ('it''s; \')`,
      String.raw`INSERT INTO public.a (id) VALUES (E'it\'s; \\')`,
      'INSERT INTO public.a (id) VALUES ($x$a;$$b$x$)',
      "SELECT pg_catalog.setval('public.a_seq', 7, true)",
    ])
    expect(found.map(({ line }) => line)).toEqual([7, 8, 11, 13, 14, 15, 16])
  })

  it.each([1, 2, 3, 7, 64, 199, 201])('finds the same in pieces of %d characters', async (size) => {
    expect(await split(DUMP, size)).toEqual(await split(DUMP))
  })

  it.each([
    ["INSERT INTO a (b) VALUES ('x\n", 'line 1: a string that begins here has no end'],
    ["SET a = 1;\n\nINSERT INTO a (b) VALUES (1)\n", 'line 3: a statement that begins here has no end'],
    ['SET a = 1; /* x', 'line 1: a comment that begins here has no end'],
  ])('says where what has no end begins: %j', async (text, message) => {
    await expect(split(text)).rejects.toThrow(message)
  })
})

describe('understanding a statement', () => {
  const entry = (text: string) => dumpEntry('d.sql', { text, line: 4 })

  it('takes inserts with column names, settings and sequences', () => {
    expect(entry('INSERT INTO public."A b" (x, "y""z") OVERRIDING SYSTEM VALUE VALUES (1, 2)')).toMatchObject({ kind: 'insert', table: 'public."A b"' })
    expect(entry('SET client_encoding = \'UTF8\'')).toMatchObject({ kind: 'setting', sql: 'SET LOCAL client_encoding = \'UTF8\'' })
    expect(entry("SELECT pg_catalog.setval('public.s', 12, false)")).toMatchObject({ kind: 'sequence', sequence: 'public.s', value: '12', called: 'false' })
  })

  it.each(['DELETE FROM a', 'INSERT INTO a VALUES (1)', 'INSERT INTO a (b) SELECT 1', "SELECT pg_catalog.pg_terminate_backend(1)", '\\! rm -rf /', 'INSERT INTO a (b) VALUES (1) RETURNING b'])('refuses all else: %s', (text) => {
    expect(() => entry(text)).toThrow('d.sql: line 4')
  })
})
