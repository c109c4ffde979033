import { textOf } from '../../value/text.ts'
import type { Value } from '../../value/value.ts'
import { bind, flagArgument, numberArgument, strictText, textArgument } from '../arguments.ts'
import { EvaluationError } from '../evaluation-error.ts'
import { itemsOf } from '../iterate.ts'
import { splitLines } from '../methods/text-operations.ts'

/** Cuts text at a length, at a word's end unless told otherwise; up to `leeway` more characters are let be. */
export function truncate(args: readonly Value[], named: ReadonlyMap<string, Value>): Value {
  const bound = bind(['s', 'length', 'killwords', 'end', 'leeway'], args, named)
  const [value, end] = [bound.s ?? null, textArgument(bound.end, '...')]
  const length = numberArgument(bound.length, 255)
  const [enough, least] = [length + numberArgument(bound.leeway, 5), end.length]
  if (length < least) throw new EvaluationError('filter-argument', `Cannot cut at ${length}: that leaves no room for '${end}'`)
  if (typeof value !== 'string' && itemsOf(value).length <= enough) return value
  const text = strictText(value, 's')
  if (text.length <= enough) return text
  const cut = text.slice(0, Math.max(0, length - end.length))
  const space = cut.lastIndexOf(' ')
  return (flagArgument(bound.killwords, false) || space < 0 ? cut : cut.slice(0, space)) + end
}

/** Breaks lines at a width, between words where it can. */
export function wordwrap(args: readonly Value[], named: ReadonlyMap<string, Value>): Value {
  const bound = bind(['s', 'width', 'break_long_words', 'wrapstring', 'break_on_hyphens'], args, named)
  const options = {
    width: numberArgument(bound.width, 79),
    breakLong: flagArgument(bound.break_long_words, true),
    hyphens: flagArgument(bound.break_on_hyphens, true),
  }
  const newline = bound.wrapstring === undefined || bound.wrapstring === null ? '\n' : textOf(bound.wrapstring)
  return splitLines(textOf(bound.s ?? null), false).map((line) => wrapLine(line, options).join(newline)).join(newline)
}

interface WrapOptions {
  readonly width: number
  readonly breakLong: boolean
  readonly hyphens: boolean
}

/** Words, spaces, and with hyphens the parts of words. */
const CHUNKS = /(\s+|[^\s-]*[\p{L}_]-(?=[\p{L}_]{2})|\S+?(?=-{2,}[\p{L}\p{N}_])|-{2,}(?=[\p{L}\p{N}_]))/u

/** Fills lines greedily, as Python's textwrap does. */
function wrapLine(line: string, options: WrapOptions): string[] {
  const pattern = options.hyphens ? CHUNKS : /(\s+)/
  const chunks = line.split(pattern).filter((chunk) => chunk !== '').reverse()
  const lines: string[] = []
  while (chunks.length > 0) {
    if (chunks.at(-1)?.trim() === '' && lines.length > 0) chunks.pop()
    const current = takeLine(chunks, options)
    if (current.at(-1) !== '' && current.at(-1)?.trim() === '') current.pop()
    if (current.length > 0) lines.push(current.join(''))
  }
  return lines
}

/** As many chunks as fit, from the end of the list; one that is too long for any line may be cut. */
function takeLine(chunks: string[], { width, breakLong }: WrapOptions): string[] {
  const current: string[] = []
  let length = 0
  for (let next = chunks.at(-1); next !== undefined && length + next.length <= width; next = chunks.at(-1)) {
    current.push(next)
    length += next.length
    chunks.pop()
  }
  const long = chunks.at(-1)
  if (long === undefined || long.length <= width) return current
  if (breakLong) {
    const space = Math.max(width - length, 0)
    current.push(long.slice(0, space))
    chunks[chunks.length - 1] = long.slice(space)
  } else if (current.length === 0) current.push(chunks.pop() ?? '')
  return current
}
