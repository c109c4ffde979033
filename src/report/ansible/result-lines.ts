import type { TextDiff } from '../../module/module.ts'
import type { Outcome, OutcomeStatus } from '../../run/outcome.ts'
import type { HostEnded, ItemEnded, TaskAddress, TaskRetried } from '../../run/run-event.ts'
import { speaks } from '../result-text.ts'
import type { CallbackSettings } from './callback-settings.ts'
import { STATUS_TONES } from './colours.ts'
import type { Display } from './display.ts'
import { fileDiff } from './file-diff.ts'
import { dumpResult } from './result-dump.ts'
import { showPath } from './task-path.ts'

export interface ResultContext {
  readonly settings: CallbackSettings
  readonly display: Display
  /** Exactly Ansible's words: what cannot be predicted counts as skipped. */
  readonly isStrict: boolean
  /** Shows the heading of a task, unless it was shown. */
  readonly header: (task: TaskAddress) => void
}

interface ResultLines {
  readonly item: (event: ItemEnded) => void
  readonly host: (event: HostEnded) => void
  readonly retry: (event: TaskRetried) => void
}

/** The lines that tell how tasks and loop items ended. */
export function resultLines(context: ResultContext): ResultLines {
  const { display, header } = context
  const itemDiffs = new Map<string, TextDiff[]>()
  return {
    item: (event) => {
      tellJob(event, context)
      itemDiffs.set(event.host, [...itemDiffs.get(event.host) ?? [], ...changedDiff(event)])
      const status = statusOf(event.outcome, context)
      if (isInclude(event.task) && status === 'ok' || isQuiet(status, context)) return
      header(event.task)
      showException(event.outcome, display)
      display.line(itemText(event, status, context), { tone: STATUS_TONES[status], stderr: isLoud(status, context) })
    },
    host: (event) => {
      if (!event.looped) tellJob(event, context)
      showDiff(event, event.looped ? itemDiffs.get(event.host) ?? [] : changedDiff(event), context)
      itemDiffs.delete(event.host)
      showHost(event, context)
    },
    retry: ({ task, host, left, outcome }) => {
      const result = display.verbosity > 2 ? `Result was: ${dumpResult({ module: task.module, result: outcome.result, always: false, looped: false }, context.settings, display.verbosity)}` : ''
      display.line(`FAILED - RETRYING: [${host}]: ${task.role ? `${task.role} : ` : ''}${task.name} (${left} retries left).${result}`, { tone: 'debug' })
    },
  }
}

const WORDS: Readonly<Record<OutcomeStatus, string>> = {
  ok: 'ok', changed: 'changed', skipped: 'skipping', failed: 'fatal', unreachable: 'fatal', unknown: 'unknown',
}
const MARKS: Readonly<Partial<Record<OutcomeStatus, string>>> = { failed: ': FAILED!', unreachable: ': UNREACHABLE!' }

/** A task with `async` that was waited for. */
function tellJob({ task, host, outcome: { status, result } }: HostEnded | ItemEnded, { header, display }: ResultContext): void {
  const job = result['ansible_job_id']
  if (typeof job !== 'string' || result['finished'] !== true || /(?:^|\.)async_status$/.test(task.module)) return
  header(task)
  display.line(`ASYNC ${status === 'failed' ? 'FAILED' : 'OK'} on ${host}: jid=${job}`, { tone: 'debug' })
}

function showHost(event: HostEnded, context: ResultContext): void {
  const { display, settings } = context
  const status = statusOf(event.outcome, context)
  if (isQuiet(status, context)) return
  context.header(event.task)
  if (!isToldByItems(event, status)) {
    if (status === 'failed' && settings.pathOnFailure && display.verbosity < 2) showPath(event.task, display)
    showException(event.outcome, display)
    display.line(`${WORDS[status]}: [${hostLabel(event)}]${MARKS[status] ?? ''}${details(event, status, context)}`, { tone: STATUS_TONES[status], stderr: isLoud(status, context) })
  }
  if (event.outcome.ignored) display.line('...ignoring', { tone: 'skip' })
}

