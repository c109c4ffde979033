/** The names most like a mistyped one, best first, at most `count`; none when nothing is near. */
export function nearestNames(name: string, known: Iterable<string>, count = 3): string[] {
  const limit = Math.max(2, Math.floor(name.length / 3))
  const scored = [...new Set(known)].map((candidate) => ({ candidate, distance: editDistance(name.toLowerCase(), candidate.toLowerCase(), limit) }))
  return scored
    .filter(({ distance }) => distance <= limit)
    .sort((a, b) => a.distance - b.distance || a.candidate.localeCompare(b.candidate))
    .slice(0, count)
    .map(({ candidate }) => candidate)
}

/** "Did you mean 'a' or 'b'?", or undefined when nothing is near; each name after a prefix, if there is one. */
export function didYouMean(name: string, known: Iterable<string>, prefix = ''): string | undefined {
  const names = nearestNames(name, known)
  return names.length > 0 ? `Did you mean ${names.map((near) => `'${prefix}${near}'`).join(' or ')}?` : undefined
}

/** Optimal string alignment distance (insert, remove, change, swap neighbours), given up above `limit`. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return Infinity
  let [older, old]: number[][] = [[], Array.from({ length: b.length + 1 }, (_, index) => index)]
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) row.push(cell({ a, b, i, j }, { older: older ?? [], old: old ?? [], row }))
    ;[older, old] = [old, row]
  }
  return old?.[b.length] ?? Infinity
}

function cell(at: { a: string, b: string, i: number, j: number }, rows: { older: number[], old: number[], row: number[] }): number {
  const { a, b, i, j } = at
  const same = a[i - 1] === b[j - 1]
  const best = Math.min((rows.old[j] ?? 0) + 1, (rows.row[j - 1] ?? 0) + 1, (rows.old[j - 1] ?? 0) + (same ? 0 : 1))
  const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
  return swapped ? Math.min(best, (rows.older[j - 2] ?? 0) + 1) : best
}
