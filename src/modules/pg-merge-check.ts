import { defineAction } from '../module/define-module.ts'
import type { ModuleResult } from '../module/module.ts'
import type { Remote } from '../remote/remote.ts'
import { accountProblems, type AccountRequest } from './postgresql/check/account.ts'
import { roleProblems } from './postgresql/check/role.ts'
import { rowProblems, type ExpectedRows } from './postgresql/check/rows.ts'
import { loginOf, LOGIN_ARGUMENTS, type Login } from './postgresql/login.ts'

/** `pg_merge_check`: a server is what the merge was to make of it. tsplay's own. */
export const pgMergeCheck = defineAction({
  name: 'pg_merge_check',
  summary: 'Fail, with all that is wrong, unless a PostgreSQL server has its role and every row of a merge.',
  where: 'host',
  check: 'run',
  args: {
    ...LOGIN_ARGUMENTS,
    depends_on: { type: 'list', elements: 'path', default: [], description: 'Paths of the host: in check mode the answer is unknown when one of them was to be changed.' },
    primary: { type: 'bool', default: false, description: 'The server must be a primary.' },
    standbys: { type: 'int', default: 0, description: 'So many standbys must stream from it, without lag.' },
    databases: { type: 'list', elements: 'str', default: [], description: 'Databases whose rows are counted.' },
    counts: { type: 'path', description: 'File of pg_counts: the rows before the merge.' },
    merged: { type: 'dict', options: { db: { type: 'str', required: true, description: 'Database that pg_merge merged into.' }, name: { type: 'str', required: true, description: 'Name of that merge.' } }, description: 'The merge: rows now must be those before and those that it inserted.' },
    rows: {
      type: 'list', elements: 'dict', default: [], description: 'Rows that must be there.',
      options: {
        db: { type: 'str', required: true, description: 'Database.' },
        table: { type: 'str', required: true, description: 'Table.' },
        where: { type: 'dict', required: true, description: 'Columns and values that tell the rows.' },
        values: { type: 'dict', required: true, description: 'Columns and values that all of them have; there must be one.' },
      },
    },
    patience: { type: 'int', default: 30, description: 'Seconds that standbys may need to catch up.' },
  },
  examples: [{ name: 'One primary, one standby', args: { login_port: 5433, primary: true, standbys: 1 } }],
  observe: ({ depends_on: paths }, remote) => dependOn(paths, remote),
  run: async (args, { remote }): Promise<ModuleResult> => {
    await dependOn(args.depends_on, remote)
    const login = (database: string): Login => loginOf(args, database)
    const account = await accountProblems({ ...args, login } as AccountRequest, remote)
    const problems = [
      ...await roleProblems({ ...args, login: login('postgres') }, remote),
      ...account.problems,
      ...await rowProblems(args.rows as readonly ExpectedRows[], login, remote),
    ]
    const fields = { tables: account.tables, already_there: account.alreadyThere }
    return problems.length === 0 ? { changed: false, fields } : { changed: false, failed: true, msg: problems.join('; '), fields: { ...fields, problems } }
  },
})

/** Reads of paths that a prediction touched are refused, and so is the answer that depends on them. */
async function dependOn(paths: readonly string[], remote: Remote): Promise<void> {
  if (paths.length > 0) await remote.read({ kind: 'script', key: `depends-on:${paths.join(':')}`, script: ':', readsPaths: paths, parse: () => true })
}
