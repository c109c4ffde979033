import { ModuleFailure } from '../../../module/module.ts'

const PLAIN = /[^\s'"\\]+/y
const SINGLE = /'([^']*)'/y
const DOUBLE = /"((?:[^"\\]|\\[\s\S])*)"/y
const ESCAPED = /\\([\s\S])/y
const SPACE = /\s+/y

/** Splits a command line into words as Python's `shlex.split` does: quotes and backslashes count, nothing is expanded. */
export function splitWords(line: string): string[] {
  const words: string[] = []
  let word: string | undefined
  for (let at = 0; at < line.length;) {
    const piece = pieceAt(line, at)
    if (piece.text === undefined && word !== undefined) words.push(word)
    word = piece.text === undefined ? undefined : (word ?? '') + piece.text
    at = piece.end
  }
  return word === undefined ? words : [...words, word]
}

interface Piece { readonly text: string | undefined, readonly end: number }

function pieceAt(line: string, at: number): Piece {
  const space = matchAt(SPACE, line, at)
  if (space !== undefined) return { text: undefined, end: at + space[0].length }
  const match = matchAt(PLAIN, line, at) ?? matchAt(SINGLE, line, at) ?? matchAt(ESCAPED, line, at)
  if (match !== undefined) return { text: match[1] ?? match[0], end: at + match[0].length }
  const double = matchAt(DOUBLE, line, at)
  if (double?.[1] !== undefined) return { text: double[1].replace(/\\(["\\])/g, '$1'), end: at + double[0].length }
  throw new ModuleFailure(`Cannot split '${line}' into words: a ${line[at] === '\\' ? 'backslash ends it' : 'quote is not closed'}`)
}

function matchAt(pattern: RegExp, line: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at
  return pattern.exec(line) ?? undefined
}
