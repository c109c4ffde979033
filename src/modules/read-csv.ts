import { defineAction } from '../module/define-module.ts'
import { ModuleFailure } from '../module/module.ts'
import type { JsonObject } from '../value/value.ts'
import { dialectOf, parseCsv } from './files/csv/parse-csv.ts'

/** `community.general.read_csv`: rows of a CSV file. */
export const readCsv = defineAction({
  name: 'read_csv',
  aliases: ['community.general.read_csv'],
  summary: 'Read a CSV file of the host.',
  where: 'host',
  check: 'run',
  args: {
    path: { type: 'path', required: true, aliases: ['filename'], description: 'The file.' },
    key: { type: 'str', description: 'Column whose values become the keys of a dict.' },
    dialect: { type: 'str', default: 'excel', description: '`excel`, `excel-tab` or `unix`.' },
    fieldnames: { type: 'list', elements: 'str', description: 'Names of the columns, where the file has none.' },
    unique: { type: 'bool', default: true, description: 'Whether each key may stand once only.' },
    delimiter: { type: 'str', description: 'What stands between columns.' },
    skipinitialspace: { type: 'bool', description: 'Whether blanks after that count for nothing.' },
    strict: { type: 'bool', description: 'Whether bad syntax is an error.' },
  },
  examples: [{ name: 'Users of the region by their names', args: { path: '/root/users.csv', key: 'name' } }],
  observe: ({ path }, remote) => remote.readText(path),
  run: async ({ path, key, unique, fieldnames, ...given }, { remote }) => {
    const text = await remote.readText(path)
    if (text === undefined) throw new ModuleFailure(`Unable to open file: [Errno 2] No such file or directory: '${path}'`)
    const rows = parseCsv(text.replace(/^\uFEFF/, ''), dialectOf(given))
    const [header = [], ...rest] = fieldnames === undefined ? rows.filter((row) => row.length > 0) : [fieldnames, ...rows]
    const records = rest.filter((row) => row.length > 0).map((row) => recordOf(header, row))
    if (key !== undefined && !header.includes(key)) throw new ModuleFailure(`Key '${key}' was not found in the CSV header fields: ${header.join(', ')}`)
    return { changed: false, fields: key === undefined ? { dict: {}, list: records } : { dict: byKey(records, key, { unique }), list: [] } }
  },
})

/** Columns that a row lacks are null; those beyond the header have no name, which JSON writes as `null`. */
function recordOf(header: readonly string[], row: readonly string[]): JsonObject {
  const named = header.map((name, index): [string, string | null] => [name, row[index] ?? null])
  return Object.fromEntries(row.length > header.length ? [...named, ['null', row.slice(header.length)]] : named) as JsonObject
}

function byKey(records: readonly JsonObject[], key: string, { unique }: { readonly unique: boolean }): JsonObject {
  const entries = new Map<string, JsonObject>()
  for (const record of records) {
    const value = String(record[key])
    if (unique && entries.has(value)) throw new ModuleFailure(`Key '${key}' is not unique for value '${value}'`)
    entries.set(value, record)
  }
  return Object.fromEntries(entries)
}
