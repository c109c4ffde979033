import { textOf } from '../../value/text.ts'
import type { Value } from '../../value/value.ts'
import { bind } from '../arguments.ts'
import { EvaluationError } from '../evaluation-error.ts'

/** Twelve digits in small letters, as a form shows them. */
const FORMS: Readonly<Record<string, (digits: string) => Value>> = {
  '': () => true,
  bool: () => true,
  bare: (digits) => digits.toUpperCase(),
  int: (digits) => Number.parseInt(digits, 16),
  cisco: (digits) => grouped(digits, 4, '.'),
  linux: (digits) => grouped(digits, 2, ':'),
  unix: (digits) => grouped(digits, 2, ':').replace(/(^|:)0/g, '$1'),
  pgsql: (digits) => grouped(digits, 6, ':'),
  postgresql: (digits) => grouped(digits, 6, ':'),
  psql: (digits) => grouped(digits, 6, ':'),
  win: (digits) => grouped(digits, 2, '-').toUpperCase(),
  eui48: (digits) => grouped(digits, 2, '-').toUpperCase(),
}

/** A hardware address in a form, or whether a text is one: `hwaddr` and `macaddr`. */
export function hardwareAddress(args: readonly Value[], named: ReadonlyMap<string, Value>): Value {
  const bound = bind(['value', 'query', 'alias'], args, named)
  const query = textOf(bound.query ?? '')
  const form = Object.hasOwn(FORMS, query) ? FORMS[query] : undefined
  if (form === undefined) throw new EvaluationError('filter-argument', `Cannot show a hardware address as '${query}'`, `Known are: ${Object.keys(FORMS).filter((name) => name !== '').join(', ')}`)
  const digits = digitsOf(textOf(bound.value ?? null))
  if (digits !== undefined) return form(digits)
  if (query === '' || query === 'bool') return false
  throw new EvaluationError('filter-argument', `Cannot read '${textOf(bound.value ?? null)}' as a hardware address`)
}

/** The digits of six bytes however they are grouped, or undefined for what is no hardware address. */
export function digitsOf(text: string): string | undefined {
  const groups = text.trim().toLowerCase().split(/[:.-]/)
  const size = 12 / groups.length
  if (![1, 2, 3, 6].includes(groups.length) || !groups.every((group) => /^[\da-f]+$/.test(group) && group.length <= size)) return undefined
  const isWhole = groups.length === 6 || groups.every((group) => group.length === size)
  return isWhole ? groups.map((group) => group.padStart(size, '0')).join('') : undefined
}

function grouped(digits: string, size: number, separator: string): string {
  return (digits.match(new RegExp(`.{${size}}`, 'g')) ?? []).join(separator)
}