/** The last line of a traceback says what it was. */
function showException({ status, result: { exception } }: Outcome, display: Display): void {
  if (status !== 'failed' || typeof exception !== 'string' || !exception.startsWith('Traceback')) return
  const error = exception.trim().split('\n').at(-1) ?? ''
  const text = display.verbosity < 3 ? `An exception occurred during task execution. To see the full traceback, use -vvv. The error was: ${error}` : `The full traceback is:\n${exception}`
  display.line(text, { tone: 'error' })
}

/** Items of a loop have said it all, unless all were skipped. */
function isToldByItems({ looped, task, outcome }: HostEnded, status: OutcomeStatus): boolean {
  if (isInclude(task) && status === 'ok') return true
  if (!looped || status === 'skipped' || status === 'unreachable' || 'censored' in outcome.result && !('results' in outcome.result)) return false
  return status !== 'failed' || !isDebug(task)
}

function itemText(event: ItemEnded, status: OutcomeStatus, context: ResultContext): string {
  const { label } = event
  if (status === 'failed') return `failed: [${hostLabel(event)}] (item=${label})${details(event, status, context)}`
  return `${WORDS[status]}: [${hostLabel(event)}] => (item=${label})${status === 'skipped' ? ' ' : ''}${details(event, status, context)}`
}

function details(event: HostEnded | ItemEnded, status: OutcomeStatus, { settings, display: { verbosity } }: ResultContext): string {
  const { outcome, task } = event
  const always = speaks(task.module, outcome) && !('looped' in event && event.looped)
  const isVerbose = (verbosity > 0 || always) && !isSetup(task)
  if (isCalm(status) && !isVerbose) return ''
  const args = 'args' in event && event.args !== undefined ? { args: event.args } : {}
  return ` => ${dumpResult({ module: task.module, result: outcome.result, always, looped: 'looped' in event && event.looped, ...args }, settings, verbosity)}`
}

/** What `changed_when` denies is not shown. */
function changedDiff({ diff, outcome }: HostEnded | ItemEnded): readonly TextDiff[] {
  return outcome.result['changed'] === false ? [] : diff
}

function showDiff({ task }: HostEnded, diff: readonly TextDiff[], { settings, display, header }: ResultContext): void {
  const text = fileDiff(diff, settings, display)
  if (text === '') return
  header(task)
  display.line(text)
}

function statusOf({ status }: Outcome, { isStrict }: ResultContext): OutcomeStatus {
  return status === 'unknown' && isStrict ? 'skipped' : status
}

function isQuiet(status: OutcomeStatus, { settings }: ResultContext): boolean {
  return status === 'skipped' && !settings.showsSkipped || status === 'ok' && !settings.showsOk
}

function isLoud(status: OutcomeStatus, { settings }: ResultContext): boolean {
  return settings.failuresToStderr && (status === 'failed' || status === 'unreachable')
}

function isCalm(status: OutcomeStatus): boolean {
  return status === 'ok' || status === 'changed' || status === 'skipped'
}

/** Where it was done, when that is another host. */
function hostLabel({ host, delegate }: { readonly host: string, readonly delegate?: string }): string {
  return delegate === undefined || delegate === host ? host : `${host} -> ${delegate}`
}

function isInclude({ module }: TaskAddress): boolean {
  return /^(?:ansible\.(?:builtin|legacy)\.)?include_(?:tasks|role)$/.test(module)
}

function isDebug({ module }: TaskAddress): boolean {
  return /^(?:ansible\.(?:builtin|legacy)\.)?debug$/.test(module)
}

/** Facts are too long to be shown. */
function isSetup({ module }: TaskAddress): boolean {
  return /^(?:ansible\.(?:builtin|legacy)\.)?(?:setup|gather_facts)$/.test(module)
}
