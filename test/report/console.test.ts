import { describe, expect, it } from 'vitest'
import { createPaint } from '../../src/diagnostics/paint.ts'
import { createPlainReporter } from '../../src/report/plain-reporter.ts'
import type { Output } from '../../src/report/output.ts'
import { createTerminalReporter } from '../../src/report/terminal-reporter.ts'
import type { Outcome } from '../../src/run/outcome.ts'
import type { HostEnded, RunEvent, TaskAddress } from '../../src/run/run-event.ts'

const file = { path: 'roles/web/tasks/main.yml', text: '- name: Write it\n  copy: {}\n' }
const play = { index: 0, name: 'Web', range: undefined }
const task: TaskAddress = { id: 1, play, name: 'Write it', role: 'web', module: 'copy', isHandler: false, range: { file, start: 2, end: 16 } }

const ENDED: RunEvent = {
  kind: 'run-ended', time: '', exitCode: 2,
  recap: new Map([['a', { ok: 1, changed: 1, unreachable: 0, failed: 0, skipped: 0, rescued: 0, ignored: 0, unknown: 0 }]]),
  figures: { seconds: 1.25, roundTrips: 3, bytesSent: 2048, bytesReceived: 10, tasks: 2, roundTripsByHost: new Map() },
}

describe('the plain reporter', () => {
  it('prints what ansible-playbook prints, so that its readers can read it', () => {
    const lines = shown(createPlainReporter, {}, [{ kind: 'play-started', play, hosts: ['a', 'b'] }, { kind: 'task-started', task, hosts: 2 },
      ended('a', { status: 'changed', result: { changed: true } }), ended('b', { status: 'failed', result: { msg: 'No space left' } }), ENDED])
    expect(lines).toEqual([
      `PLAY [Web] ${'*'.repeat(68)}`,
      `TASK [web : Write it] ${'*'.repeat(57)}`,
      'changed: [a]',
      'fatal: [b]: FAILED! => {"msg":"No space left"}',
      "error[task-failed]: Task 'Write it' failed on b: No space left",
      ' --> roles/web/tasks/main.yml:1:3',
      '1 | - name: Write it',
      '  |   ^^^^^^^^^^^^^^',
      `PLAY RECAP ${'*'.repeat(68)}`,
      'a                          : ok=1    changed=1    unreachable=0    failed=0    skipped=0    rescued=0    ignored=0',
      'tsplay: 1.3 s · 2 task results · 3 round trips · 2 kB sent · 10 B received',
    ])
  })

  it('shows items of a loop instead of their sum, and delegation', () => {
    const item: RunEvent = { kind: 'item-ended', task, host: 'a', label: 'x', outcome: { status: 'ok', result: {} }, diff: [], delegate: 'b' }
    expect(shown(createPlainReporter, {}, [item, ended('a', { status: 'ok', result: {} }, { looped: true })]).slice(1)).toEqual(['ok: [a -> b] => (item=x)'])
  })

  it('shows diffs when asked to', () => {
    const diff = [{ before: 'a\n', after: 'b\n', beforeHeader: '/etc/x', afterHeader: '/etc/x' }]
    const event = ended('a', { status: 'changed', result: {} }, { diff })
    expect(shown(createPlainReporter, { diff: true }, [event])).toContain('-a')
    expect(shown(createPlainReporter, { diff: false }, [event])).not.toContain('-a')
  })
})

describe('the terminal reporter', () => {
  it('sums up a task in one line and shows equal failures once', () => {
    const failed: Outcome = { status: 'failed', result: { msg: 'No space left' } }
    const reporter = (output: Output) => createTerminalReporter(output, { show: () => undefined, hide: () => undefined })
    const lines = shown(reporter, { width: 140 }, [{ kind: 'task-started', task, hosts: 3 }, ended('a', { status: 'changed', result: {} }), ended('b', failed), ended('c', failed),
      { kind: 'task-ended', task }])
    expect(lines[0]).toMatch(/^ {2}✗ web : Write it\s+2 failed · 1 changed {2}a$/)
    expect(lines[1]).toBe("    error[task-failed]: Task 'Write it' failed on b, c: No space left")
  })

  it('sums up the run by host', () => {
    const reporter = (output: Output) => createTerminalReporter(output, { show: () => undefined, hide: () => undefined })
    const lines = shown(reporter, {}, [ENDED])
    expect(lines[1]).toBe('  host       ok  changed')
    expect(lines.at(-1)).toContain('failed (exit 2)')
  })
})

function ended(host: string, outcome: Outcome, more: Partial<HostEnded> = {}): HostEnded {
  return { kind: 'host-ended', task, host, outcome, diff: [], looped: false, seconds: 0, ...more }
}

function shown(create: (output: Output) => { report(event: RunEvent): void }, settings: Partial<Output>, events: readonly RunEvent[]): string[] {
  const lines: string[] = []
  const output: Output = { line: (text) => { lines.push(...text.split('\n')) }, paint: createPaint(false), width: 79, verbosity: 0, diff: false, ...settings }
  const reporter = create(output)
  for (const event of events) reporter.report(event)
  return lines.filter((line) => line.trim() !== '')
}
