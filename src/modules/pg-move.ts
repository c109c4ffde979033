import { defineModule } from '../module/define-module.ts'
import type { Change } from '../module/module.ts'
import { loginOf, LOGIN_ARGUMENTS, type Login } from './postgresql/login.ts'
import { readRows } from './postgresql/read-rows.ts'
import { asFailure } from './postgresql/server-problem.ts'
import { openSession } from './postgresql/session.ts'
import { quoteLiteral, quoteName } from './postgresql/sql-text.ts'

interface Wanted {
  readonly login: Login
  readonly map: readonly Place[]
  readonly from: string
  readonly to: string
}

interface Place {
  readonly table: string
  readonly column: string
  readonly where: string
}

interface State {
  /** Rows still to be moved, by table and column. */
  readonly rows: Readonly<Record<string, number>>
}

/** `pg_move`: records that belonged to one name belong to another, in all tables of a map or in none. tsplay's own. */
export const pgMove = defineModule({
  name: 'pg_move',
  summary: 'Move records of several tables from one owner to another, in one transaction.',
  args: {
    ...LOGIN_ARGUMENTS,
    db: { type: 'str', required: true, aliases: ['login_db', 'database'], description: 'Database.' },
    map: {
      type: 'list', elements: 'dict', required: true, description: 'Where owners are written.',
      options: {
        table: { type: 'str', required: true, description: 'Table.' },
        column: { type: 'str', required: true, description: 'Column that gets the new owner.' },
        where: { type: 'str', description: 'Column that holds the old one; default: the same.' },
      },
    },
    from: { type: 'str', required: true, description: 'Old owner.' },
    to: { type: 'str', required: true, description: 'New owner.' },
  },
  examples: [{ name: 'Bill the region', args: { db: 'charges', from: 'devops1a', to: 'devops2', map: [{ table: 'leasing', column: 'zone' }] } }],
  prepare: async (args): Promise<Wanted> => {
    const map = args.map.map(({ table, column, where }) => ({ table, column, where: where ?? column }))
    return { login: loginOf(args, args.db), map, from: args.from, to: args.to }
  },
  observe: async (wanted, remote): Promise<State> => {
    const counts = wanted.map.map((place, index) => `(SELECT count(*) FROM ${quoteName(place.table)} WHERE ${condition(wanted, place)}) AS c${index}`)
    const [row] = await readRows(remote, wanted.login, `SELECT ${counts.join(', ')}`)
    return { rows: Object.fromEntries(wanted.map.map((place, index) => [`${place.table}.${place.column}`, Number(row?.[`c${index}`] ?? 0)])) }
  },
  diff: (_, before): Change<State> | undefined => {
    if (Object.values(before.rows).every((count) => count === 0)) return undefined
    return { before, after: { rows: Object.fromEntries(Object.keys(before.rows).map((place) => [place, 0])) } }
  },
  apply: async (wanted, { before }, remote) => {
    const session = await openSession(remote, wanted.login)
    try {
      await session.transaction(async (execute) => {
        for (const place of wanted.map) await execute(`UPDATE ${quoteName(place.table)} SET ${quoteName(place.column)} = ${quoteLiteral(wanted.to)} WHERE ${condition(wanted, place)}`)
      })
    } catch (error) {
      throw asFailure(`move records from ${wanted.from} to ${wanted.to}`, error)
    } finally {
      remote.forget()
    }
    return { moved: before.rows }
  },
  effects: () => ({}),
  undo: { impossible: 'Records that had the new owner before cannot be told from those that were moved' },
})

function condition({ from, to }: Wanted, { column, where }: Place): string {
  return `${quoteName(where)} = ${quoteLiteral(from)} AND ${quoteName(column)} IS DISTINCT FROM ${quoteLiteral(to)}`
}
