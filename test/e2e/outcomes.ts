import type { TaskOutcome } from './lab.ts'

/** How a prediction compares with what then happened, over all pairs of host and task. */
export interface Comparison {
  readonly pairs: number
  readonly unknown: number
  /** `host task: predicted X, was Y`. */
  readonly wrong: readonly string[]
}

/** Matches outcomes by play, task, host and, for a task that runs more than once, its turn. */
export function compare(predicted: readonly TaskOutcome[], real: readonly TaskOutcome[]): Comparison {
  const [before, after] = [byKey(predicted), byKey(real)]
  const keys = [...new Set([...before.keys(), ...after.keys()])]
  const unknown = keys.filter((key) => before.get(key) === 'unknown')
  const wrong = keys.filter((key) => before.get(key) !== 'unknown' && before.get(key) !== after.get(key))
  return { pairs: keys.length, unknown: unknown.length, wrong: wrong.map((key) => `${key}: predicted ${before.get(key) ?? 'nothing'}, was ${after.get(key) ?? 'not run'}`) }
}

function byKey(outcomes: readonly TaskOutcome[]): Map<string, string> {
  const turns = new Map<string, number>()
  const found = new Map<string, string>()
  for (const { play, task, host, status } of outcomes) {
    const base = `${host} | ${play} | ${task}`
    const turn = (turns.get(base) ?? 0) + 1
    turns.set(base, turn)
    found.set(turn === 1 ? base : `${base} (${turn})`, status)
  }
  return found
}
