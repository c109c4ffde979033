import { textOf } from '../../value/text.ts'
import type { Value } from '../../value/value.ts'
import { EvaluationError } from '../evaluation-error.ts'
import { formatPercent } from '../runtime/format-percent.ts'
import { keyValues } from './key-values.ts'

const SHORTCUT = /^(?:([^\s:/=-]+)-)?([^\s:/=-]+)(?:\/([^\s:=]+))?(?::(.+))?$/

/** Texts of numbers: `5-8`, `4:host%02d`, `start=0 end=10 stride=2 format=%x`. */
export function sequence(term: string, named: ReadonlyMap<string, Value>): string[] {
  const options = readOptions(term.trim(), named)
  const format = options.get('format') ?? '%d'
  if (format.split('%').length !== 2) throw new EvaluationError('lookup-failed', `bad formatting string: ${format}`, 'One %, as in host%02d, is needed')
  return numbers(options).map((number) => formatPercent(format, number))
}

function numbers(options: ReadonlyMap<string, string>): number[] {
  const option = (name: string) => options.has(name) ? integerOf(name, options.get(name) ?? '') : undefined
  const [start = 1, stride = 1, count, given] = [option('start'), option('stride'), option('count'), option('end')]
  if ((count === undefined) === (given === undefined)) throw new EvaluationError('lookup-failed', count === undefined ? 'must specify count or end in with_sequence' : "can't specify both count and end in with_sequence")
  if (count === 0 || stride === 0) return []
  const end = given ?? start + (count ?? 0) * stride - Math.sign(stride)
  requireDirection(end - start, stride)
  return Array.from({ length: Math.floor((end - start) / stride) + 1 }, (_, index) => start + index * stride)
}

function requireDirection(distance: number, stride: number): void {
  if (stride > 0 && distance < 0) throw new EvaluationError('lookup-failed', 'to count backwards make stride negative')
  if (stride < 0 && distance > 0) throw new EvaluationError('lookup-failed', "to count forward don't make stride negative")
}

function readOptions(term: string, named: ReadonlyMap<string, Value>): Map<string, string> {
  const options = new Map([...named].map(([name, value]): [string, string] => [name, textOf(value)]))
  const shortcut = SHORTCUT.exec(term)
  const given = shortcut === null ? keyValues(term).options : new Map(['start', 'end', 'stride', 'format'].flatMap((name, index) => {
    const value = shortcut[index + 1]
    return value === undefined ? [] : [[name, value] as const]
  }))
  for (const [name, value] of given) options.set(name, value)
  for (const name of options.keys()) if (!['start', 'end', 'stride', 'format', 'count'].includes(name)) throw new EvaluationError('lookup-failed', `unrecognized arguments to with_sequence: ['${name}']`, 'Known are: start, end, stride, format, count')
  return options
}

/** Decimal, 0x or octal with a leading 0, as Ansible reads them. */
function integerOf(name: string, text: string): number {
  const [sign, digits] = text.startsWith('-') ? [-1, text.slice(1)] : [1, text]
  const number = /^0[0-7]+$/.test(digits) ? parseInt(digits, 8) : Number(digits)
  if (!Number.isInteger(number)) throw new EvaluationError('lookup-failed', `Invalid type for '${name}' of a sequence: '${text}' is no whole number`)
  return sign * number
}
