export type Cell = string | number | boolean | null
export type Row = Readonly<Record<string, Cell>>

export interface Table {
  readonly name: string
  readonly rows: readonly Row[]
}

/** INSERT statements for rows that all have the same columns. */
export function insertStatements(tables: readonly Table[]): string {
  return tables.filter(({ rows }) => rows.length > 0).map(insertStatement).join('')
}

function insertStatement({ name, rows }: Table): string {
  const columns = Object.keys(rows[0] ?? {})
  const tuples = rows.map((row) => `  (${columns.map((column) => literal(row[column] ?? null)).join(', ')})`)
  return `INSERT INTO ${name} (${columns.join(', ')}) VALUES\n${tuples.join(',\n')};\n`
}

const literal = (cell: Cell): string => (typeof cell === 'string' ? `'${cell.replaceAll("'", "''")}'` : cell === null ? 'NULL' : String(cell))

/** `count` rows made from their indexes. */
export const rowsOf = (count: number, row: (index: number) => Row): readonly Row[] => Array.from({ length: count }, (_, index) => row(index))

/** `i-0002` and the zone's code make ids that two zones never share. */
export const id = (prefix: string, code: number, index: number): string => `${prefix}-${code.toString(36)}${index.toString(36).padStart(5, '0')}`

export const users = ['admin', 'usr-a1b2c3d4', 'usr-q9w8e7r6', 'usr-zz00yy11'] as const
export const userAt = (index: number): string => users[index % users.length] ?? 'admin'

/** A moment that depends on nothing but the index. */
export const moment = (index: number): string => new Date(Date.UTC(2023, 0, 1) + index * 3_726_000).toISOString().replace('T', ' ').replace('.000Z', '')

/** Texts that break parsers which take SQL for lines. */
const texts = [
  'plain',
  "it's quoted",
  'back\\slash \\n not a newline',
  'two\nlines',
  'semi;colon\nINSERT INTO instance VALUES (1);',
  '-- not a comment',
  '$$ not $1 a dollar quote $$',
  '中文名称：虚拟机',
  'tab\tand "double" quotes',
  '',
  '/* nor this',
  "trailing quote'",
  '{{ not a template }} {% nor this %}',
] as const

export const textAt = (index: number): string => texts[index % texts.length] ?? ''
