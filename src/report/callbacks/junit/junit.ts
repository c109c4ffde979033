import { mkdirSync, writeFileSync } from 'node:fs'
import { basename, extname, join, relative } from 'node:path'
import type { Config } from '../../../config/config.ts'
import type { OutcomeStatus } from '../../../run/outcome.ts'
import type { HostEnded, TaskAddress } from '../../../run/run-event.ts'
import { dumpResult } from '../../ansible/result-dump.ts'
import { taskPath } from '../../ansible/task-path.ts'
import { taskTitle } from '../../task-title.ts'
import type { Callback } from '../callback.ts'
import { type TestCase, testSuiteXml } from './test-suite.ts'

/** `junit`: a file with a test case for each task and host. */
export const junit: Callback = ({ config }) => {
  const folder = config.get('callback.junit.output_dir')
  const started = new Map<number, number>()
  const cases: TestCase[] = []
  let name = ''
  mkdirSync(folder, { recursive: true })
  return {
    report(event) {
      if (event.kind === 'run-started') name = basename(event.playbooks[0] ?? '', extname(event.playbooks[0] ?? ''))
      else if (event.kind === 'task-started') started.set(event.task.id, performance.now())
      else if (event.kind === 'host-ended') cases.push(...testCases(event, config, (performance.now() - (started.get(event.task.id) ?? performance.now())) / 1000))
      else if (event.kind === 'run-ended') writeFileSync(join(folder, `${name}-${Date.now() / 1000}.xml`), testSuiteXml(name, cases))
    },
    close: () => Promise.resolve(),
  }
}

/** None where the settings leave the task out. */
function testCases(event: HostEnded, config: Config, seconds: number): readonly TestCase[] {
  const { task, host, outcome: { result } } = event
  const title = titleOf(task, config)
  const state = stateOf(event, title, config)
  const isSetup = /^(?:ansible\.(?:builtin|legacy)\.)?(?:setup|gather_facts)$/.test(task.module)
  if (isSetup && !config.get('callback.junit.include_setup_tasks_in_report')) return []
  if (state !== 'failed' && !title.startsWith(config.get('callback.junit.test_case_prefix'))) return []
  const output = dumpResult({ module: task.module, result, always: false, looped: false }, { format: 'json', pretty: true }, 0)
  return [{
    name: `[${host}] ${task.play.name}: ${title}`, classname: className(task, config), seconds,
    ...state === 'failed' && { failure: { message: messageOf(result), output } },
    ...state === 'skipped' && { skipped: String(result['skip_reason'] ?? 'skipped') },
    ...state === 'ok' && { output },
  }]
}

function titleOf(task: TaskAddress, config: Config): string {
  return `${taskTitle(task)}${task.args && !config.get('callback.junit.hide_task_arguments') ? ` ${task.args}` : ''}`
}

type State = 'ok' | 'failed' | 'skipped'

/** Names may tell that a failure is wanted. */
function stateOf({ outcome: { status, ignored = false, result } }: HostEnded, title: string, config: Config): State {
  if (status === 'skipped' || status === 'unknown') return 'skipped'
  const isForgiven = ignored && !config.get('callback.junit.fail_on_ignore')
  const isBad = isFailure(status) ? !isForgiven : config.get('callback.junit.fail_on_change') && result['changed'] === true
  if (title.includes('EXPECTED FAILURE')) return 'ok'
  return isBad === title.includes('TOGGLE RESULT') ? 'ok' : 'failed'
}

function isFailure(status: OutcomeStatus): boolean {
  return status === 'failed' || status === 'unreachable'
}

function messageOf({ msg, rc = 0 }: HostEnded['outcome']['result']): string {
  return msg === undefined ? `rc=${String(rc)}` : typeof msg === 'string' ? msg : JSON.stringify(msg)
}

function className(task: TaskAddress, config: Config): string | undefined {
  const path = taskPath(task)
  if (path === undefined) return undefined
  const base = config.get('callback.junit.task_relative_path')
  const outside = config.get('callback.junit.replace_out_of_tree_path')
  const shown = base === undefined || base === '' ? path : relative(base, path)
  const placed = outside !== undefined && shown.startsWith('../') ? outside + basename(shown) : shown
  return config.get('callback.junit.task_class') ? placed.replace(/\.ya?ml:\d+$/, '') : placed
}
