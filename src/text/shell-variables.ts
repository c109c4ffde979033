import type { SourceFile, SourceRange } from '../diagnostics/types.ts'

/** One `name=value` line of a shell-syntax settings file. */
export interface ShellAssignment {
  readonly name: string
  /** What the shell would assign, quotes and escapes undone. */
  readonly value: string
  readonly range: SourceRange
  /** Where the value stands, quotes included. */
  readonly valueRange: SourceRange
}

/** A line that is no plain assignment. */
export interface BrokenLine {
  readonly range: SourceRange
  readonly reason: string
}

export interface ShellVariables {
  readonly assignments: readonly ShellAssignment[]
  readonly broken: readonly BrokenLine[]
}

/** Reads a file that is meant to be sourced by a shell, without running it: one assignment a line, comments, quotes, escapes; nothing that a shell would have to expand. */
export function parseShellVariables(file: SourceFile): ShellVariables {
  const assignments: ShellAssignment[] = []
  const broken: BrokenLine[] = []
  let start = 0
  for (const raw of file.text.split('\n')) {
    const line = raw.replace(/\r$/, '')
    const read = readLine(line)
    const at = (from: number, to: number): SourceRange => ({ file, start: start + from, end: start + to })
    if (read !== undefined && 'reason' in read) broken.push({ reason: read.reason, range: at(read.from, Math.max(line.length, read.from + 1)) })
    else if (read !== undefined) {
      assignments.push({ name: read.name, value: read.value, range: at(read.from, read.to), valueRange: at(read.valueFrom, read.to) })
    }
    start += raw.length + 1
  }
  return { assignments, broken }
}

interface ReadAssignment {
  readonly name: string
  readonly value: string
  readonly from: number
  readonly valueFrom: number
  readonly to: number
}

interface ReadFailure {
  readonly reason: string
  readonly from: number
}

function readLine(line: string): ReadAssignment | ReadFailure | undefined {
  if (/^\s*(?:#|$)/.test(line)) return undefined
  const start = /^(\s*(?:export\s+)?)([A-Za-z_]\w*)=/.exec(line)
  const from = line.length - line.trimStart().length
  if (start === null) return { from, reason: startReason(line) }
  const valueFrom = start[0].length
  const value = readWord(line, valueFrom)
  if ('reason' in value) return value
  const rest = line.slice(value.end)
  if (/^\s*;?\s*(?:(?<=[\s;])#.*)?$/.test(rest)) return { name: start[2] ?? '', value: value.text, from, valueFrom, to: value.end }
  return { from: value.end, reason: 'only a comment may follow the value: quote the whole value' }
}

function startReason(line: string): string {
  return /^\s*[A-Za-z_]\w*\s+=|^\s*[A-Za-z_]\w*=\s*$/.test(line) ? 'no space may stand before the equals sign' : 'it is not an assignment such as name="value"'
}

interface Word {
  readonly text: string
  readonly end: number
}

/** The word at an offset: quoted and bare parts joined. */
function readWord(line: string, start: number): Word | ReadFailure {
  let text = ''
  let at = start
  while (at < line.length && !/[\s;]/.test(line.charAt(at))) {
    const part = readPart(line, at)
    if ('reason' in part) return part
    text += part.text
    at = part.end
  }
  return { text, end: at }
}

function readPart(line: string, at: number): Word | ReadFailure {
  const mark = line.charAt(at)
  if (mark === "'") return readSingle(line, at)
  if (mark === '"') return readDouble(line, at)
  if (mark === '\\') return at + 1 < line.length ? { text: line.charAt(at + 1), end: at + 2 } : { from: at, reason: 'it goes on on the next line' }
  if (isExpansion(line, at)) return expansion(at)
  if (/[()<>|&]/.test(mark)) return { from: at, reason: `${mark} must be quoted` }
  return { text: mark, end: at + 1 }
}

function readSingle(line: string, at: number): Word | ReadFailure {
  const close = line.indexOf("'", at + 1)
  return close === -1 ? { from: at, reason: 'the closing quote is missing' } : { text: line.slice(at + 1, close), end: close + 1 }
}

function readDouble(line: string, start: number): Word | ReadFailure {
  let text = ''
  for (let at = start + 1; at < line.length; at++) {
    const mark = line.charAt(at)
    if (mark === '"') return { text, end: at + 1 }
    if (isExpansion(line, at)) return expansion(at)
    const escaped = mark === '\\' && /["\\$`]/.test(line.charAt(at + 1))
    text += escaped ? line.charAt(++at) : mark
  }
  return { from: start, reason: 'the closing quote is missing' }
}

function isExpansion(line: string, at: number): boolean {
  return line.charAt(at) === '`' || /^\$[\w({@*#?$!-]/.test(line.slice(at, at + 2))
}

function expansion(from: number): ReadFailure {
  return { from, reason: 'only a shell could expand this, and settings files are read without running them' }
}
