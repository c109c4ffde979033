import { numberOf } from '../../value/equal.ts'
import { Float } from '../../value/float.ts'
import { textOf } from '../../value/text.ts'
import { isTrue } from '../../value/truth.ts'
import { typeName } from '../../value/type-name.ts'
import type { Value } from '../../value/value.ts'
import { bind, numberArgument } from '../arguments.ts'
import { EvaluationError } from '../evaluation-error.ts'
import { isIterable, itemsOf } from '../iterate.ts'
import { Missing } from '../runtime/missing.ts'
import type { Filter } from '../types.ts'
import { integer } from '../runtime/arithmetic.ts'
import { bigRandomSource, randomSource } from './random-source.ts'

/** Filters that draw lots; with a seed they give what Ansible gives. */
export const RANDOM_FILTERS: readonly (readonly [string, Filter])[] = [
  ['random', random],
  ['shuffle', shuffle],
  ['random_mac', randomMac],
]

function random(args: readonly Value[], named: ReadonlyMap<string, Value>): Value {
  const bound = bind(['end', 'start', 'step', 'seed'], args, named)
  const end = bound.end ?? null
  const below = randomSource(bound.seed)
  const limit = end instanceof Float ? undefined : numberOf(end)
  if (typeof limit === 'bigint') return integer(bigRandomSource(bound.seed)(limit))
  if (limit !== undefined) return randomNumber(limit, bound, below)
  const items = itemsToDraw(end, [bound.start, bound.step])
  if (items.length === 0) return new Missing('random', 'the sequence is empty')
  return items[below(items.length)] ?? null
}

function itemsToDraw(value: Value, bounds: readonly (Value | undefined)[]): readonly Value[] {
  if (!isIterable(value)) throw new EvaluationError('filter-argument', `random can only be used on sequences and integers, not on a value of type '${typeName(value)}'`)
  if (bounds.some((bound) => bound !== undefined && isTrue(bound))) throw new EvaluationError('filter-argument', 'start and step can only be used with integer values')
  return itemsOf(value)
}

type Bounds = Readonly<Record<'start' | 'step', Value | undefined>>

function randomNumber(end: number, { start: first, step: stride }: Bounds, below: (limit: number) => number): number {
  const [start, step] = [numberArgument(first, 0), numberArgument(stride, 1) || 1]
  const count = Math.ceil((end - start) / step)
  if (count <= 0) throw new EvaluationError('filter-argument', `Cannot draw a number from ${start} to below ${end}`)
  return start + step * below(count)
}

function shuffle(args: readonly Value[], named: ReadonlyMap<string, Value>): Value {
  const bound = bind(['list', 'seed'], args, named)
  const list = bound.list ?? null
  // What has no order stays as it is.
  if (!isIterable(list)) return list
  const items = [...itemsOf(list)]
  const below = randomSource(bound.seed)
  for (let index = items.length - 1; index > 0; index--) {
    const other = below(index + 1)
    const [left, right] = [items[index] ?? null, items[other] ?? null]
    items[index] = right
    items[other] = left
  }
  return items
}

/** Fills a prefix of up to five bytes up to a hardware address. */
function randomMac(args: readonly Value[], named: ReadonlyMap<string, Value>): Value {
  const bound = bind(['value', 'seed'], args, named)
  const parts = textOf(bound.value ?? null).toLowerCase().split(':').filter((part) => part !== '')
  const isValid = parts.length >= 1 && parts.length <= 5 && parts.every((part) => /^[\da-f]{2}$/.test(part))
  if (!isValid) throw new EvaluationError('filter-argument', `Cannot use '${textOf(bound.value ?? null)}' as the start of a hardware address`)
  const number = 0x1000000000 + randomSource(bound.seed)(0xf000000000)
  const digits = number.toString(16).slice(0, 2 * (6 - parts.length))
  return [...parts, ...digits.match(/../g) ?? []].join(':')
}
