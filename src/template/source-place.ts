import type { SourceRange } from '../diagnostics/types.ts'

/** Text of a template, and where a source file holds it. */
export interface TemplateText {
  readonly source: string
  readonly range: SourceRange | undefined
}

/**
 * The range in the source file of a stretch of a template. YAML may have quoted, folded or indented the text, so what
 * stands there is searched for, counting earlier occurrences; when it is not found the whole template is the answer.
 */
export function placeInFile({ source, range }: TemplateText, start: number, end?: number): SourceRange | undefined {
  if (range === undefined) return undefined
  const length = Math.max(1, (end ?? wordEnd(source, start)) - start)
  const offset = offsetInFile({ source, range }, start)
  if (offset === undefined) return range
  return { file: range.file, start: offset, end: Math.min(offset + length, range.file.text.length) }
}

function wordEnd(source: string, start: number): number {
  const word = /^(?:[\p{L}\p{N}_.]+|\S)/u.exec(source.slice(start))
  return start + (word?.[0].length ?? 1)
}

function offsetInFile({ source, range }: { source: string, range: SourceRange }, start: number): number | undefined {
  const text = range.file.text.slice(range.start, range.end)
  for (const lead of [0, 1]) if (text.startsWith(source, lead)) return range.start + lead + start
  const line = source.slice(start).split('\n', 1)[0] ?? ''
  for (let length = Math.min(line.length, 40); length > 0; length = Math.floor(length / 2)) {
    const found = nthOccurrence(text, line.slice(0, length), countBefore(source, line.slice(0, length), start))
    if (found >= 0) return range.start + found
  }
  return undefined
}

function countBefore(source: string, part: string, end: number): number {
  let count = 0
  for (let at = source.indexOf(part); at >= 0 && at < end; at = source.indexOf(part, at + 1)) count++
  return count
}

function nthOccurrence(text: string, part: string, count: number): number {
  let at = text.indexOf(part)
  for (let index = 0; index < count && at >= 0; index++) at = text.indexOf(part, at + 1)
  return at
}
