import type { RunEvent } from './run-event.ts'

/** Shows a run to someone: the console, a file. Never throws; never changes the run. */
export interface Reporter {
  report(event: RunEvent): void
  close(): Promise<void>
}
