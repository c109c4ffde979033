import type { Document, ErrorCode, YAMLError } from 'yaml'
import type { SourceFile } from '../diagnostics/types.ts'
import type { Problems } from './problems.ts'

/** Turns the errors of package yaml into diagnostics with a hint; what follows from an earlier one on the same line is left out. */
export function reportSyntaxErrors(file: SourceFile, document: Document.Parsed, problems: Problems): void {
  const seen = new Set<number>()
  for (const error of document.errors) {
    const line = lineStart(file.text, error.pos[0])
    if (seen.has(line)) continue
    seen.add(line)
    report(file, error, problems)
  }
}

function report(file: SourceFile, error: YAMLError, problems: Problems): void {
  const [start, end] = error.pos
  const from = Math.min(start, Math.max(0, file.text.length - 1))
  problems.error('yaml-syntax', `Cannot read the ${file.path.endsWith('.json') ? 'JSON' : 'YAML'}: ${lowerFirst(error.message.replace(/\.?\s*$/, ''))}`, {
    range: { file, start: from, end: Math.max(from + 1, Math.min(end, file.text.length)) },
    hint: hintFor(file.text, error),
  })
}

const QUOTE = 'Quote the whole value'

const HINTS: Readonly<Partial<Record<ErrorCode, string>>> = {
  BLOCK_AS_IMPLICIT_KEY: `${QUOTE}, or put the nested mapping on lines of its own`,
  BAD_SCALAR_START: QUOTE,
  TAB_AS_INDENT: 'Indent with spaces: YAML allows no tabs there',
  BAD_INDENT: 'Indent the entries of one list or mapping alike',
  MISSING_CHAR: 'Look for a missing colon, space, quote or bracket',
  MULTILINE_IMPLICIT_KEY: 'If the line continues the value above, indent it further; if it is a key, end it with a colon',
  BAD_ALIAS: `Define the anchor first, or ${lowerFirst(QUOTE)} if the * is meant as text`,
}

/** A value that starts with `{{` or a quote and goes on behind it is what people run into most. */
function hintFor(text: string, error: YAMLError): string | undefined {
  const line = text.slice(lineStart(text, error.pos[0]), lineEnd(text, error.pos[0]))
  if (/:\s+\{\{|^\s*-\s+\{\{/.test(line)) return 'Quote the whole value: "{{ ... }}"'
  if (/:\s+(["']).*\1\s*\S/.test(line)) return 'Quote the whole value, not a part of it'
  return HINTS[error.code]
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', Math.max(0, offset - 1)) + 1
}

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset)
  return end === -1 ? text.length : end
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
