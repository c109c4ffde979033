import { Callable } from './callable.ts'
import { floatText } from './float-text.ts'
import { Float } from './float.ts'
import { Omit } from './omit.ts'
import { requireKnown } from './require-known.ts'
import { TemplateString } from './template-string.ts'
import { TemplateObject } from './template-object.ts'
import { Tuple } from './tuple.ts'
import { typeName } from './type-name.ts'
import type { Value } from './value.ts'
import { VaultString } from './vault-string.ts'

/** Python's `str()`: what a template prints. */
export function textOf(value: Value): string {
  if (typeof value === 'string') return value
  if (typeof value === 'object') return objectText(value)
  return scalarText(value)
}

/** Python's `repr()`: `'it'`, `['a', 1]`, `{'a': None}`. */
export function reprOf(value: Value): string {
  if (typeof value === 'string') return quoteText(value)
  if (value instanceof Uint8Array) return bytesText(value)
  return textOf(value)
}

function objectText(value: (Value & object) | null): string {
  if (value === null) return 'None'
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8')
  if (Array.isArray(value)) return `[${value.map(reprOf).join(', ')}]`
  if (value instanceof TemplateObject) return value.description
  if (value instanceof Map) return `{${[...value].map(([key, item]) => `${reprOf(key)}: ${reprOf(item)}`).join(', ')}}`
  if (value instanceof Float) return floatText(value.value)
  if (value instanceof Tuple) return tupleText(value.items)
  return specialText(requireKnown(value))
}

function specialText(value: Value): string {
  if (value instanceof TemplateString) return value.source
  if (value instanceof VaultString) return '(vault encrypted)'
  if (value instanceof Callable) return `<function ${value.name}>`
  return value instanceof Omit ? '<<Omit>>' : `<${typeName(value)}>`
}

function scalarText(value: boolean | number | bigint): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  return String(value)
}

function tupleText(items: readonly Value[]): string {
  return items.length === 1 ? `(${reprOf(items[0] ?? null)},)` : `(${items.map(reprOf).join(', ')})`
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/** Control characters, lone surrogates and what Unicode calls unprintable are escaped; other text stays readable. */
const UNPRINTABLE = /[\\\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu

function quoteText(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'"
  const escaped = text.replace(UNPRINTABLE, escapeCharacter)
  return quote + (quote === "'" ? escaped.replaceAll("'", "\\'") : escaped) + quote
}

function escapeCharacter(character: string): string {
  const known = ESCAPES[character]
  if (known !== undefined) return known
  const code = character.codePointAt(0) ?? 0
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`
  return code < 0x10000 ? `\\u${code.toString(16).padStart(4, '0')}` : `\\U${code.toString(16).padStart(8, '0')}`
}

function bytesText(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('latin1')
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'"
  const escaped = text.replace(/[^\x20-\x7e]|\\/g, escapeCharacter)
  return `b${quote}${quote === "'" ? escaped.replaceAll("'", "\\'") : escaped}${quote}`
}
