/** An identifier in backticks. */
export function quoteName(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``
}

/** Any value as a literal; lists are values separated by commas. Texts mean the same whatever sql_mode says: those with a backslash are written in hexadecimal. */
export function quoteLiteral(value: unknown): string {
  if (value === null || value === undefined) return 'NULL'
  if (typeof value === 'number' || typeof value === 'bigint') return String(value)
  if (typeof value === 'boolean') return value ? '1' : '0'
  if (Array.isArray(value)) return value.map(quoteLiteral).join(', ')
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return /[\\\0]/.test(text) ? `CONVERT(0x${Buffer.from(text, 'utf8').toString('hex')} USING utf8mb4)` : `'${text.replaceAll("'", "''")}'`
}
