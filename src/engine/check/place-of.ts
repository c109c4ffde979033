import type { SourceRange } from '../../diagnostics/types.ts'

/** Where a text first stands as a word of its own within a stretch of source: for values that carry no place of their own. */
export function placeOf(text: string, { file, start, end }: SourceRange): SourceRange | undefined {
  if (text === '') return undefined
  for (let at = file.text.indexOf(text, start); at !== -1 && at < end; at = file.text.indexOf(text, at + 1)) {
    const around = (file.text[at - 1] ?? ' ') + (file.text[at + text.length] ?? ' ')
    if (!/[\w.-]/.test(around)) return { file, start: at, end: at + text.length }
  }
  return undefined
}
