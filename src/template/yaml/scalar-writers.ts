import type { Output } from './output.ts'
import { isBreak, isPrintable } from './scalar-analysis.ts'

/** Writes text without quotes; long lines are folded at spaces. */
export function writePlain(text: string, split: boolean, output: Output): void {
  if (text !== '' && !output.whitespace) output.put(' ')
  writeFolded(text, { split, output, edges: true, write: (character) => { output.put(character) } })
  output.settle({ whitespace: false, indention: false })
}

/** Quotes are doubled, line ends too. */
export function writeSingleQuoted(text: string, split: boolean, output: Output): void {
  output.indicator("'", { spaceBefore: true })
  writeFolded(text, { split, output, edges: false, write: (character) => { output.put(character === "'" ? "''" : character) } })
  output.indicator("'")
  output.settle({ whitespace: false, indention: false })
}

/** All that cannot be read is escaped. */
export function writeDoubleQuoted(text: string, split: boolean, output: Output): void {
  output.indicator('"', { spaceBefore: true })
  const characters = [...text]
  let afterSpace = false
  characters.forEach((character, index) => {
    const isInside = index > 0 && index < characters.length - 1
    const folds = character === ' ' && split && !afterSpace && isInside && output.column > output.width
    if (folds) {
      output.indented()
      if (characters[index + 1] === ' ') output.put('\\')
    } else output.put(needsEscape(character) ? escape(character) : character)
    afterSpace = character === ' '
  })
  output.indicator('"')
  output.settle({ whitespace: false, indention: false })
}

/** As it is, line by line, under a bar that says whether the text ends with a line end. */
export function writeLiteral(text: string, _split: boolean, output: Output): void {
  const hint = /^[ \n]/.test(text) ? String(output.step) : ''
  output.indicator(`|${hint}${chomping(text)}`, { spaceBefore: true })
  for (const line of text.replace(/\n$/, '').split('\n')) {
    output.lineBreak()
    output.settle({ whitespace: true, indention: true })
    if (line !== '') output.indented()
    output.put(line)
  }
  output.settle({ whitespace: false, indention: false })
}

function chomping(text: string): string {
  if (!text.endsWith('\n')) return '-'
  return text === '\n' || text.endsWith('\n\n') ? '+' : ''
}

interface Folding {
  readonly split: boolean
  readonly output: Output
  /** Whether the first and last character may be a fold. */
  readonly edges: boolean
  readonly write: (character: string) => void
}

function writeFolded(text: string, folding: Folding): void {
  const { output } = folding
  const characters = [...text]
  let before = ''
  characters.forEach((character, index) => {
    if (character === ' ') writeSpace(folding, { before, after: characters[index + 1], isEdge: index === 0 || index === characters.length - 1 })
    else if (isBreak(character)) writeBreak(character, before, output)
    else {
      if (isBreak(before)) output.indented()
      folding.write(character)
      output.settle({ whitespace: output.whitespace, indention: false })
    }
    before = character
  })
  if (isBreak(before)) output.indented()
}

interface Neighbours {
  readonly before: string
  readonly after: string | undefined
  readonly isEdge: boolean
}

/** A single space may become the end of a line that is too long. */
function writeSpace({ split, output, edges }: Folding, { before, after, isEdge }: Neighbours): void {
  const isAlone = before !== ' ' && after !== ' '
  if (split && isAlone && (edges || !isEdge) && output.column > output.width) output.indented()
  else output.put(' ')
}

/** A line end inside quotes is written twice: a single one would be read as a space. */
function writeBreak(character: string, before: string, output: Output): void {
  if (!isBreak(before) && character === '\n') output.lineBreak()
  output.lineBreak()
  output.settle({ whitespace: output.whitespace, indention: true })
}

const SHORT: ReadonlyMap<string, string> = new Map([
  ['\0', '\\0'], ['\x07', '\\a'], ['\b', '\\b'], ['\t', '\\t'], ['\n', '\\n'], ['\v', '\\v'], ['\f', '\\f'], ['\r', '\\r'],
  ['\x1b', '\\e'], ['"', '\\"'], ['\\', '\\\\'], ['\x85', '\\N'], ['\u2028', '\\L'], ['\u2029', '\\P'],
])

function needsEscape(character: string): boolean {
  return SHORT.has(character) || !isPrintable(character)
}

function escape(character: string): string {
  const short = SHORT.get(character)
  if (short !== undefined) return short
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase()
  if (code.length <= 2) return `\\x${code.padStart(2, '0')}`
  return code.length <= 4 ? `\\u${code.padStart(4, '0')}` : `\\U${code.padStart(8, '0')}`
}
