import { textOf } from '../../value/text.ts'
import type { Value } from '../../value/value.ts'
import { bind, flagArgument, numberArgument, textArgument } from '../arguments.ts'
import { splitLines } from '../methods/text-operations.ts'

/** Cuts text at a length, at a word's end unless told otherwise; up to `leeway` more characters are let be. */
export function truncate(args: readonly Value[], named: ReadonlyMap<string, Value>): Value {
  const bound = bind(['s', 'length', 'killwords', 'end', 'leeway'], args, named)
  const [text, end] = [textOf(bound.s ?? null), textArgument(bound.end, '...')]
  const length = numberArgument(bound.length, 255)
  if (text.length <= length + numberArgument(bound.leeway, 5)) return text
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

function wrapLine(line: string, options: WrapOptions): string[] {
  const chunks = line.match(options.hyphens ? /\s+|[^\s-]*[\p{L}\p{N}]-(?=[\p{L}])|\S+?(?=[\p{L}\p{N}_]-[\p{L}])[\p{L}\p{N}_]-|\S+/gu : /\s+|\S+/g) ?? []
  const lines: string[] = []
  let current = ''
  for (const chunk of chunks.flatMap((part) => pieces(part, options))) {
    const isSpace = chunk.trim() === ''
    if (current.length + chunk.length > options.width && current.trim() !== '') {
      lines.push(current.trimEnd())
      current = isSpace ? '' : chunk
    } else current += startsWithSpace(isSpace, current, lines) ? '' : chunk
  }
  if (current.trim() !== '') lines.push(current.trimEnd())
  return lines
}

/** Space at the start of a line is dropped, but not at the start of the text. */
function startsWithSpace(isSpace: boolean, current: string, lines: readonly string[]): boolean {
  return isSpace && current === '' && lines.length > 0
}

function pieces(chunk: string, { width, breakLong }: WrapOptions): string[] {
  if (!breakLong || chunk.length <= width || chunk.trim() === '') return [chunk]
  return chunk.match(new RegExp(`.{1,${width}}`, 'gsu')) ?? [chunk]
}
