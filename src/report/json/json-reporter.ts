import type { Config } from '../../config/config.ts'
import type { Reporter } from '../../run/reporter.ts'
import type { HostEnded, RunEvent, TaskAddress } from '../../run/run-event.ts'
import type { Json, JsonObject } from '../../value/value.ts'
import type { Display } from '../ansible/display.ts'
import { pythonJson } from '../ansible/python-json.ts'
import { diagnosticText } from '../ansible/warning-text.ts'
import { type PlayRecord, playRecord, resultRecord, statsRecord, type TaskRecord, taskRecord } from './run-record.ts'

export interface JsonReporterOptions {
  readonly config: Config
  readonly display: Display
  /** The whole run as one document at its end, or a line for each event. */
  readonly form: 'document' | 'lines'
}

type Show = { readonly [Kind in RunEvent['kind']]?: (event: Extract<RunEvent, { kind: Kind }>) => void }

const EVENTS: Readonly<Record<HostEnded['outcome']['status'], string>> = {
  ok: 'v2_runner_on_ok', changed: 'v2_runner_on_ok', skipped: 'v2_runner_on_skipped', unknown: 'v2_runner_on_skipped', failed: 'v2_runner_on_failed', unreachable: 'v2_runner_on_unreachable',
}

/** Callbacks `json` and `jsonl`: what happened, for programs. Only warnings are for people, on standard error. */
export function createJsonReporter({ config, display, form }: JsonReporterOptions): Reporter {
  const plays: PlayRecord[] = []
  const tasks = new Map<number, TaskRecord>()
  const custom: { hosts: Record<string, JsonObject>, run: JsonObject } = { hosts: {}, run: {} }
  const tell = (event: string, fields: object): void => {
    if (form === 'lines') display.line(JSON.stringify(JSON.parse(pythonJson({ _event: event, _timestamp: now(), ...fields as JsonObject }))))
  }
  const startTask = (task: TaskAddress): TaskRecord => {
    const record = taskRecord(task)
    tasks.set(task.id, record)
    plays.at(-1)?.tasks.push(record)
    tell(task.isHandler ? 'v2_playbook_on_handler_task_start' : 'v2_playbook_on_task_start', record)
    return record
  }
  const show: Show = {
    'play-started': ({ play }) => { tell('v2_playbook_on_play_start', plays[plays.push(playRecord(play)) - 1] ?? {}) },
    'play-skipped': ({ play }) => { plays.push(playRecord(play)) },
    'task-started': ({ task }) => { startTask(task) },
    'host-ended': (event) => {
      const record = tasks.get(event.task.id) ?? startTask(event.task)
      const result = resultRecord(event)
      endNow(record, plays.at(-1))
      record.hosts[event.host] = result
      tell(EVENTS[event.outcome.status], { task: record.task, hosts: { [event.host]: result } })
    },
    'stats-set': ({ host, data }) => {
      if (host === undefined) custom.run = data
      else custom.hosts[host] = data
    },
    warned: ({ diagnostic, host }) => {
      if (diagnostic.severity === 'warning') display.warning(diagnosticText(diagnostic))
      else if (host === undefined) display.line(`ERROR! ${diagnosticText(diagnostic)}`, { tone: 'error', stderr: true, level: 'ERROR' })
    },
    'run-ended': (event) => {
      const sums = { stats: statsRecord(event), ...customStats(custom, config) }
      tell('v2_playbook_on_stats', sums)
      if (form === 'document') display.line(pythonJson({ plays: plays as unknown as Json, ...sums }, 4))
    },
  }
  return {
    report: (event) => { (show[event.kind] as ((event: RunEvent) => void) | undefined)?.(event) },
    close: () => Promise.resolve(),
  }
}

function customStats({ hosts, run }: { readonly hosts: JsonObject, readonly run: JsonObject }, config: Config): JsonObject {
  const isShown = config.get('callback.default.show_custom_stats')
  return { custom_stats: isShown ? hosts : {}, global_custom_stats: isShown ? run : {} }
}

function endNow({ task }: TaskRecord, play: PlayRecord | undefined): void {
  task.duration.end = now()
  if (play) play.play.duration.end = task.duration.end
}

function now(): string {
  return new Date().toISOString()
}
