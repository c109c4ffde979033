import type { RawScalar } from './raw-scalar.ts'
import { NEWLINE, type Reader, SPACE } from './reader.ts'

/** Reads a literal (`|`) or folded (`>`) scalar that belongs to a node at column `parent`. Leaves the reader at a line's start. */
export function readBlockScalar(reader: Reader, parent: number): RawScalar {
  const start = reader.pos
  const header = readHeader(reader)
  const indent = header.indent === undefined ? detectIndent(reader, Math.max(parent + 1, 1)) : Math.max(parent, 0) + header.indent
  const lines = readLines(reader, indent)
  const end = contentEnd(reader, start)
  return { text: header.folded ? fold(lines, header.chomp) : join(lines, header.chomp), start, end, style: 'block' }
}

type Chomp = 'clip' | 'keep' | 'strip'

interface Header {
  readonly folded: boolean
  readonly chomp: Chomp
  readonly indent: number | undefined
}

interface Lines {
  readonly content: readonly string[]
  /** Empty lines after the last line with content. */
  readonly trailing: number
  /** Whether the last line with content ends with a line end. */
  readonly closed: boolean
}

function readHeader(reader: Reader): Header {
  HEADER.lastIndex = reader.pos
  const match = HEADER.exec(reader.text)
  if (match === null) {
    reader.fail('Cannot read the block text: only +, - and a digit may follow | or >', reader.pos, 'Put the text on the next line, indented')
  }
  reader.pos = Math.min(HEADER.lastIndex, reader.end)
  reader.lineStart = reader.pos
  const marks = match[2] ?? ''
  const digit = /\d/.exec(marks)?.[0]
  const chomp = marks.includes('+') ? 'keep' : marks.includes('-') ? 'strip' : 'clip'
  return { folded: match[1] === '>', chomp, indent: digit === undefined ? undefined : Number(digit) }
}

const HEADER = /([|>])((?:[+-]?[1-9]?)|(?:[1-9][+-]))[ \t]*(?:(?<=[ \t])#[^\n]*)?\r?(?:\n|$)/y

function detectIndent(reader: Reader, least: number): number {
  const { text, end } = reader
  for (let line = reader.pos; line < end;) {
    let at = line
    while (at < end && text.charCodeAt(at) === SPACE) at++
    const code = text.charCodeAt(at)
    if (code !== NEWLINE && code !== 13) return at < end ? Math.max(at - line, least) : least
    line = text.indexOf('\n', at) + 1
    if (line === 0) break
  }
  return least
}

function readLines(reader: Reader, indent: number): Lines {
  const content: string[] = []
  let pending = 0
  let closed = true
  while (!reader.atEnd) {
    const line = readLine(reader, indent)
    if (line === undefined) break
    if (line.text === '') pending++
    else {
      for (; pending > 0; pending--) content.push('')
      content.push(line.text)
    }
    closed = line.closed
  }
  return { content, trailing: pending, closed }
}

/** The next line without its indentation; undefined, not read, when it belongs to something else. */
function readLine(reader: Reader, indent: number): { readonly text: string, readonly closed: boolean } | undefined {
  const { text, pos, end } = reader
  let at = pos
  while (at < end && at - pos < indent && text.charCodeAt(at) === SPACE) at++
  const newline = text.indexOf('\n', at)
  const stop = newline === -1 || newline > end ? end : newline
  const content = text.slice(at, text.charCodeAt(stop - 1) === 13 ? Math.max(stop - 1, at) : stop)
  if (at - pos < indent && content !== '') return undefined
  reader.pos = Math.min(stop + 1, end)
  reader.lineStart = reader.pos
  return { text: content, closed: newline !== -1 && newline < end }
}

function join({ content, trailing, closed }: Lines, chomp: Chomp): string {
  if (content.length === 0) return chomp === 'keep' ? '\n'.repeat(trailing) : ''
  return content.join('\n') + ending({ content, trailing, closed }, chomp)
}

/** Joins lines with spaces, except around empty lines and lines that start with white space. */
function fold(lines: Lines, chomp: Chomp): string {
  const { content, trailing } = lines
  if (content.length === 0) return chomp === 'keep' ? '\n'.repeat(trailing) : ''
  let result = ''
  let previous: string | undefined
  let empty = 0
  for (const line of content) {
    if (line === '') {
      empty++
      continue
    }
    result += previous === undefined ? '\n'.repeat(empty) : separator(previous, line, empty)
    result += line
    previous = line
    empty = 0
  }
  return result + ending(lines, chomp)
}

function separator(previous: string, line: string, empty: number): string {
  if (/^[ \t]/.test(previous) || /^[ \t]/.test(line)) return '\n'.repeat(empty + 1)
  return empty === 0 ? ' ' : '\n'.repeat(empty)
}

function ending({ trailing, closed }: Lines, chomp: Chomp): string {
  if (chomp === 'strip') return ''
  const last = closed || trailing > 0 ? '\n' : ''
  return chomp === 'keep' ? last + '\n'.repeat(trailing) : last
}

function contentEnd(reader: Reader, start: number): number {
  return start + reader.text.slice(start, reader.pos).trimEnd().length
}
