import { Float } from '../value/float.ts'
import type { Scalar } from '../value/value.ts'

/** The value of plain (unquoted) text by YAML 1.1's rules as PyYAML applies them. Dates stay text. */
export function resolveScalar(text: string): Scalar {
  const word = WORDS.get(text)
  if (word !== undefined) return word
  if (!MAY_BE_NUMBER.test(text)) return text
  if (INTEGER.test(text)) return integer(text)
  if (FLOAT.test(text)) return new Float(float(text))
  return text
}

/** An integer as YAML 1.1 writes it: octal with a leading 0, 0b, 0x, sexagesimal, underscores. */
export function integer(text: string): Scalar {
  const digits = text.replaceAll('_', '')
  const negative = digits.startsWith('-')
  const bare = digits.replace(/^[-+]/, '')
  const value = magnitude(bare)
  const signed = negative ? -value : value
  return signed >= SAFE_MIN && signed <= SAFE_MAX ? Number(signed) : signed
}

/** A float as YAML 1.1 writes it: .inf, .nan, sexagesimal, underscores. */
export function float(text: string): number {
  const digits = text.replaceAll('_', '').toLowerCase()
  const sign = digits.startsWith('-') ? -1 : 1
  const bare = digits.replace(/^[-+]/, '')
  if (bare === '.inf') return sign * Infinity
  if (bare === '.nan') return NaN
  if (bare.includes(':')) return sign * bare.split(':').reduce((sum, part) => sum * 60 + Number(part), 0)
  return sign * Number(bare)
}

const SAFE_MAX = BigInt(Number.MAX_SAFE_INTEGER)
const SAFE_MIN = -SAFE_MAX
const MAY_BE_NUMBER = /^[-+.0-9]/
const INTEGER = /^[-+]?(?:0b[01_]+|0[0-7_]+|0|[1-9][0-9_]*(?::[0-5]?[0-9])*|0x[0-9a-fA-F_]+)$/
const FLOAT = /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/

const WORDS: ReadonlyMap<string, Scalar> = new Map<string, Scalar>([
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map((word) => [word, true] as const),
  ...['no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map((word) => [word, false] as const),
])

function magnitude(bare: string): bigint {
  if (bare.includes(':')) return bare.split(':').reduce((sum, part) => sum * 60n + BigInt(part), 0n)
  if (/^0[0-7]+$/.test(bare)) return BigInt(`0o${bare.slice(1)}`)
  return BigInt(bare)
}
