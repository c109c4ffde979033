import type { Json } from '../../value/value.ts'

/** JSON as Python's `json.dumps` writes it: blanks after commas and colons, ASCII only. */
export function pythonJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(', ')}]`
  if (value !== null && typeof value === 'object') return `{${Object.entries(value).map(([key, item]) => `${pythonJson(key)}: ${pythonJson(item as Json)}`).join(', ')}}`
  return JSON.stringify(value).replace(/[\u0080-\uffff]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
