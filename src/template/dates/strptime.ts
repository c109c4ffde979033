import { EvaluationError } from '../evaluation-error.ts'
import { monthNumber } from './strftime.ts'

/** What a text says of a moment; missing parts are those of 1900-01-01 00:00. */
export interface ParsedTime {
  readonly milliseconds: number
  readonly microseconds: number
  /** Minutes east of Greenwich, when the text tells. */
  readonly offset: number | undefined
}

const PATTERNS: Readonly<Record<string, string>> = {
  Y: '(?<Y>\\d{4})', m: '(?<m>1[0-2]|0?[1-9])', d: '(?<d>3[01]|[12]\\d|0?[1-9]| [1-9])', e: '(?<d>3[01]|[12]\\d|0?[1-9]| [1-9])',
  H: '(?<H>2[0-3]|[01]?\\d)', I: '(?<I>1[0-2]|0?[1-9])', M: '(?<M>[0-5]?\\d)', S: '(?<S>6[01]|[0-5]?\\d)', f: '(?<f>\\d{1,6})', y: '(?<y>\\d{2})',
  b: '(?<b>[A-Za-z]{3})', B: '(?<b>[A-Za-z]+)', h: '(?<b>[A-Za-z]{3})', a: '[A-Za-z]{3}', A: '[A-Za-z]+', p: '(?<p>[AaPp][Mm])',
  j: '(?<j>\\d{1,3})', z: '(?<z>Z|[+-]\\d{2}:?\\d{2})', Z: '[A-Za-z]+', w: '[0-6]', s: '(?<s>\\d+)', '%': '%',
}

/** Reads a date as Python's `strptime` does. */
export function strptime(text: string, format: string): ParsedTime {
  const expanded = format.replaceAll('%F', '%Y-%m-%d').replaceAll('%T', '%H:%M:%S').replaceAll('%R', '%H:%M').replaceAll('%D', '%m/%d/%y')
  const source = expanded.replace(/%(.)|\s+|[\\^$.*+?()[\]{}|/]/g, (part, letter: string | undefined) => {
    if (letter === undefined) return /\s/.test(part) ? '\\s+' : `\\${part}`
    const pattern = Object.hasOwn(PATTERNS, letter) ? PATTERNS[letter] : undefined
    if (pattern === undefined) throw new EvaluationError('filter-argument', `Cannot read a date by '${format}': '%${letter}' is not known`)
    return pattern
  })
  const match = new RegExp(`^${source}$`).exec(text)
  if (match === null) throw new EvaluationError('filter-argument', `Cannot read '${text}' as a date by '${format}'`)
  return combine(match.groups ?? {})
}

type Groups = Readonly<Record<string, string | undefined>>

function combine(groups: Groups): ParsedTime {
  const number = (name: string, fallback: number) => Number(groups[name] ?? fallback)
  const microseconds = Number((groups['f'] ?? '0').padEnd(6, '0'))
  if (groups['s'] !== undefined) return { milliseconds: number('s', 0) * 1000, microseconds, offset: 0 }
  const month = groups['b'] === undefined ? number('m', 1) : monthNumber(groups['b'].toLowerCase())
  const day = groups['j'] === undefined ? number('d', 1) : number('j', 1)
  const milliseconds = Date.UTC(yearOf(groups), (groups['j'] === undefined ? month : 1) - 1, day, hourOf(groups), number('M', 0), number('S', 0))
  return { milliseconds, microseconds, offset: offsetOf(groups['z']) }
}

function yearOf({ Y, y }: Groups): number {
  if (Y !== undefined) return Number(Y)
  return y === undefined ? 1900 : Number(y) + (Number(y) < 69 ? 2000 : 1900)
}

function hourOf({ H, I, p }: Groups): number {
  if (I === undefined) return Number(H ?? 0)
  return Number(I) % 12 + (p?.toLowerCase() === 'pm' ? 12 : 0)
}

function offsetOf(zone: string | undefined): number | undefined {
  if (zone === undefined) return undefined
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(zone) ?? []
  return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0))
}
