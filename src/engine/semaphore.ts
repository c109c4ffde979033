/** Lets at most `limit` pieces of work go on at once, first come first served. */
export class Semaphore {
  readonly limit: number
  #free: number
  readonly #waiting: (() => void)[] = []

  constructor(limit: number) {
    this.limit = limit
    this.#free = limit
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free--
    else await new Promise<void>((resolve) => { this.#waiting.push(resolve) })
    try {
      return await work()
    } finally {
      this.#release()
    }
  }

  /** The place is handed to the next in line, so that nobody can slip in between. */
  #release(): void {
    const next = this.#waiting.shift()
    if (next) next()
    else this.#free++
  }
}
