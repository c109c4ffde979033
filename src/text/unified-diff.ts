import { editScript, type Edit } from './edit-script.ts'

export interface DiffOptions {
  readonly beforeHeader?: string
  readonly afterHeader?: string
  /** Unchanged lines shown around a change: 3 unless set. */
  readonly context?: number
}

/** A unified diff of two texts, without trailing newline; empty when they are equal. */
export function unifiedDiff(before: string, after: string, options: DiffOptions = {}): string {
  if (before === after) return ''
  const [a, b] = [linesOf(before), linesOf(after)]
  const hunks = groupHunks(editScript(a, b), options.context ?? 3)
  const header = [`--- ${options.beforeHeader ?? 'before'}`, `+++ ${options.afterHeader ?? 'after'}`]
  return [...header, ...hunks.flatMap((hunk) => hunkLines(hunk, a, b))].join('\n')
}

interface Line { readonly text: string, readonly missingNewline: boolean }

function linesOf(text: string): string[] {
  if (text === '') return []
  const lines = text.split('\n')
  if (lines.at(-1) === '') lines.pop()
  // A marker keeps a last line without newline different from the same line with one.
  else lines.push(`${lines.pop() ?? ''}${NO_NEWLINE}`)
  return lines
}

const NO_NEWLINE = '\u0000'

function groupHunks(edits: readonly Edit[], context: number): Edit[][] {
  const hunks: Edit[][] = []
  let last = -Infinity
  edits.forEach((edit, index) => {
    if (edit.kind === 'keep') return
    const from = Math.max(index - context, 0)
    if (from > last + 1) hunks.push(edits.slice(from, index))
    else hunks.at(-1)?.push(...edits.slice(last + 1, index))
    const until = nextChange(edits, index) - index > 2 * context ? index + context : nextChange(edits, index) - 1
    hunks.at(-1)?.push(...edits.slice(index, Math.min(until, edits.length - 1) + 1))
    last = Math.min(until, edits.length - 1)
  })
  return hunks
}

function nextChange(edits: readonly Edit[], index: number): number {
  for (let i = index + 1; i < edits.length; i++) if (edits[i]?.kind !== 'keep') return i
  return Infinity
}

function hunkLines(hunk: readonly Edit[], a: readonly string[], b: readonly string[]): string[] {
  const removed = hunk.filter((edit) => edit.kind !== 'insert').length
  const inserted = hunk.filter((edit) => edit.kind !== 'remove').length
  const head = `@@ -${rangeText(startBefore(hunk), removed)} +${rangeText(startAfter(hunk), inserted)} @@`
  return [head, ...hunk.flatMap((edit) => lineText(lineOf(edit, a, b), edit.kind))]
}

function startBefore(hunk: readonly Edit[]): number {
  for (const edit of hunk) if (edit.kind !== 'insert') return edit.before + 1
  return 0
}

function startAfter(hunk: readonly Edit[]): number {
  for (const edit of hunk) if (edit.kind !== 'remove') return edit.after + 1
  return 0
}

function rangeText(start: number, length: number): string {
  return length === 1 ? String(start) : `${start},${length}`
}

function lineOf(edit: Edit, a: readonly string[], b: readonly string[]): Line {
  const raw = (edit.kind === 'insert' ? b[edit.after] : a[edit.before]) ?? ''
  return raw.endsWith(NO_NEWLINE) ? { text: raw.slice(0, -1), missingNewline: true } : { text: raw, missingNewline: false }
}

const SIGN: Readonly<Record<Edit['kind'], string>> = { keep: ' ', remove: '-', insert: '+' }

function lineText(line: Line, kind: Edit['kind']): string[] {
  const text = `${SIGN[kind]}${line.text}`
  return line.missingNewline ? [text, '\\ No newline at end of file'] : [text]
}
