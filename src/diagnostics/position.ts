import type { SourceFile, SourceRange } from './types.ts'

/** Line and column, both counted from 1; columns count UTF-16 units. */
export interface Position {
  readonly line: number
  readonly column: number
}

/** Where an offset of a text is. */
export function positionAt(file: SourceFile, offset: number): Position {
  const before = file.text.slice(0, offset)
  const lineStart = before.lastIndexOf('\n') + 1
  return { line: countNewlines(before) + 1, column: before.length - lineStart + 1 }
}

/** `path:line:column` of the start of a range. */
export function locationText(range: SourceRange): string {
  const { line, column } = positionAt(range.file, range.start)
  return `${range.file.path}:${line}:${column}`
}

function countNewlines(text: string): number {
  let count = 0
  for (let index = text.indexOf('\n'); index !== -1; index = text.indexOf('\n', index + 1)) count++
  return count
}
