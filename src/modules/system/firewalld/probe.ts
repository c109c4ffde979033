import { ModuleFailure } from '../../../module/module.ts'
import type { ExecResult } from '../../../remote/exec.ts'
import type { ScriptProbe } from '../../../remote/probe.ts'
import type { FirewalldState, WantedFirewalld } from './wanted.ts'
import { questionScript } from './words.ts'

/** Asks firewalld, or its files where it does not run and that is allowed. */
export function firewalldProbe(wanted: WantedFirewalld): ScriptProbe<FirewalldState> {
  const { item, zone, asks } = wanted
  return {
    kind: 'script',
    // its programs are in Python
    isCostly: true,
    key: `firewalld:${JSON.stringify([item.option, item.value, zone ?? null, asks, wanted.offline])}`,
    script: `command -v firewall-cmd >/dev/null || { echo 'Failed to find required executable "firewall-cmd"' >&2; exit 127; }\n${questionScript(wanted)}`,
    parse: (result) => parse(wanted, result),
    readsPaths: ['/etc/firewalld'],
  }
}

function parse(wanted: WantedFirewalld, { status, stdout, stderr }: ExecResult): FirewalldState {
  const text = stdout.toString('utf8')
  const line = (mark: string): string | null => new RegExp(`^${mark} (.*)$`, 'm').exec(text)?.[1] ?? null
  const offline = line('M') === 'offline'
  if (offline && wanted.asks.immediate && !wanted.offline) throw new ModuleFailure('firewall is not currently running, unable to perform immediate actions without a running firewall daemon')
  if (status !== 0) throw new ModuleFailure(failureText(stderr.toString('utf8')))
  const value = (answer: string | null): string | null => answer === null ? null : readAnswer(wanted, answer)
  return { permanent: value(line('P')), immediate: line('I'), zone: wanted.zone ?? line('Z') ?? '', offline }
}

function readAnswer({ item: { kind, value } }: WantedFirewalld, answer: string): string {
  if (kind === 'zone') return answer.split(' ').includes(value) ? 'yes' : 'no'
  // by this name the program takes it, by the other it tells it
  return kind === 'target' && answer === 'REJECT' ? '%%REJECT%%' : answer
}

function failureText(told: string): string {
  const text = /^Error: (.*)$/ms.exec(told)?.[1]?.trim() ?? told.trim()
  const more = text.includes('INVALID_SERVICE') ? ' Services are defined by port/tcp relationship and named as they are in /etc/services (on most systems)' : ''
  return `ERROR: Exception caught: ${text}${more}`
}
