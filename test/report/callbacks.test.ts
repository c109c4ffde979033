import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { beforeEach, describe, expect, it } from 'vitest'
import { loadConfig } from '../../src/config/load-config.ts'
import { callbackWarnings } from '../../src/report/callbacks/index.ts'
import { createReporter } from '../../src/report/create-reporter.ts'
import type { Outcome } from '../../src/run/outcome.ts'
import type { HostEnded, RunEvent, TaskAddress } from '../../src/run/run-event.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const file = { path: '/play/site.yml', text: '- hosts: all\n  tasks:\n    - copy: {dest: x}\n' }
const play = { index: 0, name: 'Web', range: { file, start: 0, end: 12 } }
const task: TaskAddress = { id: 1, play, name: 'Write it', role: 'web', module: 'copy', isHandler: false, range: { file, start: 28, end: 40 } }
const other: TaskAddress = { ...task, id: 2, name: 'Say <it>', role: undefined, module: 'debug', args: 'msg="hi"' }

const EVENTS: readonly RunEvent[] = [
  { kind: 'run-started', id: '', time: '', playbooks: ['/play/site.yml'], options: { check: false, diff: false, forks: 1, verbosity: 0, tags: [], skipTags: [], limit: undefined } },
  { kind: 'play-started', play, hosts: ['a', 'b'] },
  { kind: 'task-started', task, hosts: 2 },
  ended(task, 'a', { status: 'changed', result: { changed: true } }),
  ended(task, 'b', { status: 'failed', result: { changed: false, failed: true, msg: 'No space & more' } }),
  { kind: 'task-started', task: other, hosts: 1 },
  ended(other, 'a', { status: 'skipped', result: { changed: false, skipped: true, skip_reason: 'Not now' } }),
  { kind: 'stats-set', host: undefined, data: { n: 1 } },
  {
    kind: 'run-ended', time: '', exitCode: 2, recap: new Map([['a', { ok: 1, changed: 1, unreachable: 0, failed: 0, skipped: 0, rescued: 0, ignored: 0, unknown: 1 }]]),
    figures: { seconds: 1.25, roundTrips: 3, bytesSent: 2048, bytesReceived: 10, tasks: 2, roundTripsByHost: new Map() },
  },
]

let folder: string
beforeEach(() => { folder = temporaryFolder('callbacks') })

describe('callbacks_enabled', () => {
  it('timer tells at the end how long it took', async () => {
    const lines = (await printed({ ANSIBLE_CALLBACKS_ENABLED: 'timer' })).trimEnd().split('\n')
    expect(lines.at(-1)).toBe('Playbook run took 0 days, 0 hours, 0 minutes, 0 seconds')
  })

  it('profile_tasks tells the time before each task, and the longest at the end', async () => {
    const text = await printed({ ANSIBLE_CALLBACKS_ENABLED: 'ansible.posix.profile_tasks', PROFILE_TASKS_SORT_ORDER: 'none' })
    expect(text).toMatch(/TASK \[web : Write it\] \*+\n\w+day \d\d \w+ \d{4} {2}\d\d:\d\d:\d\d [+-]\d{4} \(0:00:00\.\d{3}\) {7}0:00:00\.\d{3} \*+ \nchanged: \[a\]/)
    expect(text).toMatch(new RegExp(`={79} \nweb : Write it -{58} \\d\\.\\d\\ds\nSay <it> -{64} \\d\\.\\d\\ds\n$`))
  })

  it('profile_tasks shows no more than it shall', async () => {
    const text = await printed({ ANSIBLE_CALLBACKS_ENABLED: 'profile_tasks', PROFILE_TASKS_SUMMARY_ONLY: '1', PROFILE_TASKS_TASK_OUTPUT_LIMIT: '1' })
    expect(text.match(/ \(0:00:00/g)).toHaveLength(1)
    expect(text.match(/-{20} \d\.\d\ds\n/g)).toHaveLength(1)
  })

  it('profile_roles adds up roles, and modules outside of them', async () => {
    const text = await printed({ ANSIBLE_CALLBACKS_ENABLED: 'profile_roles' })
    expect(text).toMatch(/\nweb -{60,}/)
    expect(text).toMatch(/\ndebug -{60,}/)
    expect(text).toMatch(/~{79} \ntotal -{67} \d\.\d\ds\n$/)
  })

  it('junit writes a test case for each task and host', async () => {
    await printed({ ANSIBLE_CALLBACKS_ENABLED: 'junit', JUNIT_OUTPUT_DIR: folder })
    const [name = ''] = readdirSync(folder)
    expect(name).toMatch(/^site-[\d.]+\.xml$/)
    expect(readFileSync(join(folder, name), 'utf8').replace(/time="[^"]*"/g, 'time="0"')).toBe([
      '<?xml version="1.0" ?>',
      '<testsuites disabled="0" errors="0" failures="1" tests="3" time="0">',
      '\t<testsuite disabled="0" errors="0" failures="1" name="site" skipped="1" tests="3" time="0">',
      '\t\t<testcase classname="/play/site.yml:3" name="[a] Web: web : Write it" time="0">',
      '\t\t\t<system-out>{\n    &quot;changed&quot;: true\n}</system-out>',
      '\t\t</testcase>',
      '\t\t<testcase classname="/play/site.yml:3" name="[b] Web: web : Write it" time="0">',
      '\t\t\t<failure message="No space &amp; more" type="failure">{\n    &quot;changed&quot;: false,\n    &quot;msg&quot;: &quot;No space &amp; more&quot;\n}</failure>',
      '\t\t</testcase>',
      '\t\t<testcase classname="/play/site.yml:3" name="[a] Web: Say &lt;it&gt; msg=&quot;hi&quot;" time="0">',
      '\t\t\t<skipped>Not now</skipped>',
      '\t\t</testcase>',
      '\t</testsuite>',
      '</testsuites>',
      '',
    ].join('\n'))
  })

  it('junit counts and names as its settings say', async () => {
    await printed({
      ANSIBLE_CALLBACKS_ENABLED: 'junit', JUNIT_OUTPUT_DIR: folder, JUNIT_FAIL_ON_CHANGE: 'true', JUNIT_TASK_RELATIVE_PATH: '/play', JUNIT_TASK_CLASS: 'yes', JUNIT_HIDE_TASK_ARGUMENTS: 'true',
    })
    const text = readFileSync(join(folder, readdirSync(folder)[0] ?? ''), 'utf8')
    expect(text).toContain('failures="2"')
    expect(text).toContain('classname="site" name="[a] Web: Say &lt;it&gt;"')
  })

  it('tree writes the last result of each host', async () => {
    await printed({ ANSIBLE_CALLBACKS_ENABLED: 'tree', ANSIBLE_CALLBACK_TREE_DIR: folder })
    expect(readFileSync(join(folder, 'b'), 'utf8')).toBe('{"changed": false, "failed": true, "msg": "No space & more"}')
  })
})

