import { statProbe } from '../file-probes.ts'
import type { Probe } from '../probe.ts'
import type { Effects } from '../write.ts'
import { isBelow, parentOf } from '../paths.ts'

interface Observation {
  readonly probe: Probe<unknown>
  readonly answer: Promise<unknown>
  /** Its path leads over symbolic links, so a change of any path may concern it. */
  linked: boolean
}

/** Answers by probe key, kept until something that may change them is done. */
export class ObservationCache {
  readonly #observations = new Map<string, Observation>()
  #generation = 0

  /** Changes with everything that is dropped. */
  get generation(): number {
    return this.#generation
  }

  /** Questions that were asked about what is at these paths, or at the folders that they are in. */
  statsAt(paths: readonly string[]): readonly Probe<unknown>[] {
    const places = [...new Set(paths.flatMap((path) => [path, parentOf(path)]))]
    return places.flatMap((path) => {
      // What follows links is known from what does not, as long as there is no link.
      const asked = this.#observations.get(statProbe(path, false).key) ?? this.#observations.get(statProbe(path, true).key)
      return asked === undefined || asked.linked ? [] : [asked.probe]
    })
  }

  get(key: string): Promise<unknown> | undefined {
    return this.#observations.get(key)?.answer
  }

  /** Keeps an answer that may still be under way; a failed one is not kept. */
  keep(probe: Probe<unknown>, answer: Promise<unknown>): void {
    const observation = { probe, answer, linked: false }
    this.#observations.set(probe.key, observation)
    answer.catch(() => {
      if (this.#observations.get(probe.key) === observation) this.#observations.delete(probe.key)
    })
  }

  /** Notes that an answer is about a path that has other names. */
  markLinked(key: string): void {
    const observation = this.#observations.get(key)
    if (observation !== undefined) observation.linked = true
  }

  /** Drops what the effects may have changed. */
  drop(effects: Effects): void {
    this.#generation++
    const anyPath = (effects.paths ?? []).length > 0
    for (const [key, { probe, linked }] of this.#observations) {
      if ((linked && anyPath) || isTouched(probe, effects)) this.#observations.delete(key)
    }
  }

  clear(): void {
    this.#generation++
    this.#observations.clear()
  }
}

/** Whether an answer may change by the effects. */
export function isTouched(probe: Probe<unknown>, effects: Effects): boolean {
  if (effects.keys?.some((key) => (key.endsWith('*') ? probe.key.startsWith(key.slice(0, -1)) : probe.key === key)) === true) return true
  return effects.paths?.some((path) => readsPath(probe, path)) === true
}

function readsPath(probe: Probe<unknown>, touched: string): boolean {
  if (probe.kind === 'script') return probe.readsPaths?.some((path) => isBelow(path, touched) || isBelow(touched, path)) === true
  if (isBelow(probe.path, touched)) return true
  if (probe.kind === 'list') return isBelow(touched, probe.path)
  // A folder's time and link count change with its entries.
  return probe.kind === 'stat' && parentOf(touched) === probe.path
}
