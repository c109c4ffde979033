import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { JsonObject } from '../value/value.ts'
import { decodeEvents, type RecordedEvent } from './event-text.ts'
import { EVENTS_FILE } from './file-journal.ts'

/** One run in short, as `tsplay runs list` shows it. */
export interface RunSummary {
  readonly id: string
  readonly started: string
  readonly playbooks: readonly string[]
  readonly check: boolean
  /** `interrupted`: there is no end, so the process was killed or still runs. */
  readonly state: 'ok' | 'failed' | 'interrupted'
  readonly exitCode: number | undefined
  readonly changes: number
  /** Changes that were begun and never ended: look at them first. */
  readonly openChanges: number
}

/** Ids of all recorded runs, oldest first. */
export async function listRuns(folder: string): Promise<string[]> {
  const names = await readdir(join(folder, 'runs')).catch(() => [])
  return names.sort()
}

/** All events of a run; undefined when there is no such run. */
export async function readRun(folder: string, id: string): Promise<RecordedEvent[] | undefined> {
  const text = await readFile(join(folder, 'runs', id, EVENTS_FILE), 'utf8').catch(() => undefined)
  return text === undefined ? undefined : decodeEvents(text)
}

/** What a run's events add up to. */
export function summarise(id: string, events: readonly RecordedEvent[]): RunSummary {
  const start = events.find((event) => event.kind === 'run-started')
  const end = events.findLast((event) => event.kind === 'run-ended')
  const begun = events.filter((event) => event.kind === 'change-begun')
  const ended = new Set(events.filter((event) => event.kind === 'change-ended').map((event) => event['change']))
  const exitCode = typeof end?.['exitCode'] === 'number' ? end['exitCode'] : undefined
  return {
    id,
    started: String(start?.['time'] ?? ''),
    playbooks: asStrings(start?.['playbooks']),
    check: (start?.['options'] as JsonObject | undefined)?.['check'] === true,
    state: exitCode === undefined ? 'interrupted' : exitCode === 0 ? 'ok' : 'failed',
    exitCode,
    changes: begun.length,
    openChanges: begun.filter((event) => !ended.has(event['change'])).length,
  }
}

function asStrings(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : []
}
