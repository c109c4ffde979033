import { Float } from '../value/float.ts'
import { requireKnown } from '../value/require-known.ts'
import { parseSize } from '../value/size.ts'
import { reprOf, textOf } from '../value/text.ts'
import type { Value } from '../value/value.ts'
import { CoercionError } from './argument-problem.ts'

const TRUE_WORDS = new Set(['yes', 'on', '1', 'true', 't', 'y'])
const FALSE_WORDS = new Set(['no', 'off', '0', 'false', 'f', 'n'])

/** Ansible's words for yes and no. */
export function toBoolean(value: Value): boolean {
  const word = value instanceof Float ? String(value.value) : scalarText(value).toLowerCase().trim()
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
  if (typeof value === 'boolean') return value ? 1 : 0
  const number = numberOf(value)
  if (number === undefined) throw new CoercionError(`must be a number (float), got ${reprOf(value)}`)
  return number
}

/** Lists and dicts print as Python would print them, as Ansible has it. */
export function toText(value: Value): string {
  return textOf(requireKnown(value))
}

/** `10M`, `1.5 GB`, `512`: units are powers of 1024. */
export function toBytes(value: Value): number {
  return sizeOf(value, false)
}

/** `10M`, `1.5 Gb`, `512`. */
export function toBits(value: Value): number {
  return sizeOf(value, true)
}

function sizeOf(value: Value, isBits: boolean): number {
  const size = parseSize(scalarText(value), { isBits })
  if (size === undefined) throw new CoercionError(`must be a size such as ${isBits ? '10Mb' : '10MB'} or 1.5G, got ${reprOf(value)}`)
  return size
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
