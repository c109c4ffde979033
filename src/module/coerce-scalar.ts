import { Float } from '../value/float.ts'
import { requireKnown } from '../value/require-known.ts'
import { reprOf, textOf } from '../value/text.ts'
import type { Value } from '../value/value.ts'
import { CoercionError } from './argument-problem.ts'

const TRUE_WORDS = new Set(['yes', 'on', '1', 'true', 't', 'y', '1.0'])
const FALSE_WORDS = new Set(['no', 'off', '0', 'false', 'f', 'n', '0.0'])

/** Ansible's words for yes and no. */
export function toBoolean(value: Value): boolean {
  const word = scalarText(value).toLowerCase().trim()
  if (TRUE_WORDS.has(word)) return true
  if (FALSE_WORDS.has(word)) return false
  throw new CoercionError(`must be a boolean (yes or no), got ${reprOf(value)}`)
}

export function toInteger(value: Value): number {
  if (typeof value === 'boolean') return value ? 1 : 0
  const number = numberOf(value)
  if (number === undefined || !Number.isSafeInteger(number)) throw new CoercionError(`must be a whole number (int), got ${reprOf(value)}`)
  return number
}

export function toFloat(value: Value): number {
  const number = numberOf(value)
  if (number === undefined) throw new CoercionError(`must be a number (float), got ${reprOf(value)}`)
  return number
}

/** Lists and dicts print as Python would print them, as Ansible has it. */
export function toText(value: Value): string {
  return textOf(requireKnown(value))
}

const UNIT_POWERS: Readonly<Record<string, number>> = { '': 0, b: 0, k: 1, m: 2, g: 3, t: 4, p: 5, e: 6, z: 7, y: 8 }

/** `10M`, `1.5 GB`, `512`: units are powers of 1024. */
export function toBytes(value: Value): number {
  const match = /^\s*([-+]?\d*\.?\d+)\s*([a-z]*)\s*$/i.exec(scalarText(value))
  const unit = (match?.[2] ?? '').toLowerCase()
  const power = UNIT_POWERS[unit.slice(0, 1)]
  if (match === null || power === undefined || !/^(?:.?(?:b|byte|bytes|ib|bit|bits)?)$/.test(unit)) {
    throw new CoercionError(`must be a size such as 10M or 1.5G, got ${reprOf(value)}`)
  }
  return Math.round(Number(match[1]) * 1024 ** power)
}

function numberOf(value: Value): number | undefined {
  if (value instanceof Float) return value.value
  const text = scalarText(value).trim()
  return text !== '' && /^[-+]?(?:\d[\d_]*\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(text) ? Number(text.replaceAll('_', '')) : undefined
}

function scalarText(value: Value): string {
  const known = requireKnown(value)
  return known !== null && typeof known === 'object' && !(known instanceof Float) ? reprOf(known) : textOf(known)
}
