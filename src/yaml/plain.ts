import type { RawScalar } from './raw-scalar.ts'
import { COLON, HASH, type Reader } from './reader.ts'

/** Reads the first line of a plain scalar: up to `: `, ` #`, the line's end or, inside brackets, a bracket or comma. */
export function readPlainLine(reader: Reader, flow: boolean): RawScalar {
  const start = reader.pos
  const pattern = flow ? FLOW_LINE : BLOCK_LINE
  pattern.lastIndex = start
  const text = (pattern.exec(reader.text)?.[0] ?? '').trimEnd()
  reader.pos = start + text.length
  return { text, start, end: reader.pos, style: 'plain' }
}

/** Adds the following lines that still belong to a plain scalar: those indented deeper than `indent`. */
export function continuePlain(reader: Reader, first: RawScalar, { indent, flow }: PlainContext): RawScalar {
  let text = first.text
  for (;;) {
    const lines = linesToNext(reader, { indent, flow })
    if (lines === 0) break
    const next = readPlainLine(reader, flow)
    if (next.text === '') break
    text += (lines === 1 ? ' ' : '\n'.repeat(lines - 1)) + next.text
  }
  return text === first.text ? first : { ...first, text, end: reader.pos }
}

export interface PlainContext {
  readonly indent: number
  readonly flow: boolean
}

const BLOCK_LINE = /[^\n:#]*(?:(?::(?=\S)|(?<=\S)#)[^\n:#]*)*/y
const BLANKS = /[ \t\r\n]*/y
const FLOW_LINE = /[^\n:#,[\]{}]*(?:(?::(?=[^\s,[\]{}])|(?<=\S)#)[^\n:#,[\]{}]*)*/y

/** Moves to the next line of the scalar and tells how many line ends were passed; 0, without moving, when there is none. */
function linesToNext(reader: Reader, { indent, flow }: PlainContext): number {
  BLANKS.lastIndex = reader.pos
  const blanks = BLANKS.exec(reader.text)?.[0] ?? ''
  const lines = blanks.split('\n').length - 1
  const at = reader.pos + blanks.length
  const lineStart = reader.pos + blanks.lastIndexOf('\n') + 1
  if (lines === 0 || at >= reader.end || !continues(reader.text, at, flow) || (!flow && at - lineStart <= indent)) return 0
  reader.pos = at
  reader.lineStart = lineStart
  return lines
}

function continues(text: string, at: number, flow: boolean): boolean {
  const code = text.charCodeAt(at)
  if (code === HASH) return false
  if (!flow) return true
  if (code === COLON) return !/[\s,[\]{}]/.test(text.charAt(at + 1))
  return !/[,[\]{}]/.test(text.charAt(at))
}