describe('stdout_callback', () => {
  it('json prints the run as one document', async () => {
    const run = JSON.parse(await printed({ ANSIBLE_STDOUT_CALLBACK: 'ansible.posix.json', ANSIBLE_SHOW_CUSTOM_STATS: '1', ANSIBLE_CALLBACKS_ENABLED: 'timer' })) as object
    expect(run).toMatchObject({
      plays: [{
        play: { name: 'Web', path: '/play/site.yml:1' },
        tasks: [
          { task: { name: 'web : Write it', path: '/play/site.yml:3' }, hosts: { a: { action: 'copy', changed: true }, b: { action: 'copy', failed: true } } },
          { task: { name: 'Say <it>' }, hosts: { a: { action: 'debug', skipped: true } } },
        ],
      }],
      stats: { a: { ok: 1, changed: 1, failures: 0, skipped: 1 } }, custom_stats: {}, global_custom_stats: { n: 1 },
    })
  })

  it('jsonl prints a line for each event', async () => {
    const lines = (await printed({ ANSIBLE_STDOUT_CALLBACK: 'jsonl' })).trimEnd().split('\n').map((line) => JSON.parse(line) as { _event: string })
    expect(lines.map(({ _event }) => _event)).toEqual([
      'v2_playbook_on_play_start', 'v2_playbook_on_task_start', 'v2_runner_on_ok', 'v2_runner_on_failed', 'v2_playbook_on_task_start', 'v2_runner_on_skipped', 'v2_playbook_on_stats',
    ])
  })

  it.each([
    ['null', ''],
    ['minimal', 'a | CHANGED => {\n    "changed": true\n}\nb | FAILED! => {\n    "changed": false,\n    "msg": "No space & more"\n}\na | SKIPPED\n'],
    ['oneline', 'a | CHANGED => {"changed": true}\nb | FAILED! => {"changed": false,"msg": "No space & more"}\na | SKIPPED\n'],
  ])('%s', async (name, expected) => {
    expect(await printed({ ANSIBLE_STDOUT_CALLBACK: name })).toBe(expected)
  })

  it('skippy leaves out what was skipped', async () => {
    expect(await printed({ ANSIBLE_STDOUT_CALLBACK: 'skippy' })).not.toContain('Say')
  })

  it('arguments of tasks are in headings when asked for', async () => {
    expect(await printed({ ANSIBLE_DISPLAY_ARGS_TO_STDOUT: 'yes' })).toContain('TASK [Say <it> msg="hi"] ***')
    expect(await printed({})).toContain('TASK [Say <it>] ***')
  })
})

describe('callbacks that are not there', () => {
  it('are told of, and the default one is used', async () => {
    const warnings = callbackWarnings(config({ ANSIBLE_STDOUT_CALLBACK: 'community.general.dense', ANSIBLE_CALLBACKS_ENABLED: 'timer,slack' }))
    expect(warnings.map(({ summary }) => summary)).toEqual(["Skipping callback plugin 'slack', unable to load", 'Invalid callback for stdout specified: dense'])
    expect(await printed({ ANSIBLE_STDOUT_CALLBACK: 'dense' })).toContain('PLAY [Web]')
  })
})

function config(environment: Record<string, string>): ReturnType<typeof loadConfig> {
  return loadConfig({ environment, folder: folder, home: folder, file: '/dev/null' })
}

async function printed(environment: Record<string, string>): Promise<string> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]
  const reporter = await createReporter({ stream: stdout as unknown as NodeJS.WriteStream, errors: stderr as unknown as NodeJS.WriteStream, config: config(environment), verbosity: 0, diff: false })
  for (const event of EVENTS) reporter.report(event)
  await reporter.close()
  return String(stdout.read() ?? '')
}

function ended(address: TaskAddress, host: string, outcome: Outcome): HostEnded {
  return { kind: 'host-ended', task: address, host, outcome, diff: [], looped: false, seconds: 0 }
}
