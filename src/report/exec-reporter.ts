import type { OutcomeStatus } from '../run/outcome.ts'
import type { Reporter } from '../run/reporter.ts'
import type { HostEnded, ItemEnded, RunEvent } from '../run/run-event.ts'
import type { JsonObject } from '../value/value.ts'
import { callbackSettings, type CallbackSettings } from './ansible/callback-settings.ts'
import { STATUS_TONES } from './ansible/colours.ts'
import { createDisplay, type Display } from './ansible/display.ts'
import { fileDiff } from './ansible/file-diff.ts'
import { dumpResult } from './ansible/result-dump.ts'
import { diagnosticText, errorText } from './ansible/warning-text.ts'
import type { ReporterOptions } from './create-output.ts'

/** For one task on many hosts: what it said, host by host, in the form of Ansible's callbacks `minimal` and `oneline`. */
export function createExecReporter({ config, stream, errors, verbosity }: ReporterOptions, form: 'minimal' | 'oneline'): Reporter {
  const display = createDisplay({ config, stdout: stream, stderr: errors, verbosity })
  const settings = callbackSettings(config)
  return {
    report(event: RunEvent) {
      if (event.kind === 'host-ended') showHost(event, { settings, display, form })
      else if (event.kind === 'warned' && event.diagnostic.severity === 'warning') display.warning(diagnosticText(event.diagnostic))
      else if (event.kind === 'warned' && event.host === undefined) display.line(errorText(event.diagnostic), { tone: 'error', stderr: true, level: 'ERROR' })
      else if (event.kind === 'displayed') display.line(event.text, { verbosity: event.verbosity })
    },
    close: () => Promise.resolve(),
  }
}

const WORDS: Readonly<Record<OutcomeStatus, string>> = {
  ok: 'SUCCESS', changed: 'CHANGED', skipped: 'SKIPPED', failed: 'FAILED', unreachable: 'UNREACHABLE!', unknown: 'UNKNOWN',
}

interface Form {
  readonly settings: CallbackSettings
  readonly display: Display
  readonly form: 'minimal' | 'oneline'
}

function showHost(event: HostEnded, form: Form): void {
  const { display, settings } = form
  const diff = fileDiff(event.diff, settings, display)
  if (diff !== '') display.line(diff)
  display.line(form.form === 'oneline' ? oneLine(event, form) : hostText(event, form), { tone: STATUS_TONES[event.outcome.status] })
}

function hostText(event: HostEnded, { settings, display }: Form): string {
  const { status, result } = event.outcome
  const head = `${event.host} | ${WORDS[status]}`
  if (status === 'skipped') return head
  if (isCommand(event) && status !== 'unreachable' && status !== 'unknown') return [`${head} | rc=${String(result['rc'] ?? -1)} >>`, ...said(result)].join('\n')
  const text = dumpResult({ module: event.task.module, result, always: true, looped: event.looped, ...event.args && { args: event.args } }, settings, display.verbosity)
  return `${head}${status === 'failed' ? '!' : ''} => ${text}`
}

function oneLine(event: HostEnded, { settings, display }: Form): string {
  const { status, result } = event.outcome
  const head = `${event.host} | ${WORDS[status]}`
  if (status === 'skipped') return head
  if (status === 'unreachable') return `${head}: ${String(result['msg'] ?? '')}`
  if (isCommand(event) && status !== 'failed') {
    const stderr = typeof result['stderr'] === 'string' && result['stderr'] !== '' ? ` (stderr) ${escaped(result['stderr'])}` : ''
    return `${head} | rc=${String(result['rc'] ?? -1)} | (stdout) ${escaped(result['stdout'])}${stderr}`
  }
  const text = dumpResult({ module: event.task.module, result, always: false, looped: event.looped }, { ...settings, format: 'json', pretty: true }, display.verbosity)
  return `${head}${status === 'failed' ? '!' : ''} => ${text.replace(/\n */g, '')}`
}

/** An empty line where there is nothing to tell. */
function said(result: JsonObject): readonly string[] {
  const texts = ['stdout', 'stderr', 'msg'].map((name) => result[name]).filter((text) => typeof text === 'string' && text !== '').map(String)
  return texts.length === 0 ? [''] : texts
}

function escaped(text: unknown): string {
  return typeof text === 'string' ? text.replaceAll('\n', '\\n').replaceAll('\r', '\\r') : ''
}

function isCommand({ task }: HostEnded | ItemEnded): boolean {
  return /^(?:ansible\.(?:builtin|legacy)\.)?(?:command|shell|raw)$/.test(task.module)
}
