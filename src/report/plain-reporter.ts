import { renderDiagnostic } from '../diagnostics/render.ts'
import { locationText } from '../diagnostics/position.ts'
import type { Outcome, OutcomeStatus } from '../run/outcome.ts'
import type { Reporter } from '../run/reporter.ts'
import type { HostEnded, HostRecap, ItemEnded, RunEnded, RunEvent, TaskAddress } from '../run/run-event.ts'
import type { JsonObject } from '../value/value.ts'
import { diffText } from './diff-text.ts'
import { failureDiagnostic } from './failure.ts'
import { figuresText } from './figures-text.ts'
import type { Output } from './output.ts'
import { resultText, speaks } from './result-text.ts'

/**
 * Lines in the form that ansible-playbook prints, for logs, pipes and the tools that read them: headers, one line a host, recap.
 * Task headers appear with the first host's result, so that a task nobody ran is not shown.
 */
export function createPlainReporter(output: Output): Reporter {
  let shown: TaskAddress | undefined

  function header(task: TaskAddress): void {
    if (shown?.id === task.id) return
    shown = task
    const kind = task.isHandler ? 'RUNNING HANDLER' : 'TASK'
    output.line(`\n${banner(`${kind} [${task.role ? `${task.role} : ` : ''}${task.name}]`, output)}`)
    if (output.verbosity >= 2 && task.range) output.line(`task path: ${locationText(task.range)}`)
  }

  const show: { readonly [Kind in RunEvent['kind']]?: (event: Extract<RunEvent, { kind: Kind }>) => void } = {
    'play-started': ({ play }) => { shown = undefined; output.line(`\n${banner(`PLAY [${play.name}]`, output)}`) },
    'play-skipped': ({ play, reason }) => {
      output.line(`\n${banner(`PLAY [${play.name}]`, output)}\n${reason === 'no-hosts-matched' ? 'skipping: no hosts matched' : 'NO MORE HOSTS LEFT'}`)
    },
    'task-started': ({ task }) => { header(task) },
    'item-ended': (event) => { header(event.task); output.line(itemLines(event, output)) },
    'host-ended': (event) => { header(event.task); showHost(event, output) },
    'task-retried': ({ task, host, left }) => { output.line(output.paint.yellow(`FAILED - RETRYING: [${host}]: ${task.name} (${left} retries left).`)) },
    warned: ({ diagnostic }) => { output.line(renderDiagnostic(diagnostic, output.paint)) },
    displayed: ({ text, verbosity }) => { if (output.verbosity >= verbosity) output.line(text) },
    'run-ended': (event) => { output.line(recapText(event, output)) },
  }

  return {
    report: (event) => { (show[event.kind] as ((event: RunEvent) => void) | undefined)?.(event) },
    close: () => Promise.resolve(),
  }
}

function banner(title: string, output: Output): string {
  return output.paint.bold(`${title} ${'*'.repeat(Math.max(3, Math.min(output.width, 120) - title.length - 1))}`)
}

function showHost(event: HostEnded, output: Output): void {
  const diff = output.diff ? diffText(event.diff, output.paint) : ''
  if (diff !== '') output.line(diff)
  if (event.looped && event.outcome.status !== 'failed' && event.outcome.status !== 'unreachable' && output.verbosity < 2) return
  output.line(hostLine(event, output))
  if (event.outcome.ignored) output.line(output.paint.cyan('...ignoring'))
  else if (event.outcome.status === 'failed') output.line(renderDiagnostic(failureDiagnostic({ ...event, hosts: [event.host] }), output.paint))
}

function itemLines(event: ItemEnded, output: Output): string {
  const diff = output.diff ? diffText(event.diff, output.paint) : ''
  const { status } = event.outcome
  const word = status === 'failed' ? 'failed' : WORDS[status]
  const item = status === 'failed' ? ` (item=${event.label})` : ` => (item=${event.label})`
  const line = output.paint[COLOURS[status]](`${word}: [${hostName(event)}]${item}${details(event, event.task.module, output)}`)
  return diff === '' ? line : `${diff}\n${line}`
}

function hostLine(event: HostEnded, output: Output): string {
  const { status } = event.outcome
  const mark = FATAL[status]
  return output.paint[COLOURS[status]](`${WORDS[status]}: [${hostName(event)}]${mark ? `: ${mark}` : ''}${details(event, event.task.module, output)}`)
}

function details(event: { readonly outcome: Outcome }, module: string, output: Output): string {
  const { outcome } = event
  const failed = outcome.status === 'failed' || outcome.status === 'unreachable' || outcome.status === 'unknown'
  if (failed || output.verbosity > 0) return ` => ${resultText(outcome.result, output.verbosity)}`
  return speaks(module, outcome) ? ` => ${resultText(withoutStatus(outcome.result), 1)}` : ''
}

/** What `debug` says is its message: that it did not change or fail is known from the line's first word. */
function withoutStatus(result: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(result).filter(([key]) => !['changed', 'failed', 'skipped'].includes(key)))
}

function hostName(event: { readonly host: string, readonly delegate?: string }): string {
  return event.delegate === undefined ? event.host : `${event.host} -> ${event.delegate}`
}

const WORDS: Readonly<Record<OutcomeStatus, string>> = {
  ok: 'ok', changed: 'changed', skipped: 'skipping', failed: 'fatal', unreachable: 'fatal', unknown: 'unknown',
}
const FATAL: Readonly<Partial<Record<OutcomeStatus, string>>> = { failed: 'FAILED!', unreachable: 'UNREACHABLE!' }
const COLOURS = {
  ok: 'green', changed: 'yellow', skipped: 'cyan', failed: 'red', unreachable: 'red', unknown: 'magenta',
} as const satisfies Record<OutcomeStatus, string>

function recapText(event: RunEnded, output: Output): string {
  const lines = [...event.recap].map(([host, recap]) => `${host.padEnd(26)} : ${countsText(recap)}`)
  return [`\n${banner('PLAY RECAP', output)}`, ...lines, '', `tsplay: ${figuresText(event.figures)}`, ''].join('\n')
}

const COUNTS: readonly (keyof HostRecap)[] = ['ok', 'changed', 'unreachable', 'failed', 'skipped', 'rescued', 'ignored']

/** `unknown` is only there when there is any: the rest is what tools parse. */
function countsText(recap: HostRecap): string {
  const counts = recap.unknown > 0 ? [...COUNTS, 'unknown' as const] : COUNTS
  return counts.map((name) => `${name}=${String(recap[name]).padEnd(4)}`).join(' ').trimEnd()
}
