/** One step from one list of lines to another. Indexes count from 0. */
export type Edit =
  | { readonly kind: 'keep', readonly before: number, readonly after: number }
  | { readonly kind: 'remove', readonly before: number }
  | { readonly kind: 'insert', readonly after: number }

/** Above this many line pairs an exact answer costs too much memory: the middle is shown as replaced. */
const MAX_TRACE = 4_000_000

/** A shortest edit script between two lists of lines (Myers, "An O(ND) Difference Algorithm", 1986). */
export function editScript(before: readonly string[], after: readonly string[]): Edit[] {
  const head = commonPrefix(before, after)
  const tail = commonSuffix(before, after, head)
  const edits: Edit[] = []
  for (let i = 0; i < head; i++) edits.push({ kind: 'keep', before: i, after: i })
  const middle = middleEdits(before.slice(head, before.length - tail), after.slice(head, after.length - tail))
  for (const edit of middle) edits.push(shift(edit, head))
  for (let i = tail; i > 0; i--) edits.push({ kind: 'keep', before: before.length - i, after: after.length - i })
  return edits
}

function middleEdits(before: readonly string[], after: readonly string[]): Edit[] {
  if (before.length === 0 || after.length === 0 || before.length * after.length > MAX_TRACE) return replaceAll(before, after)
  return backtrack(before, after, searchForward(before, after))
}

function replaceAll(before: readonly string[], after: readonly string[]): Edit[] {
  return [
    ...before.map((_, index): Edit => ({ kind: 'remove', before: index })),
    ...after.map((_, index): Edit => ({ kind: 'insert', after: index })),
  ]
}

/** For every number of edits, the furthest point reached on each diagonal. */
function searchForward(before: readonly string[], after: readonly string[]): Map<number, number>[] {
  const trace: Map<number, number>[] = []
  let reached = new Map([[1, 0]])
  for (let distance = 0; distance <= before.length + after.length; distance++) {
    trace.push(new Map(reached))
    const next = new Map(reached)
    for (let diagonal = -distance; diagonal <= distance; diagonal += 2) {
      const x = followDiagonal(before, after, { x: startOf(next, diagonal, distance), diagonal })
      next.set(diagonal, x)
      if (x >= before.length && x - diagonal >= after.length) return trace
    }
    reached = next
  }
  return trace
}

function startOf(reached: ReadonlyMap<number, number>, diagonal: number, distance: number): number {
  return cameDown(reached, diagonal, distance) ? reached.get(diagonal + 1) ?? 0 : (reached.get(diagonal - 1) ?? -1) + 1
}

function followDiagonal(before: readonly string[], after: readonly string[], from: { x: number, diagonal: number }): number {
  let x = from.x
  while (x < before.length && x - from.diagonal < after.length && before[x] === after[x - from.diagonal]) x++
  return x
}

function backtrack(before: readonly string[], after: readonly string[], trace: readonly Map<number, number>[]): Edit[] {
  const edits: Edit[] = []
  let x = before.length
  let y = after.length
  for (let distance = trace.length - 1; distance >= 0; distance--) {
    const reached = trace[distance] ?? new Map<number, number>()
    const down = cameDown(reached, x - y, distance)
    const previous = down ? x - y + 1 : x - y - 1
    const fromX = reached.get(previous) ?? 0
    const fromY = fromX - previous
    while (x > fromX && y > fromY) edits.push({ kind: 'keep', before: --x, after: --y })
    if (distance > 0) edits.push(down ? { kind: 'insert', after: --y } : { kind: 'remove', before: --x })
  }
  return edits.reverse()
}

function cameDown(reached: ReadonlyMap<number, number>, diagonal: number, distance: number): boolean {
  if (diagonal === -distance) return true
  return diagonal !== distance && (reached.get(diagonal - 1) ?? -1) < (reached.get(diagonal + 1) ?? 0)
}

function shift(edit: Edit, by: number): Edit {
  if (edit.kind === 'keep') return { kind: 'keep', before: edit.before + by, after: edit.after + by }
  return edit.kind === 'remove' ? { kind: 'remove', before: edit.before + by } : { kind: 'insert', after: edit.after + by }
}

function commonPrefix(a: readonly string[], b: readonly string[]): number {
  let length = 0
  while (length < a.length && length < b.length && a[length] === b[length]) length++
  return length
}

function commonSuffix(a: readonly string[], b: readonly string[], head: number): number {
  let length = 0
  while (length < a.length - head && length < b.length - head && a[a.length - 1 - length] === b[b.length - 1 - length]) length++
  return length
}
