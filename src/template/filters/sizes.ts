import { numberOf } from '../../value/equal.ts'
import { reprOf, textOf } from '../../value/text.ts'
import type { Value } from '../../value/value.ts'
import { bind, flagArgument, numberArgument, required } from '../arguments.ts'
import { EvaluationError } from '../evaluation-error.ts'
import { fixed, roundHalfEven } from '../runtime/format-number.ts'
import type { Filter } from '../types.ts'

/** Filters of sizes in bytes and bits. */
export const SIZE_FILTERS: readonly (readonly [string, Filter])[] = [
  ['human_readable', (args, named) => humanReadable(bind(['size', 'isbits', 'unit'], args, named))],
  ['human_to_bytes', (args, named) => humanToBytes(bind(['size', 'default_unit', 'isbits'], args, named))],
  ['filesizeformat', (args, named) => fileSize(bind(['value', 'binary'], args, named))],
]

const LETTERS = ['Y', 'Z', 'E', 'P', 'T', 'G', 'M', 'K', 'B']

const NAMES: Readonly<Record<string, string>> = { B: '', K: 'kilo', M: 'mega', G: 'giga', T: 'tera', P: 'peta', E: 'exa', Z: 'zeta', Y: 'yotta' }

function limitOf(letter: string): number {
  return 2 ** (10 * (LETTERS.length - 1 - LETTERS.indexOf(letter)))
}

function humanReadable({ size, isbits, unit }: { readonly size: Value | undefined, readonly isbits: Value | undefined, readonly unit: Value | undefined }): string {
  const number = Number(numberOf(size ?? null) ?? NaN)
  if (Number.isNaN(number)) throw new EvaluationError('filter-argument', `human_readable() failed on bad input: ${reprOf(size ?? null)} is no number`)
  const base = flagArgument(isbits, false) ? 'bits' : 'Bytes'
  const wanted = textOf(unit ?? '').toUpperCase()
  const letter = LETTERS.find((each) => wanted === '' ? number >= limitOf(each) : wanted === each) ?? 'B'
  return `${fixed(number / limitOf(letter), 2)} ${letter === 'B' ? base : letter + base.charAt(0)}`
}

function humanToBytes({ size, default_unit: fallback, isbits }: Readonly<Record<'size' | 'default_unit' | 'isbits', Value | undefined>>): Value {
  const text = textOf(size ?? null)
  const [, number, given] = /^(\d*\.?\d+)(?:\s*([A-Za-z]+))?\s*$/.exec(text) ?? []
  if (number === undefined) throw new EvaluationError('filter-argument', `human_to_bytes() can't interpret following string: ${text}`)
  const unit = given ?? (fallback === undefined || fallback === null ? undefined : textOf(fallback))
  if (unit === undefined) return roundHalfEven(Number(number), 0)
  const letter = unit.charAt(0).toUpperCase()
  if (!LETTERS.includes(letter) || !isUnit(unit, letter, flagArgument(isbits, false))) {
    throw new EvaluationError('filter-argument', `human_to_bytes() can't interpret following string: ${text}: there is no unit '${unit}'`, 'Known are: B, KB, MB, GB ... and with isbits Kb, Mb, Gb ...')
  }
  return roundHalfEven(Number(number) * limitOf(letter), 0)
}

function isUnit(unit: string, letter: string, bits: boolean): boolean {
  if (unit.length === 1) return true
  const name = `${NAMES[letter] ?? ''}${bits ? 'bit' : 'byte'}`
  return unit.toLowerCase() === name || unit === (letter === 'B' ? bits ? 'b' : 'B' : letter + (bits ? 'b' : 'B'))
}

/** Jinja's: decimal or binary prefixes with one digit. */
function fileSize({ value, binary }: { readonly value: Value | undefined, readonly binary: Value | undefined }): string {
  const isBinary = flagArgument(binary, false)
  const [bytes, base] = [numberArgument(required(value, 'value'), NaN), isBinary ? 1024 : 1000]
  if (Number.isNaN(bytes)) throw new EvaluationError('filter-argument', 'Cannot format nothing as a size')
  if (bytes === 1) return '1 Byte'
  if (bytes < base) return `${Math.trunc(bytes)} Bytes`
  const prefixes = (isBinary ? ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei', 'Zi', 'Yi'] : ['k', 'M', 'G', 'T', 'P', 'E', 'Z', 'Y']).map((prefix) => `${prefix}B`)
  const found = prefixes.findIndex((_, power) => bytes < base ** (power + 2))
  const index = found < 0 ? prefixes.length - 1 : found
  return `${fixed(bytes / base ** (index + 1), 1)} ${prefixes[index] ?? ''}`
}
