import { renderDiagnostic } from '../diagnostics/render.ts'
import type { OutcomeStatus } from '../run/outcome.ts'
import type { HostEnded, ItemEnded, TaskAddress } from '../run/run-event.ts'
import { diffText } from './diff-text.ts'
import { failureDiagnostic } from './failure.ts'
import type { Output } from './output.ts'
import { resultText, speaks, spokenText } from './result-text.ts'

/** A task that is under way, with the hosts that are done. */
export interface TaskProgress {
  readonly task: TaskAddress
  readonly hosts: number
  readonly ended: HostEnded[]
  readonly items: ItemEnded[]
  /** Milliseconds, as `performance.now()`. */
  readonly startedAt: number
}

/** Worst first: the first that occurs gives the line its mark. */
const STATUSES: readonly OutcomeStatus[] = ['failed', 'unreachable', 'unknown', 'changed', 'ok', 'skipped']

const MARKS: Readonly<Record<OutcomeStatus, string>> = { failed: '✗', unreachable: '✗', unknown: '?', changed: '●', ok: '✓', skipped: '·' }

const COLOURS = {
  ok: 'green', changed: 'yellow', skipped: 'dim', failed: 'red', unreachable: 'red', unknown: 'magenta',
} as const satisfies Record<OutcomeStatus, string>

/** Columns that role and name of a task have before the counts. */
const TITLE_WIDTH = 66

/** What an ended task looks like: one line, then diffs, what it said, and failures. */
export function taskBlock(progress: TaskProgress, output: Output): string {
  const details = [...diffs(progress, output), ...results(progress, output), ...failures(progress, output)]
  return [summaryLine(progress, output), ...details.map((text) => indent(text, 4))].join('\n')
}

function summaryLine(progress: TaskProgress, output: Output): string {
  const worst = STATUSES.find((status) => count(progress, status) > 0) ?? 'skipped'
  const paint = output.paint[COLOURS[worst]]
  const { role, name, isHandler } = progress.task
  const title = `${isHandler ? '↳ ' : ''}${role ? `${output.paint.dim(`${role} : `)}${name}` : name}`
  const length = name.length + (role ? role.length + 3 : 0) + (isHandler ? 2 : 0)
  const seconds = (performance.now() - progress.startedAt) / 1000
  const time = seconds >= 1 ? output.paint.dim(`  ${seconds.toFixed(1)} s`) : ''
  return `  ${paint(MARKS[worst])} ${title}${' '.repeat(Math.max(2, TITLE_WIDTH - length))}${counts(progress, output)}${time}${changedHosts(progress, output)}`
}

function counts(progress: TaskProgress, output: Output): string {
  return STATUSES.flatMap((status) => {
    const number = count(progress, status)
    return number > 0 ? [output.paint[COLOURS[status]](`${number} ${status}`)] : []
  }).join(output.paint.dim(' · '))
}

/** Who changed, when not everyone did and there is room to say it. */
function changedHosts(progress: TaskProgress, output: Output): string {
  const changed = progress.ended.filter(({ outcome }) => outcome.status === 'changed').map(({ host }) => host)
  if (changed.length === 0 || changed.length === progress.ended.length) return ''
  const text = changed.join(' ')
  return text.length < output.width - 80 ? output.paint.dim(`  ${text}`) : ''
}

function count(progress: TaskProgress, status: OutcomeStatus): number {
  return progress.ended.filter(({ outcome }) => outcome.status === status).length
}

function diffs(progress: TaskProgress, output: Output): string[] {
  if (!output.diff) return []
  const ended = [...progress.items, ...progress.ended.filter(({ looped }) => !looped)]
  return group(ended, (event) => diffText(event.diff, output))
    .map(({ text, hosts }) => `${output.paint.dim(hosts.join(', '))}\n${text}`)
}

function results(progress: TaskProgress, output: Output): string[] {
  const ended = [...progress.items, ...progress.ended.filter(({ looped }) => !looped)]
  const shown = ended.filter(({ outcome, task }) => isCalm(outcome.status) && (output.verbosity > 0 || speaks(task.module, outcome)))
  return group(shown, ({ outcome, task }) => speaks(task.module, outcome) && output.verbosity < 2 ? spokenText(outcome.result) : resultText(outcome.result, output.verbosity))
    .map(({ text, hosts }) => hosts.length === progress.hosts && !text.includes('\n') ? text : `${output.paint.dim(`${hosts.join(', ')}:`)}\n${indent(text, 2)}`)
}

function failures(progress: TaskProgress, output: Output): string[] {
  const failed = progress.ended.filter(({ outcome }) => !isCalm(outcome.status))
  return group(failed, ({ outcome }) => failureText(outcome.status, outcome.result['msg']))
    .flatMap(({ events, hosts }) => events.slice(0, 1).map(({ outcome, task }) => {
      if (outcome.status === 'unknown') return output.paint.magenta(`${hosts.join(', ')}: ${String(outcome.result['msg'] ?? 'cannot be told without running it')}`)
      const text = renderDiagnostic(failureDiagnostic({ task, hosts, outcome }), output.paint)
      return outcome.ignored ? `${text}\n${output.paint.cyan('ignored')}` : text
    }))
}

function failureText(status: OutcomeStatus, message: unknown): string {
  return `${status} ${String(message ?? '')}`
}

function isCalm(status: OutcomeStatus): boolean {
  return status === 'ok' || status === 'changed' || status === 'skipped'
}

interface Group<Event> { readonly text: string, readonly hosts: string[], readonly events: Event[] }

/** Events that say the same are shown once, with all their hosts. Empty texts are left out. */
function group<Event extends { readonly host: string }>(events: readonly Event[], textOf: (event: Event) => string): Group<Event>[] {
  const groups = new Map<string, Group<Event>>()
  for (const event of events) {
    const text = textOf(event)
    const known = groups.get(text) ?? { text, hosts: [], events: [] }
    known.events.push(event)
    if (!known.hosts.includes(event.host)) known.hosts.push(event.host)
    groups.set(text, known)
  }
  return [...groups.values()].filter(({ text }) => text !== '')
}

function indent(text: string, by: number): string {
  return text.split('\n').map((line) => line === '' ? line : `${' '.repeat(by)}${line}`).join('\n')
}
