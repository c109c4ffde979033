import { ModuleFailure } from '../../../module/module.ts'
import { expandReplacement, pythonRegex, searchRegex } from '../python-regex.ts'

/** What `replace` asks for. */
export interface ReplaceEdit {
  readonly regexp: string
  readonly replace: string
  readonly after: string | undefined
  readonly before: string | undefined
}

export interface Replaced {
  readonly text: string
  readonly count: number
  /** Why nothing was looked at. */
  readonly problem?: string
}

/** The text with every match replaced, in the section between `after` and `before` where one is named. */
export function replaceMatches(text: string, edit: ReplaceEdit): Replaced {
  const section = sectionOf(text, edit)
  if (section === undefined) return { text, count: 0, problem: `Pattern for before/after params did not match the given file: ${sectionPattern(edit) ?? ''}` }
  refuseBadEscape(edit.replace)
  const regex = pythonRegex(edit.regexp, { multiline: true })
  const inside = text.slice(section.start, section.end)
  const matches = [...inside.matchAll(regex)]
  const replaced = matches.reduceRight((so, match) => so.slice(0, match.index) + filled(edit.replace, match) + so.slice(match.index + match[0].length), inside)
  return { text: text.slice(0, section.start) + replaced + text.slice(section.end), count: matches.length }
}

/** Python looks at the replacement even where nothing matches. */
function refuseBadEscape(replacement: string): void {
  const bad = [...replacement.matchAll(/\\([\s\S])/g)].find(([, letter = '']) => /[a-zA-Z]/.test(letter) && !'abfgnrtv'.includes(letter))
  if (bad !== undefined) throw new ModuleFailure(`Unable to process replace due to error: bad escape ${bad[0]} at position ${bad.index}`)
}

function filled(replacement: string, match: RegExpExecArray): string {
  try {
    return expandReplacement(replacement, match)
  } catch (error) {
    throw error instanceof ModuleFailure ? new ModuleFailure(`Unable to process replace due to error: ${error.message}`) : error
  }
}

interface Section {
  readonly start: number
  readonly end: number
}

function sectionPattern({ after, before }: ReplaceEdit): string | undefined {
  if (after !== undefined && before !== undefined) return `${after}(?P<subsection>.*?)${before}`
  if (after !== undefined) return `${after}(?P<subsection>.*)`
  return before === undefined ? undefined : `(?P<subsection>.*)${before}`
}

function sectionOf(text: string, edit: ReplaceEdit): Section | undefined {
  const pattern = sectionPattern(edit)
  if (pattern === undefined) return { start: 0, end: text.length }
  const match = searchRegex(pythonRegex(pattern, { dotAll: true }), text)
  const place = match?.indices?.groups?.['subsection']
  if (match !== null && place === undefined) throw new ModuleFailure(`Cannot tell the section of ${pattern}`)
  return place === undefined ? undefined : { start: place[0], end: place[1] }
}
