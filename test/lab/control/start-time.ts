import { readFileSync } from 'node:fs'

/** When a process started, in clock ticks: what tells it from a later one of the same id. */
export function startTimeOf(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ')[19]
  } catch {
    return undefined
  }
}
