import { pythonRegex, searchRegex } from '../python-regex.ts'
import { linesOf } from './lines.ts'

/** What `blockinfile` asks for. */
export interface BlockEdit {
  /** Nothing to have no block. */
  readonly block: string
  readonly begin: string
  readonly end: string
  readonly insertafter: string | undefined
  readonly insertbefore: string | undefined
  readonly prependNewline: boolean
  readonly appendNewline: boolean
}

/** The text with the block between its markers: where it is already, else where it belongs. */
export function withBlock(text: string, edit: BlockEdit): string {
  const { lines, at } = withoutOld(linesOf(text), text, edit)
  const [before, after] = [closedBefore(lines.slice(0, at)), lines.slice(at)]
  if (edit.block === '') return [...before, ...after].join('')
  const block = [edit.begin, ...linesOf(edit.block.endsWith('\n') ? edit.block : `${edit.block}\n`), edit.end]
  const above = edit.prependNewline && !isEmptyLine(before.at(-1)) ? ['\n'] : []
  const below = edit.appendNewline && !isEmptyLine(after[0]) ? ['\n'] : []
  return [...before, ...above, ...block, ...below, ...after].join('')
}

/** The edge of the file needs no empty line either. */
function isEmptyLine(line: string | undefined): boolean {
  return line === undefined || line === '\n'
}

interface Cut {
  readonly lines: readonly string[]
  /** Index of the line that the block goes before. */
  readonly at: number
}

function withoutOld(lines: readonly string[], text: string, edit: BlockEdit): Cut {
  const [first, last] = [lines.lastIndexOf(edit.begin), lines.lastIndexOf(edit.end)]
  if (first < 0 || last < 0) return { lines, at: placeFor(lines, text, edit) }
  const [from, to] = [Math.min(first, last), Math.max(first, last)]
  return { lines: lines.toSpliced(from, to - from + 1), at: from }
}

function placeFor(lines: readonly string[], text: string, { insertafter, insertbefore }: BlockEdit): number {
  const anchor = insertafter === undefined || insertafter === 'EOF' ? insertbefore : insertafter
  if (anchor === undefined) return lines.length
  if (anchor === 'BOF') return 0
  const after = anchor === insertafter
  const found = /^\(\?[a-z]*m/.test(anchor) ? placeOfMatch(text, anchor, after) : placeOfLine(lines, anchor, after)
  return found ?? lines.length
}

/** With `(?m)` the expression is looked for in the whole text. */
function placeOfMatch(text: string, anchor: string, after: boolean): number | undefined {
  const match = searchRegex(pythonRegex(anchor), text)
  if (match === null) return undefined
  const linesBefore = text.slice(0, after ? match.index + match[0].length : match.index).split('\n').length - 1
  return after ? linesBefore + 1 : linesBefore
}

function placeOfLine(lines: readonly string[], anchor: string, after: boolean): number | undefined {
  const regex = pythonRegex(anchor)
  const index = lines.findLastIndex((line) => searchRegex(regex, line) !== null)
  if (index < 0) return undefined
  return after ? index + 1 : index
}

function closedBefore(lines: readonly string[]): readonly string[] {
  const last = lines.at(-1)
  return last === undefined || last.endsWith('\n') ? lines : [...lines.slice(0, -1), `${last}\n`]
}
