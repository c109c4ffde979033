import { numberOf } from '../../value/equal.ts'
import { isUnitLetter, parseSize, unitOf, unitSize } from '../../value/size.ts'
import { reprOf, textOf } from '../../value/text.ts'
import type { Value } from '../../value/value.ts'
import { bind, flagArgument, numberArgument, required } from '../arguments.ts'
import { EvaluationError } from '../evaluation-error.ts'
import { fixed } from '../runtime/format-number.ts'
import type { Filter } from '../types.ts'

/** Filters of sizes in bytes and bits. */
export const SIZE_FILTERS: readonly (readonly [string, Filter])[] = [
  ['human_readable', (args, named) => humanReadable(bind(['size', 'isbits', 'unit'], args, named))],
  ['human_to_bytes', (args, named) => humanToBytes(bind(['size', 'default_unit', 'isbits'], args, named))],
  ['filesizeformat', (args, named) => fileSize(bind(['value', 'binary'], args, named))],
]

function humanReadable({ size, isbits, unit }: { readonly size: Value | undefined, readonly isbits: Value | undefined, readonly unit: Value | undefined }): string {
  const number = Number(numberOf(size ?? null) ?? NaN)
  if (Number.isNaN(number)) throw new EvaluationError('filter-argument', `human_readable() failed on bad input: ${reprOf(size ?? null)} is no number`)
  const base = flagArgument(isbits, false) ? 'bits' : 'Bytes'
  const wanted = textOf(unit ?? '').toUpperCase()
  const letter = wanted === '' ? unitOf(number) : isUnitLetter(wanted) ? wanted : 'B'
  return `${fixed(number / unitSize(letter), 2)} ${letter === 'B' ? base : letter + base.charAt(0)}`
}

function humanToBytes({ size, default_unit: fallback, isbits }: Readonly<Record<'size' | 'default_unit' | 'isbits', Value | undefined>>): Value {
  const text = textOf(size ?? null)
  const bytes = parseSize(text, { isBits: flagArgument(isbits, false), unit: fallback === undefined || fallback === null ? undefined : textOf(fallback) })
  if (bytes !== undefined) return bytes
  throw new EvaluationError('filter-argument', `human_to_bytes() can't interpret following string: ${text}`, 'A number and one of B, KB, MB, GB ... or with isbits Kb, Mb, Gb ...')
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
