import { textOf } from '../../value/text.ts'
import type { Value } from '../../value/value.ts'
import { EvaluationError } from '../evaluation-error.ts'
import { formatPercent } from '../runtime/format-percent.ts'
import { keyValues } from './key-values.ts'

const SHORTCUT = /^(?:(0x[\da-f]+|\d+)-)?(0x[\da-f]+|\d+)(?:\/(0x[\da-f]+|\d+))?(?::(.+))?$/i

/** Texts of numbers: `5-8`, `4:host%02d`, `start=0 end=10 stride=2 format=%x`. */
export function sequence(term: string, named: ReadonlyMap<string, Value>): string[] {
  const options = readOptions(term.trim(), named)
  const format = options.get('format') ?? '%d'
  if (format.split('%').length !== 2) throw new EvaluationError('lookup-failed', `Cannot use '${format}' as the format of a sequence: one % is needed`)
  return numbers(options).map((number) => formatPercent(format, number))
}

function numbers(options: ReadonlyMap<string, string>): number[] {
  const option = (name: string) => options.has(name) ? integerOf(options.get(name) ?? '') : undefined
  const [start = 1, stride = 1, count, given] = [option('start'), option('stride'), option('count'), option('end')]
  if ((count === undefined) === (given === undefined)) throw new EvaluationError('lookup-failed', "Cannot make a sequence: give either 'end' or 'count'")
  if (count === 0 || stride === 0) return []
  const end = given ?? start + (count ?? 0) * stride - Math.sign(stride)
  requireDirection(end - start, stride)
  return Array.from({ length: Math.floor((end - start) / stride) + 1 }, (_, index) => start + index * stride)
}

function requireDirection(distance: number, stride: number): void {
  if (stride > 0 && distance < 0) throw new EvaluationError('lookup-failed', 'Cannot count backwards: make the stride negative')
  if (stride < 0 && distance > 0) throw new EvaluationError('lookup-failed', 'Cannot count forwards with a negative stride')
}

function readOptions(term: string, named: ReadonlyMap<string, Value>): Map<string, string> {
  const options = new Map([...named].map(([name, value]): [string, string] => [name, textOf(value)]))
  const shortcut = SHORTCUT.exec(term)
  const given = shortcut === null ? keyValues(term).options : new Map(['start', 'end', 'stride', 'format'].flatMap((name, index) => {
    const value = shortcut[index + 1]
    return value === undefined ? [] : [[name, value] as const]
  }))
  for (const [name, value] of given) options.set(name, value)
  for (const name of options.keys()) if (!['start', 'end', 'stride', 'format', 'count'].includes(name)) throw new EvaluationError('lookup-failed', `Cannot take '${name}' for a sequence`, 'Known are: start, end, stride, format, count')
  return options
}

/** Decimal, 0x or octal with a leading 0, as Ansible reads them. */
function integerOf(text: string): number {
  const [sign, digits] = text.startsWith('-') ? [-1, text.slice(1)] : [1, text]
  const number = /^0[0-7]+$/.test(digits) ? parseInt(digits, 8) : Number(digits)
  if (!Number.isInteger(number)) throw new EvaluationError('lookup-failed', `Cannot read '${text}' as a number of a sequence`)
  return sign * number
}
