/** A name in double quotes; `schema.table` becomes two of them. Parts that are quoted already stay as they are. */
export function quoteName(name: string): string {
  return partsOf(name).map(quoteIdentifier).join('.')
}

/** The parts of a name that may be qualified, without quotes. */
export function partsOf(name: string): readonly string[] {
  const parts = name.match(/"(?:[^"]|"")*"|[^.]+/g) ?? [name]
  return parts.map(bareName)
}

/** A name that may be given in quotes, without them. */
export function bareName(name: string): string {
  return /^".+"$/s.test(name) ? name.slice(1, -1).replaceAll('""', '"') : name
}

/** One identifier, dots and all. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** Any value as a literal. Strings with a backslash become E'' strings, which mean the same whatever standard_conforming_strings says. */
export function quoteLiteral(value: unknown): string {
  if (value === null || value === undefined) return 'NULL'
  if (typeof value === 'number' || typeof value === 'bigint') return String(value)
  if (typeof value === 'boolean') return value ? 'true' : 'false'
  const text = (typeof value === 'string' ? value : JSON.stringify(value)).replaceAll("'", "''")
  return text.includes('\\') ? ` E'${text.replaceAll('\\', '\\\\')}'` : `'${text}'`
}

/** How a value reads as text in the database: what `column::text` of it gives. */
export function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null
  return typeof value === 'string' ? value : typeof value === 'object' ? JSON.stringify(value) : String(value as number | boolean)
}
