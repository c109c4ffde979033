import { defineModule } from '../module/define-module.ts'
import { ModuleFailure, type Change } from '../module/module.ts'
import type { Remote } from '../remote/remote.ts'
import { readUntouched, recordOf, recordQuery, untouchedText, type Counts, type MergeRecord } from './postgresql/dump/bookkeeping.ts'
import { mergeDump } from './postgresql/dump/merge-dump.ts'
import { loginOf, LOGIN_ARGUMENTS, type Login } from './postgresql/login.ts'
import { readRows } from './postgresql/read-rows.ts'
import { serverProblem } from './postgresql/server-problem.ts'
import { NoServerError } from './postgresql/connect.ts'
import { openSession } from './postgresql/session.ts'

interface Wanted {
  readonly login: Login
  readonly dump: string
  readonly name: string
}

interface State {
  readonly counts: Counts | undefined
  /** Of DUMP.untouched as it should be, and as it is. */
  readonly untouched: { readonly wanted: string | undefined, readonly found: string | undefined }
}

/** `pg_merge`: adds the rows of a column-insert dump to a live database. */
export const pgMerge = defineModule({
  name: 'pg_merge',
  summary: 'Merge a data dump with column inserts into a live PostgreSQL database, in one transaction.',
  args: {
    ...LOGIN_ARGUMENTS,
    db: { type: 'str', required: true, aliases: ['login_db', 'database'], description: 'Database to merge into.' },
    dump: { type: 'path', required: true, aliases: ['src', 'path'], description: 'File on the host, made by `pg_dump --data-only --column-inserts`. Inserts whose row is there already are written to the same name with `.untouched`.' },
    name: { type: 'str', description: 'What the merge is remembered by in the database (schema tsplay_merge), so that it is done once; default: the path of the dump.' },
  },
  examples: [{ name: 'Merge the new zone', args: { db: 'zone', dump: '/backup/devops2a.sql', login_port: 5433, login_user: 'yunify' } }],
  prepare: async (args): Promise<Wanted> => ({ login: loginOf(args, args.db), dump: args.dump, name: args.name ?? args.dump }),
  observe: async ({ login, dump, name }, remote): Promise<State> => {
    const [record, found] = await Promise.all([readRecord(remote, login, name), knownSha256(remote, `${dump}.untouched`)])
    return { counts: record?.counts, untouched: { wanted: record?.untouchedSha256, found } }
  },
  diff: (_, before): Change<State> | undefined => {
    if (before.counts !== undefined && before.untouched.wanted === before.untouched.found) return undefined
    const { wanted } = before.untouched
    const done = before.counts === undefined ? 'merged\n' : 'list of untouched inserts written\n'
    return { before, after: { counts: before.counts, untouched: { wanted, found: wanted } }, diff: [{ before: '', after: done }] }
  },
  apply: async (wanted, { before }, remote) => {
    const session = await openSession(remote, wanted.login)
    try {
      const counts = before.counts ?? (await session.transaction(async (execute) => mergeDump({ ...wanted, sha256: await sha256Of(wanted.dump, remote) }, execute, remote))).counts
      await remote.writeFile(`${wanted.dump}.untouched`, untouchedText(await readUntouched(session.execute, wanted.name)))
      return { ...totals(counts), counts }
    } finally {
      remote.forget()
    }
  },
  result: (_, { counts }) => (counts === undefined ? {} : { ...totals(counts), counts }),
  effects: ({ dump }) => ({ paths: [`${dump}.untouched`] }),
  undo: { impossible: 'Rows that came later may refer to those that were merged' },
})

/** Undefined where nothing was merged yet, also where there is no server or no database yet. */
async function readRecord(remote: Remote, login: Login, name: string): Promise<MergeRecord | undefined> {
  try {
    return recordOf(name, (await readRows(remote, login, recordQuery(name)))[0])
  } catch (error) {
    if (error instanceof NoServerError || NOT_THERE.has(serverProblem(error)?.code ?? '')) return undefined
    throw error
  }
}

/** undefined_table, invalid_schema_name. */
const NOT_THERE = new Set(['42P01', '3F000'])

const knownSha256 = (remote: Remote, path: string): Promise<string | undefined> => remote.sha256(path)

async function sha256Of(dump: string, remote: Remote): Promise<string> {
  const sha256 = await remote.sha256(dump)
  if (sha256 === undefined) throw new ModuleFailure(`Cannot merge ${dump}: there is no such file`)
  return sha256
}

function totals(counts: Counts): { readonly inserted: number, readonly untouched: number } {
  const all = Object.values(counts)
  return { inserted: all.reduce((sum, { inserted }) => sum + inserted, 0), untouched: all.reduce((sum, { untouched }) => sum + untouched, 0) }
}
