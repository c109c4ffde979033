/** Names close enough to be what the author meant, best first, at most three. */
export function nearest(name: string, known: Iterable<string>): string[] {
  const limit = Math.max(1, Math.floor(name.length / 3))
  const scored: [number, string][] = []
  for (const candidate of known) {
    if (Math.abs(candidate.length - name.length) > limit || candidate === name) continue
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase())
    if (distance <= limit) scored.push([distance, candidate])
  }
  scored.sort(([left], [right]) => left - right)
  return scored.slice(0, 3).map(([, candidate]) => candidate)
}

/** Insertions, deletions, replacements and swaps of neighbours each count one. */
function editDistance(left: string, right: string): number {
  const rows: number[][] = [Array.from({ length: right.length + 1 }, (_, index) => index)]
  const at = (row: number, column: number) => rows[row]?.[column] ?? Infinity
  for (let row = 1; row <= left.length; row++) {
    const current = [row]
    rows.push(current)
    for (let column = 1; column <= right.length; column++) {
      const replaced = at(row - 1, column - 1) + (left[row - 1] === right[column - 1] ? 0 : 1)
      const isSwap = left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1]
      current.push(Math.min(replaced, at(row - 1, column) + 1, at(row, column - 1) + 1, isSwap ? at(row - 2, column - 2) + 1 : Infinity))
    }
  }
  return at(left.length, right.length)
}
