import type { Json } from '../../value/value.ts'

/** JSON as Python's json.dumps writes it with sorted keys: blanks after commas and colons, or indented. */
export function pythonJson(value: Json, indent?: number): string {
  return write(value, indent, '')
}

function write(value: Json, indent: number | undefined, margin: string): string {
  if (value === null || typeof value !== 'object') return scalar(value)
  const inner = indent === undefined ? '' : `${margin}${' '.repeat(indent)}`
  if (Array.isArray(value)) return enclose(['[', ']'], value.map((item) => write(item, indent, inner)), { indent, margin, inner })
  const entries = Object.entries(value).sort(([a], [b]) => byCodePoint(a, b))
  return enclose(['{', '}'], entries.map(([key, item]) => `${scalar(key)}: ${write(item, indent, inner)}`), { indent, margin, inner })
}

interface Margins {
  readonly indent: number | undefined
  readonly margin: string
  readonly inner: string
}

function enclose([open, close]: readonly [string, string], parts: readonly string[], { indent, margin, inner }: Margins): string {
  if (parts.length === 0) return open + close
  return indent === undefined ? `${open}${parts.join(', ')}${close}` : `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${margin}${close}`
}

function scalar(value: Json): string {
  return JSON.stringify(value)
}

function byCodePoint(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}
