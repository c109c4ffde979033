/** A name in double quotes; `schema.table` becomes two of them. */
export function quoteName(name: string): string {
  return name.split('.').map(quoteIdentifier).join('.')
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
