import type { Traffic } from '../../connection/connection.ts'

/**
 * Counts the exchanges that had to wait for one another: frames sent together, or while earlier answers are still under way, cost one round trip.
 * A frame's depth is one more than the deepest answer seen when it was sent; the number of round trips is the greatest depth.
 */
export class RoundTrips {
  readonly #traffic: Traffic
  #answered = 0

  constructor(traffic: Traffic) {
    this.#traffic = traffic
  }

  /** To be called when a question is sent; the result is to be called when its answer is there. */
  begin(): () => void {
    const depth = this.#answered + 1
    return () => {
      if (depth <= this.#answered) return
      this.#answered = depth
      this.#traffic.roundTrips++
    }
  }
}
