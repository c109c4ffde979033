import { assignmentsIn, encoded, type Assignment } from './assignments.ts'

/** Edits of a settings file. */
export interface VariableEdits {
  readonly set: ReadonlyMap<string, string>
  /** Words of values, and what they become. */
  readonly rename: ReadonlyMap<string, string>
  /** Variables that `rename` looks at; undefined for all. */
  readonly within: readonly string[] | undefined
  readonly unset: readonly string[]
  /** Regular expression of the line that new variables are put behind; undefined or not found: at the end. */
  readonly after: RegExp | undefined
}

/** The text with variables set, words renamed and variables removed; comments, order and quotes stay. */
export function editVariables(text: string, edits: VariableEdits): string {
  const renamed = rewritten(text, (assignment) => renameWords(assignment, edits))
  const last = new Map(assignmentsIn(renamed).map((assignment) => [assignment.name, assignment.start]))
  const settled = rewritten(renamed, ({ name, start, value }) => (last.get(name) === start ? edits.set.get(name) ?? value : value))
  const missing = [...edits.set].filter(([name]) => !last.has(name)).map(([name, value]) => `${name}=${encoded(value)}\n`)
  return withoutVariables(withLines(settled, missing.join(''), edits.after), edits.unset)
}

/** A word is whole where no letter, digit, underscore, dash or dotted part is beside it: renaming a name twice changes it once. */
function renameWords({ name, value }: Assignment, { rename, within }: VariableEdits): string {
  if (within !== undefined && !within.includes(name)) return value
  // All words at once: a name that one rename gives is not renamed by the next.
  const words = [...rename.keys()].sort((a, b) => b.length - a.length)
  if (words.length === 0) return value
  const literals = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')
  return value.replace(new RegExp(`(?<![\\w.-])(?:${literals})(?![\\w-]|\\.\\w)`, 'g'), (word) => rename.get(word) ?? word)
}

function rewritten(text: string, valueOf: (assignment: Assignment) => string): string {
  return assignmentsIn(text).reduceRight((so, assignment) => {
    const value = valueOf(assignment)
    return value === assignment.value ? so : so.slice(0, assignment.start) + encoded(value, assignment.quote) + so.slice(assignment.end)
  }, text)
}

function withLines(text: string, lines: string, after: RegExp | undefined): string {
  if (lines === '') return text
  const match = after?.exec(text)
  const closed = text === '' || text.endsWith('\n') ? text : `${text}\n`
  if (match === null || match === undefined) return closed + lines
  const at = closed.indexOf('\n', match.index + match[0].length) + 1
  return closed.slice(0, at) + lines + closed.slice(at)
}

function withoutVariables(text: string, names: readonly string[]): string {
  return assignmentsIn(text).filter(({ name }) => names.includes(name)).reduceRight((so, { start, end }) => {
    const lineStart = so.lastIndexOf('\n', start - 1) + 1
    const lineEnd = so.indexOf('\n', end)
    return so.slice(0, lineStart) + (lineEnd < 0 ? '' : so.slice(lineEnd + 1))
  }, text)
}
