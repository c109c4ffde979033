import type { SourceFile, SourceRange } from '../../diagnostics/types.ts'
import { UndefinedUseError } from '../../value/use-error.ts'
import { EvaluationError } from '../evaluation-error.ts'
import { TemplateError, type TemplateErrorCode } from '../template-error.ts'
import type { TemplateFile } from '../types.ts'
import { UNDEFINED_OUTPUT } from './guarded-runtime.ts'

export interface NunjucksFailure {
  /** What nunjucks has thrown: its message tells the places. */
  readonly error: unknown
  /** What made it throw: a filter's error, or the same. */
  readonly cause: unknown
}

/** An error of the nunjucks package as one of ours, with its place. */
export function describeNunjucksError({ error, cause }: NunjucksFailure, file: TemplateFile, sources: ReadonlyMap<string, string>): TemplateError {
  const message = error instanceof Error ? error.message : String(error)
  const place = innermostPlace(message, file.path)
  const range = rangeOf({ path: place.path, text: sources.get(place.path) ?? file.text }, place)
  const isUndefined = message.includes(UNDEFINED_OUTPUT)
  const why = isUndefined ? `'${quoted(range)}' is undefined` : reason(message, cause)
  return new TemplateError({
    code: codeOf(cause, isUndefined),
    summary: `Cannot render ${place.path}: ${why}`,
    hint: cause instanceof EvaluationError ? cause.hint : undefined,
    range,
  }, { cause })
}

interface Place {
  readonly path: string
  readonly line: number
  readonly column: number
}

/** nunjucks writes a line for each template, the outermost first: `(path) [Line 3, Column 5]`. */
function innermostPlace(message: string, fallback: string): Place {
  const places = [...message.matchAll(/\(([^()]+)\)(?: \[Line (\d+), Column (\d+)\])?/g)].filter(([, path]) => path?.endsWith('.njk') === true || path === fallback)
  const [, path = fallback, line, column] = places.at(-1) ?? []
  return { path, line: Number(line ?? 0), column: Number(column ?? 0) }
}

function reason(message: string, cause: unknown): string {
  if (cause instanceof UndefinedUseError) return `'${cause.missing.name}' is undefined`
  if (cause instanceof Error && !cause.message.startsWith('(')) return cause.message.charAt(0).toLowerCase() + cause.message.slice(1)
  const [last = message] = message.split('\n').reverse()
  return last.trim().replace(/^(?:(?:Template render )?[Ee]rror: )+/, '')
}

function codeOf(cause: unknown, isUndefined: boolean): TemplateErrorCode {
  if (isUndefined || cause instanceof UndefinedUseError) return 'undefined-variable'
  if (cause instanceof EvaluationError) return cause.code
  const message = cause instanceof Error ? cause.message : ''
  if (message.includes('filter not found')) return 'unknown-filter'
  if (message.includes('template not found')) return 'template-not-found'
  return /parse|unexpected|expected|unknown block tag/.test(message) ? 'template-syntax' : 'template-type'
}

function quoted(range: SourceRange | undefined): string {
  return range === undefined ? 'a value' : range.file.text.slice(range.start, range.end)
}

/** nunjucks points at the dot or bracket of a member, or at the braces: the whole expression is more use. */
function rangeOf(file: SourceFile, { line, column }: Place): SourceRange | undefined {
  if (line < 1) return undefined
  const lines = file.text.split('\n')
  const lineStart = lines.slice(0, line - 1).reduce((length, each) => length + each.length + 1, 0)
  const text = lines[line - 1] ?? ''
  const at = Math.min(Math.max(column - 1, 0), text.length)
  const output = /^(\{\{-?\s*)(.*?)\s*(?:-?\}\}|$)/.exec(text.slice(at))
  if (output !== null) return stretch(file, lineStart + at + (output[1] ?? '').length, (output[2] ?? '').length)
  const [before = ''] = /[\w.[\]'"]*$/.exec(text.slice(0, at)) ?? []
  const [after = ''] = /^[\w.[\]'"]*/.exec(text.slice(at)) ?? []
  return stretch(file, lineStart + at - before.length, before.length + after.length)
}

function stretch(file: SourceFile, start: number, length: number): SourceRange {
  return { file, start, end: start + Math.max(length, 1) }
}
