import { describe, expect, it } from 'vitest'
import { createPaint } from '../../src/diagnostics/paint.ts'
import { loadConfig } from '../../src/config/load-config.ts'
import { createDefaultReporter } from '../../src/report/ansible/default-reporter.ts'
import { createDisplay } from '../../src/report/ansible/display.ts'
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

describe('the default reporter', () => {
  it('prints what ansible-playbook prints, so that its readers can read it', () => {
    const { stdout } = printed({}, [{ kind: 'play-started', play, hosts: ['a', 'b'] }, { kind: 'task-started', task, hosts: 2 },
      ended('a', { status: 'changed', result: { changed: true } }), ended('b', { status: 'failed', result: { msg: 'No space left', changed: false, failed: true } }), ENDED])
    expect(stdout).toBe([
      '', `PLAY [Web] ${'*'.repeat(69)}`,
      '', `TASK [web : Write it] ${'*'.repeat(58)}`,
      'changed: [a]',
      'fatal: [b]: FAILED! => {"changed": false, "msg": "No space left"}',
      '', `PLAY RECAP ${'*'.repeat(69)}`,
      'a                          : ok=1    changed=1    unreachable=0    failed=0    skipped=0    rescued=0    ignored=0   ', '', '',
    ].join('\n'))
  })

  const CASES: readonly { readonly name: string, readonly environment?: Record<string, string>, readonly verbosity?: number, readonly events: readonly RunEvent[], readonly lines: readonly string[] }[] = [
    {
      name: 'items of a loop instead of their sum, and delegation',
      events: [{ kind: 'item-ended', task, host: 'a', label: 'x', outcome: { status: 'ok', result: {} }, diff: [], delegate: 'b' }, ended('a', { status: 'ok', result: {} }, { looped: true })],
      lines: ['ok: [a -> b] => (item=x)'],
    },
    {
      name: 'the sum too where all items were skipped',
      events: [{ kind: 'item-ended', task, host: 'a', label: 'x', outcome: { status: 'skipped', result: {} }, diff: [] }, ended('a', { status: 'skipped', result: {} }, { looped: true })],
      lines: ['skipping: [a] => (item=x) ', 'skipping: [a]'],
    },
    {
      name: 'of hidden results how many there were',
      events: [
        { kind: 'item-ended', task: { ...task, module: 'debug' }, host: 'a', label: '(censored due to no_log)', outcome: { status: 'ok', result: { censored: 'hidden', changed: false } }, diff: [] },
        ended('a', { status: 'ok', result: { censored: 'hidden', changed: false, results: [{ censored: 'hidden', changed: false }] } }, { looped: true }),
      ],
      lines: ['ok: [a] => (item=(censored due to no_log))'],
    },
    {
      name: 'that a job was waited for',
      events: [ended('a', { status: 'changed', result: { ansible_job_id: 'j1.2', finished: true } }), ended('b', { status: 'failed', result: { ansible_job_id: 'j3.4', finished: true, msg: 'no' } }), ended('c', { status: 'changed', result: { ansible_job_id: 'j5.6', finished: false } })],
      lines: ['ASYNC OK on a: jid=j1.2', 'changed: [a]', 'ASYNC FAILED on b: jid=j3.4', 'fatal: [b]: FAILED! => {"ansible_job_id": "j3.4", "finished": true, "msg": "no"}', 'changed: [c]'],
    },
    {
      name: 'the differences that changes make',
      events: [ended('a', { status: 'changed', result: {} }, { diff: [{ before: 'a\n', after: 'b\n', beforeHeader: '/etc/x', afterHeader: '/etc/x' }] })],
      lines: ['--- before: /etc/x', '+++ after: /etc/x', '@@ -1 +1 @@', '-a', '+b', 'changed: [a]'],
    },
    {
      name: 'results as YAML when asked to', environment: { ANSIBLE_CALLBACK_RESULT_FORMAT: 'yaml' },
      events: [ended('a', { status: 'failed', result: { msg: 'two\nlines', rc: 1, stdout: 'x', stdout_lines: ['x'] } })],
      lines: ['fatal: [a]: FAILED! => ', '    msg: |-', '        two', '        lines', '    rc: 1', '    stdout: x', '    stdout_lines: <omitted>'],
    },
    {
      name: 'where a failed task stands when asked to', environment: { ANSIBLE_SHOW_TASK_PATH_ON_FAILURE: '1' },
      events: [ended('a', { status: 'failed', result: { msg: 'no' } })],
      lines: [`task path: ${process.cwd()}/roles/web/tasks/main.yml:1`, 'fatal: [a]: FAILED! => {"msg": "no"}'],
    },
    { name: 'no skipped hosts when told so', environment: { ANSIBLE_DISPLAY_SKIPPED_HOSTS: 'no' }, events: [ended('a', { status: 'skipped', result: {} })], lines: [] },
    { name: 'results with -v', verbosity: 1, events: [ended('a', { status: 'ok', result: { b: [1, null], a: 'é' } })], lines: ['ok: [a] => {"a": "é", "b": [1, null]}'] },
    { name: 'that a failure is ignored', events: [ended('a', { status: 'failed', ignored: true, result: { msg: 'no' } })], lines: ['fatal: [a]: FAILED! => {"msg": "no"}', '...ignoring'] },
    { name: 'what is included', events: [{ kind: 'included', task, path: '/x.yml', hosts: ['a', 'b'], label: '1' }], lines: ['included: /x.yml for a, b => (item=1)'] },
    { name: 'no list of what was not there', verbosity: 1, events: [ended('a', { status: 'skipped', result: { changed: false, results: [], skipped_reason: 'No items in the list' } })], lines: ['skipping: [a] => {"changed": false, "skipped_reason": "No items in the list"}'] },
    { name: 'colours when forced to', environment: { ANSIBLE_FORCE_COLOR: '1' }, events: [ended('a', { status: 'changed', result: {} })], lines: ['\u001b[0;33mchanged: [a]\u001b[0m'] },
  ]
  for (const { name, environment = {}, verbosity = 0, events, lines } of CASES) {
    it(`shows ${name}`, () => {
      const { stdout } = printed({ environment, verbosity }, events)
      expect(stdout.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('TASK ['))).toEqual(lines)
    })
  }

  it('says deprecations under their own name', () => {
    const { stderr } = printed({}, [{ kind: 'warned', diagnostic: { code: 'module-deprecation', severity: 'warning', summary: 'Old. This feature will be removed from a.b in version 3.0' } }])
    expect(stderr).toBe('[DEPRECATION WARNING]: Old. This feature will be removed from a.b in version\n3.0. Deprecation warnings can be disabled by setting deprecation_warnings=False\nin ansible.cfg.\n')
  })

  it('says warnings and, when told so, failures on standard error, each warning once', () => {
    const warned: RunEvent = { kind: 'warned', diagnostic: { code: 'x', severity: 'warning', summary: 'Beware' } }
    const { stdout, stderr } = printed({ environment: { ANSIBLE_DISPLAY_FAILED_STDERR: '1' } }, [warned, warned, ended('a', { status: 'failed', result: { msg: 'no' } })])
    expect(stderr).toBe('[WARNING]: Beware\nfatal: [a]: FAILED! => {"msg": "no"}\n')
    expect(stdout).not.toContain('fatal')
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

function printed({ environment = {}, verbosity = 0 }: { environment?: Record<string, string>, verbosity?: number }, events: readonly RunEvent[]): { stdout: string, stderr: string } {
  const config = loadConfig({ environment, folder: '/', home: '/nonexistent', file: '/dev/null' })
  const text = { stdout: '', stderr: '' }
  const streams = { stdout: { write: (more: string) => { text.stdout += more } }, stderr: { write: (more: string) => { text.stderr += more } } }
  const reporter = createDefaultReporter({ config, display: createDisplay({ config, verbosity, ...streams }) })
  for (const event of events) reporter.report(event)
  return text
}

function ended(host: string, outcome: Outcome, more: Partial<HostEnded> = {}): HostEnded {
  return { kind: 'host-ended', task, host, outcome, diff: [], looped: false, seconds: 0, ...more }
}

function shown(create: (output: Output) => { report(event: RunEvent): void }, settings: Partial<Output>, events: readonly RunEvent[]): string[] {
  const lines: string[] = []
  const output: Output = { line: (text) => { lines.push(...text.split('\n')) }, paint: createPaint(false), width: 79, verbosity: 0, diff: false, diffContext: 3, largestDiff: 1000, ...settings }
  const reporter = create(output)
  for (const event of events) reporter.report(event)
  return lines.filter((line) => line.trim() !== '')
}
