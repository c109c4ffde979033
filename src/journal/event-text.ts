import { locationText } from '../diagnostics/position.ts'
import type { SourceRange } from '../diagnostics/types.ts'
import type { RunEvent } from '../run/run-event.ts'
import type { Json, JsonObject } from '../value/value.ts'

/** One line of JSON for an event. Source ranges become `path:line:column`, maps become objects. */
export function encodeEvent(event: RunEvent): string {
  return JSON.stringify(event, (_key, value: unknown) => {
    if (value instanceof Map) return Object.fromEntries(value)
    return isRange(value) ? locationText(value) : value
  })
}

/** An event as it was recorded: plain JSON, told apart by `kind`. */
export interface RecordedEvent {
  readonly kind: RunEvent['kind']
  readonly [field: string]: Json | undefined
}

/** Reads recorded events; a last line cut short by a crash is left out. */
export function decodeEvents(text: string): RecordedEvent[] {
  return text.split('\n').flatMap((line) => decodeLine(line))
}

function decodeLine(line: string): RecordedEvent[] {
  if (line === '') return []
  try {
    return [JSON.parse(line) as JsonObject & RecordedEvent]
  } catch {
    return []
  }
}

function isRange(value: unknown): value is SourceRange {
  return typeof value === 'object' && value !== null && 'file' in value && 'start' in value && 'end' in value
}
