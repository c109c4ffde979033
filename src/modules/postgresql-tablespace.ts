import { ModuleFailure } from '../module/module.ts'
import { SESSION_ARGUMENTS } from './postgresql/connection-arguments.ts'
import { cell } from './postgresql/session.ts'
import { defineSqlModule } from './postgresql/sql-module.ts'
import { quoteIdentifier, quoteLiteral } from './postgresql/sql-text.ts'

interface State {
  readonly name: string
  readonly exists: boolean
  readonly owner: string
  /** Whoever makes it. */
  readonly us: string
  readonly location: string
  readonly comment: string
  readonly options: Readonly<Record<string, string>>
}

/** `community.postgresql.postgresql_tablespace`. */
export const postgresqlTablespace = defineSqlModule({
  name: 'postgresql_tablespace',
  summary: 'Ensure a PostgreSQL tablespace is there, with its owner and options, or is not.',
  args: {
    ...SESSION_ARGUMENTS,
    tablespace: { type: 'str', required: true, aliases: ['name'], description: 'Tablespace.' },
    location: { type: 'path', aliases: ['path'], description: 'Folder on the server for a new one; it must be there, empty, and belong to the account of the server.' },
    state: { type: 'str', choices: ['absent', 'present'], default: 'present', description: 'Whether it is there.' },
    owner: { type: 'str', description: 'Role that owns it.' },
    set: { type: 'dict', description: 'Options; the value `reset` removes one.' },
    rename_to: { type: 'str', description: 'New name of one that is there.' },
    login_db: { type: 'str', aliases: ['db'], description: 'Database to log in to.' },
    comment: { type: 'str', description: 'Its comment; an empty one removes it.' },
  },
  constraints: { exclusive: [['rename_to', 'location'], ['rename_to', 'owner'], ['rename_to', 'set']] },
  examples: [{ name: 'Fast disks', args: { name: 'ssd', location: '/srv/ssd', set: { random_page_cost: 1 } } }],
  database: ({ login_db: database }) => database,
  inputs: ['tablespace', 'location', 'owner', 'rename_to', 'set', 'comment'],
  look: async ({ tablespace, rename_to: newName }, ask): Promise<State> => {
    const [[session], rows] = await Promise.all([ask('SELECT current_user AS us'), ask(`SELECT spcname AS name, pg_catalog.pg_get_userbyid(spcowner) AS owner, pg_catalog.pg_tablespace_location(oid) AS location, pg_catalog.shobj_description(oid, 'pg_tablespace') AS comment, pg_catalog.array_to_string(spcoptions, E'\\n') AS options FROM pg_catalog.pg_tablespace WHERE spcname IN (${quoteLiteral(tablespace)}, ${quoteLiteral(newName ?? tablespace)})`)])
    const us = cell(session, 'us')
    const row = rows.find(({ name }) => name === tablespace) ?? rows[0]
    if (row === undefined) return { name: tablespace, us, exists: false, owner: '', location: '', comment: '', options: {} }
    const options = cell(row, 'options').split('\n').filter((line) => line !== '').map((line): [string, string] => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)])
    return { name: cell(row, 'name'), us, exists: true, owner: cell(row, 'owner'), location: cell(row, 'location'), comment: cell(row, 'comment'), options: Object.fromEntries(options) }
  },
  aim: (args, before) => {
    const problem = args.state === 'absent' ? problemOfRemoval(args) : problemOfPlace(args, before)
    if (problem !== undefined) throw new ModuleFailure(problem)
    if (args.state === 'absent') return { ...before, exists: false }
    return {
      name: args.rename_to ?? before.name, us: before.us, exists: true, owner: args.owner ?? (before.exists ? before.owner : before.us), location: args.location ?? before.location,
      comment: args.comment ?? before.comment, options: optionsAfter(args.set ?? {}, before.options),
    }
  },
  statements: ({ before, after }) => {
    if (!after.exists) return before.exists ? [`DROP TABLESPACE ${quoteIdentifier(before.name)}`] : []
    const space = quoteIdentifier(before.exists ? before.name : after.name)
    return [
      ...(before.exists ? [] : [`CREATE TABLESPACE ${space} LOCATION ${quoteLiteral(after.location)}`]),
      ...((before.exists ? before.owner : before.us) === after.owner ? [] : [`ALTER TABLESPACE ${space} OWNER TO ${quoteIdentifier(after.owner)}`]),
      ...optionStatements(space, before.options, after.options),
      ...(before.comment === after.comment ? [] : [`COMMENT ON TABLESPACE ${space} IS ${quoteLiteral(after.comment)}`]),
      ...(before.exists && before.name !== after.name ? [`ALTER TABLESPACE ${space} RENAME TO ${quoteIdentifier(after.name)}`] : []),
    ]
  },
  alone: true,
  result: ({ tablespace, state, rename_to: newName }, { owner, location, comment, options }) => ({
    tablespace, owner, comment, options, location, state: state === 'absent' ? 'absent' : 'present', ...(newName === undefined ? {} : { newname: newName }),
  }),
  undo: 'swap',
})

function optionsAfter(set: Readonly<Record<string, unknown>>, before: State['options']): State['options'] {
  const removed = Object.entries(set).filter(([, value]) => value === 'reset').map(([name]) => name)
  const given = Object.entries(set).filter(([, value]) => value !== 'reset').map(([name, value]) => [name, String(value)])
  return Object.fromEntries([...Object.entries(before).filter(([name]) => !removed.includes(name)), ...given])
}

interface Wanted {
  readonly tablespace: string
  readonly location: string | undefined
  readonly owner: string | undefined
  readonly rename_to: string | undefined
  readonly set: object | undefined
}

function problemOfRemoval({ location, owner, rename_to: newName, set }: Wanted): string | undefined {
  const isBare = [location, owner, newName, set].every((value) => value === undefined)
  return isBare ? undefined : 'state=absent is mutually exclusive location, owner, rename_to, and set'
}

function problemOfPlace({ tablespace, location, rename_to: newName }: Wanted, before: State): string | undefined {
  if (before.exists) return location === undefined || location === before.location ? undefined : `Tablespace '${tablespace}' exists with different location '${before.location}'`
  if (newName !== undefined) return `Tablespace ${tablespace} does not exist, nothing to rename`
  return location === undefined ? "'location' parameter must be passed with state=present if the tablespace doesn't exist" : undefined
}

function optionStatements(space: string, before: State['options'], after: State['options']): readonly string[] {
  const given = Object.entries(after).filter(([name, value]) => before[name] !== value).map(([name, value]) => `ALTER TABLESPACE ${space} SET (${name} = ${quoteLiteral(value)})`)
  const gone = Object.keys(before).filter((name) => !(name in after))
  return [...given, ...(gone.length === 0 ? [] : [`ALTER TABLESPACE ${space} RESET (${gone.join(', ')})`])]
}
