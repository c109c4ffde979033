import { setTimeout as sleep } from 'node:timers/promises'

export interface Patience {
  /** Seconds until it is given up. */
  readonly timeout: number
  /** Seconds between attempts. */
  readonly sleep: number
  /** Seconds before the first attempt. */
  readonly delay: number
}

export interface Waited<T> {
  readonly answer: T | undefined
  /** Whole seconds. */
  readonly elapsed: number
}

/** Tries until there is an answer or the time is over. */
export async function waitUntil<T>(patience: Patience, attempt: () => Promise<T | undefined>): Promise<Waited<T>> {
  const start = Date.now()
  const elapsed = () => Math.floor((Date.now() - start) / 1000)
  const end = start + patience.timeout * 1000
  if (patience.delay > 0) await sleep(patience.delay * 1000)
  for (;;) {
    const answer = await attempt()
    if (answer !== undefined) return { answer, elapsed: elapsed() }
    if (Date.now() >= end) return { answer, elapsed: elapsed() }
    await sleep(Math.min(patience.sleep * 1000, Math.max(0, end - Date.now())))
  }
}
