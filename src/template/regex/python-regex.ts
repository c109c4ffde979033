import { EvaluationError } from '../evaluation-error.ts'
import { PatternTranslator } from './pattern-translator.ts'

export interface RegexFlags {
  readonly ignoreCase?: boolean
  readonly multiLine?: boolean
  /** `match` anchors at the start, `fullmatch` at both ends. */
  readonly anchor?: 'match' | 'fullmatch'
}

/** Makes a JavaScript expression that matches what Python's `re` would; always with the `g` flag. */
export function pythonRegex(pattern: string, { ignoreCase = false, multiLine = false, anchor }: RegexFlags = {}): RegExp {
  const translated = new PatternTranslator(pattern, { ignoreCase, multiLine }).translate()
  const anchored = anchor === undefined ? translated.source : `^(?:${translated.source})${anchor === 'fullmatch' ? '$' : ''}`
  try {
    // `^` and `$` are only left for anchors: those of the pattern itself have been spelled out.
    return new RegExp(anchored, translated.ignoreCase ? 'dgiv' : 'dgv')
  } catch (error) {
    throw new EvaluationError('filter-argument', `Cannot use '${pattern}' as a regular expression: ${reasonOf(error)}`)
  }
}

/** What the engine finds wrong, without the pattern that it was given in its own words. */
function reasonOf(error: unknown): string {
  const reason = error instanceof Error ? error.message.split(': ').at(-1) ?? '' : String(error)
  return reason.charAt(0).toLowerCase() + reason.slice(1)
}

/** Fills in a Python replacement: `\1`, `\g<1>`, `\g<name>` and escapes. */
export function expandReplacement(replacement: string, match: RegExpExecArray): string {
  if (!replacement.includes('\\')) return replacement
  return replacement.replace(/\\(?:g<([^>]*)>|([1-9]\d?)|0([0-7]{0,2})|([\s\S]))/g, (escape: string, ...[reference, number, octal, letter]: readonly (string | undefined)[]) => {
    const group = reference ?? number
    if (group !== undefined) return groupText(match, group)
    if (octal !== undefined) return String.fromCodePoint(parseInt(octal === '' ? '0' : octal, 8))
    return (letter === undefined ? undefined : LETTERS.get(letter)) ?? escape
  })
}

interface CountedText {
  readonly text: string
  readonly count: number
}

/** Replaces matches, all of them or a number of them; tells how many. */
export function substitute(regex: RegExp, replacement: string, { text, count }: CountedText): CountedText {
  let result = ''
  let end = 0
  let done = 0
  for (const match of text.matchAll(regex)) {
    if (count > 0 && done >= count) break
    result += text.slice(end, match.index) + expandReplacement(replacement, match)
    end = match.index + match[0].length
    done++
  }
  return { text: result + text.slice(end), count: done }
}

const LETTERS: ReadonlyMap<string, string> = new Map([
  ['n', '\n'], ['t', '\t'], ['r', '\r'], ['f', '\f'], ['v', '\v'], ['a', '\x07'], ['b', '\b'], ['\\', '\\'],
])

function groupText(match: RegExpExecArray, reference: string): string {
  if (!/^\d+$/.test(reference)) {
    if (match.groups === undefined || !(reference in match.groups)) throw new EvaluationError('filter-argument', `Cannot replace: the expression has no group named '${reference}'`)
    return match.groups[reference] ?? ''
  }
  const number = Number(reference)
  if (number >= match.length) throw new EvaluationError('filter-argument', `Cannot replace: the expression has no group ${number}`)
  return match[number] ?? ''
}
