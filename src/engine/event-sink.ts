import type { Journal } from '../run/journal.ts'
import type { RunEvent } from '../run/run-event.ts'
import type { Secrets } from './secrets.ts'

export interface EventSinkParts {
  readonly emit: (event: RunEvent) => void
  readonly journal: Journal
  readonly secrets: Secrets
}

/** The one way out for events: hides secrets, then tells everyone. */
export class EventSink {
  readonly #parts: EventSinkParts
  #isJournalBroken = false

  constructor(parts: EventSinkParts) {
    this.#parts = parts
  }

  /** `hidden` are secret texts of one task. */
  emit(event: RunEvent, hidden: readonly string[] = []): void {
    this.record(event, hidden).catch((error: unknown) => { this.#warnOnce(error) })
  }

  /** Resolves when the journal has the event, on disk where that matters. */
  record(event: RunEvent, hidden: readonly string[] = []): Promise<void> {
    const { secrets } = this.#parts
    const masked = maskEvent(event, hidden.length > 0 ? secrets.with(hidden) : secrets)
    this.#parts.emit(showsOnPurpose(event) && hidden.length === 0 ? maskEvent(event, secrets.exceptValues) : masked)
    return this.#parts.journal.record(masked)
  }

  /** A change that cannot be recorded is not made; the loss of other events is only told. */
  #warnOnce(error: unknown): void {
    if (this.#isJournalBroken) return
    this.#isJournalBroken = true
    const summary = `Cannot write the journal: ${error instanceof Error ? error.message : String(error)}`
    this.#parts.emit({ kind: 'warned', diagnostic: { code: 'journal-failed', severity: 'warning', summary } })
  }
}

/** `debug` shows secret variables too, as with Ansible; the journal, which stays, does not hold them. */
function showsOnPurpose(event: RunEvent): boolean {
  return 'task' in event && SHOWING.has(event.task.module)
}

const SHOWING: ReadonlySet<string> = new Set(['debug', 'ansible.builtin.debug', 'ansible.legacy.debug'])

/** Fields that can hold something from a host or a variable. Addresses and source ranges are left alone: they are shared and large. */
const TOLD = ['outcome', 'diff', 'args', 'before', 'after', 'label', 'text', 'data'] as const

function maskEvent(event: RunEvent, secrets: Secrets): RunEvent {
  if (secrets.isEmpty) return event
  const fields: Readonly<Partial<Record<string, unknown>>> = { ...event }
  const told = TOLD.filter((name) => fields[name] !== undefined).map((name) => [name, secrets.mask(fields[name])])
  return { ...event, ...Object.fromEntries(told) as Partial<RunEvent>, ...maskedDiagnostic(event, secrets) } as RunEvent
}

function maskedDiagnostic(event: RunEvent, secrets: Secrets): Partial<RunEvent> {
  if (event.kind !== 'warned') return {}
  const { range, ...texts } = event.diagnostic
  return { diagnostic: { ...secrets.mask(texts), ...(range && { range }) } }
}
