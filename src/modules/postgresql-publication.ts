import { ModuleFailure } from '../module/module.ts'
import type { JsonObject } from '../value/value.ts'
import { SESSION_ARGUMENTS } from './postgresql/connection-arguments.ts'
import { lookAtPublication, PUBLISHED, type PublicationState, type PublishedTable } from './postgresql/publication-state.ts'
import { defineSqlModule } from './postgresql/sql-module.ts'
import { partsOf, quoteIdentifier, quoteLiteral, quoteName } from './postgresql/sql-text.ts'

/** `community.postgresql.postgresql_publication`. */
export const postgresqlPublication = defineSqlModule({
  name: 'postgresql_publication',
  summary: 'Ensure a publication for logical replication is there, with its tables and parameters, or is not.',
  args: {
    ...SESSION_ARGUMENTS,
    name: { type: 'str', required: true, description: 'Publication.' },
    login_db: { type: 'str', aliases: ['db'], description: 'Database.' },
    columns: { type: 'dict', description: 'Tables, with a list of the columns that are published of each; an empty list is all.' },
    rowfilters: { type: 'dict', description: 'Tables, with the condition that published rows fulfil.' },
    tables: { type: 'list', elements: 'str', description: 'Tables. A new one without any publishes all; one that is there keeps what it has.' },
    tables_in_schema: { type: 'list', elements: 'str', description: 'Schemas whose tables are published.' },
    state: { type: 'str', choices: ['absent', 'present'], default: 'present', description: 'Whether it is there.' },
    parameters: { type: 'dict', description: 'Parameters of the publication: `publish: insert, update`.' },
    owner: { type: 'str', description: 'Role that owns it.' },
    cascade: { type: 'bool', default: false, description: 'Drop what depends on it too.' },
    comment: { type: 'str', description: 'Its comment; an empty one removes it.' },
  },
  constraints: { exclusive: [['tables', 'tables_in_schema'], ['columns', 'tables_in_schema'], ['columns', 'tables'], ['rowfilters', 'tables_in_schema']] },
  examples: [{ name: 'Prices for others', args: { login_db: 'shop', name: 'prices', tables: ['prices', 'public.vehicles'], parameters: { publish: 'insert, update' } } }],
  database: ({ login_db: database }) => database,
  inputs: ['name', 'tables', 'owner', 'parameters', 'columns', 'rowfilters', 'tables_in_schema', 'comment'],
  look: ({ name }, ask): Promise<PublicationState> => lookAtPublication(name, ask),
  aim: (args, before) => {
    if (args.state === 'absent') return { ...before, exists: false }
    const tables = tablesWanted(args)
    const schemas = args.tables_in_schema?.map((schema) => schema.trim())
    return {
      ...before, exists: true, owner: args.owner ?? ownerNow(before), comment: args.comment ?? before.comment,
      parameters: parametersAfter(args.parameters ?? {}, before.parameters),
      all: before.exists ? before.all : tables === undefined && schemas === undefined,
      tables: settled(tables ?? before.tables, before.tables), schemas: schemas ?? before.schemas,
    }
  },
  statements: ({ before, after }, { name, cascade }) => {
    const publication = quoteIdentifier(name)
    if (!after.exists) return before.exists ? [`DROP PUBLICATION ${publication}${cascade ? ' CASCADE' : ''}`] : []
    const owner = ownerNow(before) === after.owner ? [] : [`ALTER PUBLICATION ${publication} OWNER TO ${quoteIdentifier(after.owner)}`]
    const comment = before.comment === after.comment ? [] : [`COMMENT ON PUBLICATION ${publication} IS ${quoteLiteral(after.comment)}`]
    if (!before.exists) return [`CREATE PUBLICATION ${publication}${contents(after)}${parameterList(' WITH ', before.parameters, after.parameters)}`, ...owner, ...comment]
    const parameters = parameterList(' SET ', before.parameters, after.parameters)
    return [
      ...tableStatements(publication, before.tables, after.tables),
      ...schemaStatements(publication, before.schemas, after.schemas),
      ...(parameters === '' ? [] : [`ALTER PUBLICATION ${publication}${parameters}`]),
      ...owner, ...comment,
    ]
  },
  result: (_, after) => ({ exists: after.exists, ...(after.exists ? publicationFields(after) : {}) }),
  undo: (_, { after }) => (after.exists ? 'swap' : { impossible: 'Subscribers lose their place with a publication' }),
})

function publicationFields({ owner, tables, all, schemas, parameters, comment }: PublicationState): JsonObject {
  return {
    owner, schemas, comment, alltables: all, tables: tables.map(({ table }) => table),
    columns: Object.fromEntries(tables.flatMap(({ table, columns }) => columns === null ? [] : [[table, columns]])),
    rowfilters: Object.fromEntries(tables.flatMap(({ table, filter }) => filter === null ? [] : [[table, filter]])),
    parameters: { ...parameters, publish: publishedFlags(parameters.publish ?? '') },
  }
}

const ownerNow = ({ exists, owner, us }: PublicationState): string => (exists ? owner : us)

interface Wanted {
  readonly columns: Readonly<Record<string, unknown>> | undefined
  readonly rowfilters: Readonly<Record<string, unknown>> | undefined
  readonly tables: readonly string[] | undefined
}

