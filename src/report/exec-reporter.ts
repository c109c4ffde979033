import { renderDiagnostic } from '../diagnostics/render.ts'
import type { OutcomeStatus } from '../run/outcome.ts'
import type { Reporter } from '../run/reporter.ts'
import type { HostEnded, RunEvent } from '../run/run-event.ts'
import { createOutput, type ReporterOptions } from './create-output.ts'
import { diffText } from './diff-text.ts'
import type { Output } from './output.ts'
import { resultText } from './result-text.ts'

/** For one task on many hosts: a line a host with what the command said, in the form of Ansible's ad-hoc command. */
export function createExecReporter(options: ReporterOptions): Reporter {
  const output = createOutput(options)
  return {
    report(event: RunEvent) {
      if (event.kind === 'host-ended') output.line(hostText(event, output))
      else if (event.kind === 'warned') output.line(renderDiagnostic(event.diagnostic, output.paint))
      else if (event.kind === 'play-skipped') output.line(output.paint.yellow('no hosts matched'))
    },
    close: () => Promise.resolve(),
  }
}

const WORDS: Readonly<Record<OutcomeStatus, string>> = {
  ok: 'SUCCESS', changed: 'CHANGED', skipped: 'SKIPPED', failed: 'FAILED', unreachable: 'UNREACHABLE!', unknown: 'UNKNOWN',
}
const COLOURS = {
  ok: 'green', changed: 'yellow', skipped: 'cyan', failed: 'red', unreachable: 'red', unknown: 'magenta',
} as const satisfies Record<OutcomeStatus, string>

function hostText(event: HostEnded, output: Output): string {
  const { status, result } = event.outcome
  const paint = output.paint[COLOURS[status]]
  const diff = output.diff ? diffText(event.diff, output.paint) : ''
  const said = [result['stdout'], result['stderr']].filter((text) => typeof text === 'string' && text !== '')
  const head = `${event.host} | ${WORDS[status]}`
  const isCommand = result['rc'] !== undefined && output.verbosity === 0
  const text = isCommand ? [paint(`${head} | rc=${String(result['rc'])} >>`), ...said].join('\n') : paint(`${head} => ${resultText(result, Math.max(1, output.verbosity))}`)
  return diff === '' ? text : `${diff}\n${text}`
}
