import { positionAt } from '../diagnostics/position.ts'
import type { SourceFile } from '../diagnostics/types.ts'

/** The rules that comments turn off, by line: `# noqa: a, b` for its line, or for the task whose first line it ends; without names, all of them. */
export type Noqa = (line: number, rule: string) => boolean

/** Reads the comments of a file. `starts` are the lines on which tasks begin, with the line on which each ends. */
export function readNoqa({ text }: SourceFile, tasks: readonly { readonly from: number, readonly to: number }[]): Noqa {
  const byLine = new Map<number, readonly string[]>()
  text.split('\n').forEach((line, index) => {
    const comment = /#\s*noqa\b:?(.*)$/i.exec(line)
    if (comment !== null) byLine.set(index + 1, (comment[1] ?? '').split(/[\s,]+/).filter((name) => name !== ''))
  })
  if (byLine.size === 0) return () => false
  return (line, rule) => {
    const own = byLine.get(line)
    const around = tasks.filter(({ from, to }) => from <= line && line <= to)
      .flatMap(({ from, to }) => [...byLine].filter(([at]) => at >= from && at <= to).map(([, names]) => names))
    return [...own ? [own] : [], ...around].some((names) => names.length === 0 || names.some((name) => isNamed(rule, name)))
  }
}

/** `name` stands for `name[missing]` too. */
export function isNamed(rule: string, name: string): boolean {
  return rule === name || rule.startsWith(`${name}[`)
}

/** The lines of a stretch of a file. */
export function linesOf({ file, start, end }: { readonly file: SourceFile, readonly start: number, readonly end: number }): { readonly from: number, readonly to: number } {
  const last = file.text.slice(start, end).trimEnd().length
  return { from: positionAt(file, start).line, to: positionAt(file, start + last).line }
}
