import { mkdir, open, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import type { Journal } from '../run/journal.ts'
import type { RunEvent } from '../run/run-event.ts'
import { createBlobStore } from './blob-store.ts'
import { encodeEvent } from './event-text.ts'

export const EVENTS_FILE = 'events.jsonl'

/** Records a run in `FOLDER/runs/ID/events.jsonl`, one event a line, and destroyed content in `FOLDER/blobs`. */
export async function openFileJournal(folder: string, runId: string): Promise<Journal> {
  const runFolder = join(folder, 'runs', runId)
  await mkdir(runFolder, { recursive: true, mode: 0o700 })
  const log = createLog(await open(join(runFolder, EVENTS_FILE), 'a', 0o600))
  const blobs = createBlobStore(join(folder, 'blobs'))
  return {
    record: (event) => log.append(`${encodeEvent(event)}\n`, durability(event)),
    storeBlob: (content) => blobs.store(content),
    close: () => log.close(),
  }
}

/** A run without a record (`--no-journal`). */
export const noJournal: Journal = {
  record: () => Promise.resolve(),
  storeBlob: (content) => createBlobStore('').name(content),
  close: () => Promise.resolve(),
}

/**
 * `synced` survives a power cut, `written` a killed process, `buffered` neither.
 * The end of a change need not be synced: resuming looks at the host again anyway.
 */
type Durability = 'synced' | 'written' | 'buffered'

function durability(event: RunEvent): Durability {
  if (event.kind === 'change-begun') return 'synced'
  return event.kind === 'change-ended' || event.kind === 'run-started' || event.kind === 'run-ended' ? 'written' : 'buffered'
}

interface Log {
  append(line: string, durability: Durability): Promise<void>
  close(): Promise<void>
}

/** Group commit: what is appended while a write is under way goes out together with the next one. */
function createLog(file: FileHandle): Log {
  let pending: string[] = []
  let mustSync = false
  let writing: Promise<void> = Promise.resolve()
  let scheduled: Promise<void> | undefined

  async function flush(): Promise<void> {
    scheduled = undefined
    const [lines, sync] = [pending, mustSync]
    pending = []
    mustSync = false
    if (lines.length > 0) await file.appendFile(lines.join(''))
    if (sync) await file.datasync()
  }

  function schedule(): Promise<void> {
    scheduled ??= writing = writing.then(flush)
    return scheduled
  }

  return {
    append(line, wanted) {
      pending.push(line)
      if (wanted === 'buffered') return Promise.resolve()
      mustSync ||= wanted === 'synced'
      return schedule()
    },
    async close() {
      await schedule()
      await file.close()
    },
  }
}
