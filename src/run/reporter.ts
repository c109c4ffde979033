import type { RunEvent } from './run-event.ts'

/** Shows a run to someone: the console, a file. Never throws; never changes the run. */
export interface Reporter {
  report(event: RunEvent): void
  /** Keeps the screen still while somebody is asked something, until it is resumed. */
  suspend?(): void
  resume?(): void
  close(): Promise<void>
}
