import type { RunEvent } from './run-event.ts'

/** Where a run is recorded. */
export interface Journal {
  /** Appends; resolves when the event is on disk for `change-begun` and `change-ended`, at once for all others. */
  record(event: RunEvent): Promise<void>
  /** Stores content by its sha256 (returned, lower-case hexadecimal) and syncs it. */
  storeBlob(content: Uint8Array): Promise<string>
  close(): Promise<void>
}
