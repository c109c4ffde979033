import { ModuleFailure } from '../module/module.ts'
import { SESSION_ARGUMENTS } from './postgresql/connection-arguments.ts'
import { defineSqlModule } from './postgresql/sql-module.ts'
import { quoteIdentifier, quoteLiteral } from './postgresql/sql-text.ts'

interface State {
  /** Empty: not installed. */
  readonly version: string
  readonly schema: string | null
  readonly comment: string
  /** What the server offers; null when it has no such extension. */
  readonly latest: string | null
  readonly offered: readonly string[]
  /** Versions that an update leads to from the installed one. */
  readonly reachable: readonly string[]
}

/** `community.postgresql.postgresql_ext`. */
export const postgresqlExt = defineSqlModule({
  name: 'postgresql_ext',
  summary: 'Ensure an extension is installed in a PostgreSQL database, in a version and a schema, or is not.',
  args: {
    ...SESSION_ARGUMENTS,
    name: { type: 'str', required: true, aliases: ['ext'], description: 'Extension.' },
    login_db: { type: 'str', required: true, aliases: ['db'], description: 'Database.' },
    schema: { type: 'str', description: 'Schema for what it brings.' },
    state: { type: 'str', choices: ['absent', 'present'], default: 'present', description: 'Whether it is there.' },
    cascade: { type: 'bool', default: false, description: 'Install what it needs too; or drop what needs it.' },
    version: { type: 'str', description: 'Version to install or update to; `latest` is the newest that the server offers.' },
    comment: { type: 'str', description: 'Its comment; an empty one removes it.' },
  },
  examples: [{ name: 'Fuzzy search', args: { login_db: 'shop', name: 'pg_trgm' } }],
  database: ({ login_db: database }) => database,
  inputs: ['name', 'schema', 'version'],
  look: async ({ name }, ask): Promise<State> => {
    const extension = quoteLiteral(name)
    const [[installed], [available], versions, paths] = await Promise.all([
      ask(`SELECT e.extversion AS version, n.nspname AS schema, pg_catalog.obj_description(e.oid, 'pg_extension') AS comment FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = ${extension}`),
      ask(`SELECT default_version AS version FROM pg_catalog.pg_available_extensions WHERE name = ${extension}`),
      ask(`SELECT version FROM pg_catalog.pg_available_extension_versions WHERE name = ${extension}`),
      ask(`SELECT p.target FROM pg_catalog.pg_available_extensions a, LATERAL pg_catalog.pg_extension_update_paths(a.name) p WHERE a.name = ${extension} AND p.source = a.installed_version AND p.path IS NOT NULL`),
    ])
    return {
      version: installed?.version ?? '', schema: installed?.schema ?? null, comment: installed?.comment ?? '', latest: available?.version ?? null,
      offered: versions.map(({ version }) => version ?? ''), reachable: paths.map(({ target }) => target ?? ''),
    }
  },
  aim: (args, before) => {
    if (args.state === 'absent') return { ...before, version: '', schema: null, comment: '' }
    const version = versionWanted(args, before)
    return { ...before, version, schema: args.schema ?? before.schema, comment: args.comment ?? before.comment }
  },
  statements: ({ before, after }, args) => {
    const extension = quoteIdentifier(args.name)
    if (after.version === '') return before.version === '' ? [] : [`DROP EXTENSION ${extension}${args.cascade ? ' CASCADE' : ''}`]
    const comment = args.comment === undefined || before.comment === after.comment ? [] : [`COMMENT ON EXTENSION ${extension} IS ${quoteLiteral(after.comment)}`]
    return [...(before.version === '' ? [creation(args, after)] : alterations({ before, after }, args)), ...comment]
  },
  result: ({ login_db: db, name }, { version }) => ({ db, ext: name, version, prev_version: version }),
  fields: ({ before }) => ({ prev_version: before.version }),
  undo: (_, { before }) => (before.version === '' ? 'swap' : { impossible: 'There is mostly no way back to an older version, and what a dropped extension held is gone' }),
})

interface Wanted {
  readonly name: string
  readonly version: string | undefined
  readonly cascade: boolean
}

function creation({ name, version, cascade }: Wanted, after: State): string {
  const schema = after.schema === null ? '' : ` WITH SCHEMA ${quoteIdentifier(after.schema)}`
  const which = version === undefined || version === 'latest' ? '' : ` VERSION ${quoteLiteral(after.version)}`
  return `CREATE EXTENSION ${quoteIdentifier(name)}${schema}${which}${cascade ? ' CASCADE' : ''}`
}

function alterations({ before, after }: { readonly before: State, readonly after: State }, { name, version }: Wanted): readonly string[] {
  const extension = quoteIdentifier(name)
  return [
    ...(before.schema === after.schema ? [] : [`ALTER EXTENSION ${extension} SET SCHEMA ${quoteIdentifier(after.schema ?? '')}`]),
    ...(before.version === after.version ? [] : [`ALTER EXTENSION ${extension} UPDATE${version === 'latest' ? '' : ` TO ${quoteLiteral(after.version)}`}`]),
  ]
}

function versionWanted({ name, version }: Wanted, before: State): string {
  if (before.latest === null) throw new ModuleFailure(`Extension ${name} is not available`)
  if (version === undefined) return before.version === '' ? before.latest : before.version
  if (version === 'latest') return before.latest
  const reachable = before.version === '' ? before.offered : [before.version, ...before.reachable]
  if (reachable.includes(version)) return version
  if (before.version !== '' && before.offered.includes(version)) throw new ModuleFailure(`Passed version '${version}' has no valid update path from the currently installed version '${before.version}' or the passed version is not available`)
  throw new ModuleFailure(`Passed version '${version}' is not available`)
}
