import { linesOf } from '../edit/lines.ts'
import { pythonRegex, searchRegex } from '../python-regex.ts'

/** Whether an expression matches at the begin of a line, or with `whole` anywhere in the content. */
export function contentMatches(text: string | undefined, { contains, whole }: { readonly contains: string, readonly whole: boolean }): boolean {
  if (text === undefined) return false
  const regex = pythonRegex(contains)
  if (whole) return searchRegex(regex, text) !== null
  return linesOf(text).some((line) => searchRegex(regex, line)?.index === 0)
}
