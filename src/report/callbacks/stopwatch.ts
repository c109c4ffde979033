import { type Elapsed, timeLine } from './time-line.ts'

/** Measures a row of tasks: each takes until the next one begins. */
export class Stopwatch<Key> {
  readonly #started = performance.now()
  readonly #seconds = new Map<Key, number>()
  #last = this.#started
  #current: Key | undefined

  /** Ends what is under way and begins anew; what to print there. */
  next(key?: Key): string {
    const elapsed = this.#lap()
    if (this.#current !== undefined) this.#seconds.set(this.#current, (this.#seconds.get(this.#current) ?? 0) + elapsed.step)
    this.#current = key
    return timeLine(new Date(), elapsed)
  }

  /** Seconds by key, in the order in which they began. */
  get seconds(): ReadonlyMap<Key, number> {
    return this.#seconds
  }

  #lap(): Elapsed {
    const now = performance.now()
    const elapsed = { step: (now - this.#last) / 1000, total: (now - this.#started) / 1000 }
    this.#last = now
    return elapsed
  }
}
