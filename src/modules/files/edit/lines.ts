/** Lines of a text with their line ends, as Python's readlines gives them. */
export function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? []
}

/** A line without its line end. */
export function bare(line: string): string {
  return line.replace(/[\r\n]+$/, '')
}

/** Lines with a line end added to the last one where it lacks it. */
export function closed(lines: readonly string[]): string[] {
  const last = lines.at(-1)
  return last === undefined || /[\r\n]$/.test(last) ? [...lines] : [...lines.slice(0, -1), `${last}\n`]
}