/** `prices` is the one of the schema public. */
const fullName = (table: string): string => (partsOf(table.trim()).length > 1 ? quoteName(table.trim()) : `"public".${quoteName(table.trim())}`)

function tablesWanted({ columns, rowfilters = {}, tables }: Wanted): readonly PublishedTable[] | undefined {
  const filters = Object.fromEntries(Object.entries(rowfilters).map(([table, filter]) => [fullName(table), String(filter)]))
  const named = columns === undefined
    ? tables?.map((table) => ({ table: fullName(table), columns: null }))
    : Object.entries(columns).map(([table, names]) => ({ table: fullName(table), columns: columnsOf(names) }))
  const unknown = Object.keys(filters).find((table) => named?.some((other) => other.table === table) !== true)
  if (unknown !== undefined) throw new ModuleFailure(`rowfilters: ${unknown} is not one of the tables`)
  return named?.map(({ table, columns: list }) => ({ table, columns: list, filter: filters[table] ?? null }))
}

function columnsOf(names: unknown): readonly string[] | null {
  const list = Array.isArray(names) ? names.map(String) : names === null || names === '' ? [] : String(names).split(',').map((name) => name.trim())
  return list.length === 0 ? null : list
}

/** A server writes conditions in its own way: parentheses, quotes, casts and spaces do not make another one. */
const plainFilter = (filter: string | null): string | null => (filter === null ? null : filter.replace(/::"?[\w ]+"?(?:\(\d+\))?/g, '').replace(/[()"\s]/g, '').toLowerCase())
const sameFilter = (one: PublishedTable, other: PublishedTable): boolean => plainFilter(one.filter) === plainFilter(other.filter)
const sameColumns = (one: PublishedTable, other: PublishedTable): boolean => JSON.stringify([...one.columns ?? []].sort()) === JSON.stringify([...other.columns ?? []].sort())
const sameTable = (one: PublishedTable, other: PublishedTable): boolean => one.table === other.table && sameFilter(one, other) && sameColumns(one, other)

/** What is there in the words that it is there in. */
function settled(wanted: readonly PublishedTable[], before: readonly PublishedTable[]): readonly PublishedTable[] {
  return wanted.map((table) => before.find((other) => sameTable(table, other)) ?? table)
}

function tableText({ table, columns, filter }: PublishedTable): string {
  return `${table}${columns === null ? '' : ` (${columns.map(quoteIdentifier).join(', ')})`}${filter === null ? '' : ` WHERE (${filter.replace(/^\((.*)\)$/s, '$1')})`}`
}

function contents({ all, tables, schemas }: PublicationState): string {
  if (all) return ' FOR ALL TABLES'
  if (schemas.length > 0) return ` FOR TABLES IN SCHEMA ${schemas.map(quoteIdentifier).join(', ')}`
  return tables.length === 0 ? '' : ` FOR TABLE ${tables.map(tableText).join(', ')}`
}

function tableStatements(publication: string, before: readonly PublishedTable[], after: readonly PublishedTable[]): readonly string[] {
  const names = (tables: readonly PublishedTable[]): readonly string[] => tables.map(({ table }) => table)
  const isOther = after.some((table) => before.some((other) => other.table === table.table && !sameTable(table, other)))
  if (isOther) return [`ALTER PUBLICATION ${publication} SET TABLE ${after.map(tableText).join(', ')}`]
  const added = after.filter(({ table }) => !names(before).includes(table))
  const gone = before.filter(({ table }) => !names(after).includes(table))
  return [...added.map((table) => `ALTER PUBLICATION ${publication} ADD TABLE ${tableText(table)}`), ...gone.map(({ table }) => `ALTER PUBLICATION ${publication} DROP TABLE ${table}`)]
}

function schemaStatements(publication: string, before: readonly string[], after: readonly string[]): readonly string[] {
  const change = (verb: string, schemas: readonly string[]): readonly string[] => schemas.map((schema) => `ALTER PUBLICATION ${publication} ${verb} TABLES IN SCHEMA ${quoteIdentifier(schema)}`)
  return [...change('ADD', after.filter((schema) => !before.includes(schema))), ...change('DROP', before.filter((schema) => !after.includes(schema)))]
}

type Parameters = PublicationState['parameters']

const published = (text: string): readonly string[] => PUBLISHED.filter((kind) => text.split(',').map((word) => word.trim().toLowerCase()).includes(kind))

function parametersAfter(given: Readonly<Record<string, unknown>>, before: Parameters): Parameters {
  const wanted = Object.entries(given).map(([name, value]): [string, string] => {
    const text = String(value)
    const isSame = name === 'publish' ? String(published(text)) === String(published(before.publish ?? '')) : text.toLowerCase() === before[name]
    return [name, isSame ? before[name] ?? text : text]
  })
  return { ...before, ...Object.fromEntries(wanted) }
}

function parameterList(begin: string, before: Parameters, after: Parameters): string {
  const changed = Object.entries(after).filter(([name, value]) => before[name] !== value)
  return changed.length === 0 ? '' : `${begin}(${changed.map(([name, value]) => `${name} = ${quoteLiteral(value)}`).join(', ')})`
}

function publishedFlags(text: string): Readonly<Record<string, boolean>> {
  return Object.fromEntries(PUBLISHED.map((kind) => [kind, published(text).includes(kind)]))
}
