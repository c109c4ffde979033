import { expandReplacement, pythonRegex, searchRegex } from '../python-regex.ts'
import { bare, closed, linesOf } from './lines.ts'

/** What `lineinfile` with `state: present` asks for. */
export interface LineEdit {
  readonly line: string
  readonly regexp?: string | undefined
  readonly search_string?: string | undefined
  readonly insertafter?: string | undefined
  readonly insertbefore?: string | undefined
  readonly firstmatch: boolean
  readonly backrefs: boolean
}

export interface EditedText {
  readonly text: string
  readonly message: string
}

/** The text with the line in it: in place of the line that matches, or inserted where it belongs. */
export function withLine(text: string, edit: LineEdit): EditedText {
  const lines = linesOf(text)
  const matched = findMatch(lines, edit)
  if (matched !== undefined) return replaced(lines, matched.index, matched.line)
  const place = findPlace(lines, edit)
  if (place.exact !== undefined) return replaced(lines, place.exact, edit.line)
  if (edit.backrefs) return unchanged(lines)
  return inserted(lines, edit, place.insert)
}

/** The text without the lines that match, and how many they were. */
export function withoutLine(text: string, edit: Pick<LineEdit, 'regexp' | 'search_string'> & { readonly line: string | undefined }): { readonly text: string, readonly found: number } {
  const matches = matcher(edit) ?? ((line: string) => bare(line) === edit.line)
  const lines = linesOf(text)
  const kept = lines.filter((line) => !matches(line))
  return { text: kept.join(''), found: lines.length - kept.length }
}

function matcher({ regexp, search_string: words }: Pick<LineEdit, 'regexp' | 'search_string'>): ((line: string) => boolean) | undefined {
  if (regexp !== undefined) {
    const regex = pythonRegex(regexp)
    return (line) => searchRegex(regex, line) !== null
  }
  return words === undefined ? undefined : (line) => line.includes(words)
}

function findMatch(lines: readonly string[], edit: LineEdit): { readonly index: number, readonly line: string } | undefined {
  const matches = matcher(edit)
  if (matches === undefined) return undefined
  const index = edit.firstmatch ? lines.findIndex(matches) : lines.findLastIndex(matches)
  const found = lines[index]
  return found === undefined ? undefined : { index, line: expanded(found, edit) }
}

function expanded(found: string, { regexp, backrefs, line }: LineEdit): string {
  const match = backrefs && regexp !== undefined ? searchRegex(pythonRegex(regexp), found) : null
  return match === null ? line : expandReplacement(line, match)
}

/** Where the line stands already, else where insertafter or insertbefore point to. */
function findPlace(lines: readonly string[], edit: LineEdit): { readonly exact?: number, readonly insert?: number } {
  const anchor = anchorOf(edit)
  let [exact, insert]: (number | undefined)[] = []
  for (const [index, line] of lines.entries()) {
    if (bare(line) === edit.line) exact = index
    else if (anchor !== undefined && searchRegex(anchor, line) !== null) {
      insert = edit.insertafter === undefined ? index : index + 1
      if (edit.firstmatch) break
    }
  }
  return { ...(exact !== undefined && { exact }), ...(insert !== undefined && { insert }) }
}

function anchorOf({ insertafter, insertbefore }: LineEdit): RegExp | undefined {
  if (insertafter !== undefined) return insertafter === 'BOF' || insertafter === 'EOF' ? undefined : pythonRegex(insertafter)
  return insertbefore === undefined || insertbefore === 'BOF' ? undefined : pythonRegex(insertbefore)
}

function replaced(lines: readonly string[], index: number, line: string): EditedText {
  const whole = line.endsWith('\n') ? line : `${line}\n`
  if (lines[index] === whole) return unchanged(lines)
  return { text: lines.with(index, whole).join(''), message: 'line replaced' }
}

function inserted(lines: readonly string[], edit: LineEdit, place: number | undefined): EditedText {
  if (edit.insertbefore === 'BOF' || edit.insertafter === 'BOF') return insertedAt(lines, 0, edit.line)
  if (place === undefined) return insertedAt(lines, lines.length, edit.line)
  if (edit.insertafter !== undefined && standsThere(lines, place, edit.line)) return unchanged(lines)
  return insertedAt(lines, place, edit.line)
}

function standsThere(lines: readonly string[], place: number, line: string): boolean {
  const neighbour = lines[place === lines.length ? place - 1 : place]
  return neighbour !== undefined && bare(neighbour) === line
}

function insertedAt(lines: readonly string[], place: number, line: string): EditedText {
  const before = place === lines.length ? closed(lines) : lines
  return { text: before.toSpliced(place, 0, `${line}\n`).join(''), message: 'line added' }
}

function unchanged(lines: readonly string[]): EditedText {
  return { text: lines.join(''), message: '' }
}
