export interface SplitOptions {
  /** Any `#` outside quotes ends the line. */
  readonly comments?: boolean
}

/** Splits a line into words as Python's `shlex.split` does: quotes and backslashes count, nothing is expanded. Undefined when a quote is not closed or a backslash ends it. */
export function splitWords(line: string, { comments = false }: SplitOptions = {}): string[] | undefined {
  const words: string[] = []
  let word: string | undefined
  for (let at = 0; at < line.length;) {
    const unit = unitAt(line, at)
    if (unit === undefined) return undefined
    if (comments && line.charAt(at) === '#') break
    if (unit.text !== undefined) word = (word ?? '') + unit.text
    else word = end(word, words)
    at = unit.end
  }
  end(word, words)
  return words
}

function end(word: string | undefined, words: string[]): undefined {
  if (word !== undefined) words.push(word)
}

interface Unit {
  /** Space has none. */
  readonly text: string | undefined
  readonly end: number
}

/** Space, a quoted part, an escaped character or plain text; undefined when a quote is not closed. */
function unitAt(line: string, at: number): Unit | undefined {
  for (const [pattern, text] of UNITS) {
    pattern.lastIndex = at
    const match = pattern.exec(line)
    if (match) return { text: text(match[0]), end: at + match[0].length }
  }
  return undefined
}

const UNITS: readonly (readonly [RegExp, (found: string) => string | undefined])[] = [
  [/\s+/y, () => undefined],
  [/[^\s'"\\#]+|#/y, (found) => found],
  [/'[^']*'/y, (found) => found.slice(1, -1)],
  [/"(?:[^"\\]|\\[\s\S])*"/y, (found) => found.slice(1, -1).replace(/\\(["\\])/g, '$1')],
  [/\\[\s\S]/y, (found) => found.slice(1)],
]
