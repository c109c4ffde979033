import { SESSION_ARGUMENTS } from './postgresql/connection-arguments.ts'
import { defineSqlModule } from './postgresql/sql-module.ts'
import { bareName, quoteIdentifier, quoteLiteral } from './postgresql/sql-text.ts'

interface State {
  readonly exists: boolean
  readonly owner: string | null
  readonly comment: string
}

const NONE: State = { exists: false, owner: null, comment: '' }

/** `community.postgresql.postgresql_schema`. */
export const postgresqlSchema = defineSqlModule({
  name: 'postgresql_schema',
  summary: 'Ensure a schema of a PostgreSQL database is there, with an owner and a comment, or is not.',
  args: {
    ...SESSION_ARGUMENTS,
    name: { type: 'str', required: true, aliases: ['schema'], description: 'Schema.' },
    login_db: { type: 'str', default: 'postgres', aliases: ['db', 'database'], description: 'Database.' },
    owner: { type: 'str', default: '', description: 'Role that owns it.' },
    state: { type: 'str', choices: ['absent', 'present'], default: 'present', description: 'Whether it is there.' },
    cascade_drop: { type: 'bool', default: false, description: 'Drop what it holds too.' },
    comment: { type: 'str', description: 'Its comment; an empty one removes it.' },
  },
  examples: [{ name: 'A schema of its own', args: { login_db: 'shop', name: 'acme', owner: 'shop' } }],
  database: ({ login_db: database }) => database,
  inputs: ['name', 'owner'],
  look: async ({ name }, ask): Promise<State> => {
    const [row] = await ask(`SELECT pg_catalog.pg_get_userbyid(nspowner) AS owner, pg_catalog.obj_description(oid, 'pg_namespace') AS comment FROM pg_catalog.pg_namespace WHERE nspname = ${quoteLiteral(bareName(name))}`)
    return row === undefined ? NONE : { exists: true, owner: row.owner ?? null, comment: row.comment ?? '' }
  },
  aim: ({ state, owner, comment }, before) => (state === 'absent' ? NONE : { exists: true, owner: owner === '' ? before.owner : owner, comment: comment ?? before.comment }),
  statements: ({ before, after }, { name, cascade_drop: cascade }) => {
    const schema = quoteIdentifier(bareName(name))
    if (!after.exists) return before.exists ? [`DROP SCHEMA ${schema}${cascade ? ' CASCADE' : ''}`] : []
    const owner = after.owner === null ? '' : quoteIdentifier(after.owner)
    return [
      ...(before.exists ? [] : [`CREATE SCHEMA ${schema}${owner === '' ? '' : ` AUTHORIZATION ${owner}`}`]),
      ...(before.exists && before.owner !== after.owner ? [`ALTER SCHEMA ${schema} OWNER TO ${owner}`] : []),
      ...(before.comment === after.comment ? [] : [`COMMENT ON SCHEMA ${schema} IS ${quoteLiteral(after.comment)}`]),
    ]
  },
  result: ({ name }) => ({ schema: name }),
  undo: (_, { after }) => (after.exists ? 'swap' : { impossible: 'What a schema held, and who might use it, is not kept' }),
})
