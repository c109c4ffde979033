import { renderDiagnostic } from '../diagnostics/render.ts'
import type { Reporter } from '../run/reporter.ts'
import type { HostEnded, ItemEnded, RunEvent, TaskAddress } from '../run/run-event.ts'
import { plural } from './figures-text.ts'
import type { Output } from './output.ts'
import type { Spinner } from './spinner.ts'
import { recapTable } from './recap-table.ts'
import { taskBlock, type TaskProgress } from './task-block.ts'

/** How often the elapsed time of the spinner is brought up to date, in milliseconds. */
const TICK = 100

/**
 * For people at a terminal: a line a task with what became of it on how many hosts, a spinner with hosts done and time elapsed,
 * details only where something failed, changed with --diff, or was asked to be said.
 */
export function createTerminalReporter(output: Output, spinner: Spinner): Reporter {
  const open = new Map<number, TaskProgress>()
  const started = performance.now()
  let isAsking = false
  const timer = setInterval(() => { if (!isAsking) spin(spinner, open, started) }, TICK)
  timer.unref()

  function progressOf(task: TaskAddress, hosts = 0): TaskProgress {
    const progress = open.get(task.id) ?? { task, hosts, ended: [], items: [], startedAt: performance.now() }
    open.set(task.id, progress)
    return progress
  }

  function print(text: string): void {
    if (text === '') return
    spinner.hide()
    output.line(text)
  }

  function endTask(task: TaskAddress): void {
    const progress = open.get(task.id)
    open.delete(task.id)
    // A `meta` has no results.
    if (progress && progress.ended.length > 0) print(taskBlock(progress, output))
  }

  const show: { readonly [Kind in RunEvent['kind']]?: (event: Extract<RunEvent, { kind: Kind }>) => void } = {
    'play-started': ({ play, hosts }) => { print(`\n${output.paint.bold(`▌ ${play.name}`)}  ${output.paint.dim(plural(hosts.length, 'host'))}`) },
    'play-skipped': ({ play, reason }) => {
      print(`\n${output.paint.bold(`▌ ${play.name}`)}  ${output.paint.yellow(reason === 'no-hosts-matched' ? 'no hosts matched' : 'no hosts left')}`)
    },
    'task-started': ({ task, hosts }) => { progressOf(task, hosts) },
    'item-ended': (event: ItemEnded) => { progressOf(event.task).items.push(event) },
    'host-ended': (event: HostEnded) => { progressOf(event.task).ended.push(event) },
    'task-ended': ({ task }) => { endTask(task) },
    'task-retried': ({ task, host, left }) => { print(output.paint.yellow(`  ↻ ${task.name}: ${host} tries again, ${left} left`)) },
    warned: ({ diagnostic }) => { print(renderDiagnostic(diagnostic, output.paint)) },
    displayed: ({ text, verbosity }) => { if (output.verbosity >= verbosity) print(text) },
    'run-ended': (event) => {
      for (const progress of open.values()) print(taskBlock(progress, output))
      open.clear()
      print(recapTable(event, output))
    },
  }

  return {
    report(event) {
      (show[event.kind] as ((event: RunEvent) => void) | undefined)?.(event)
    },
    suspend() {
      isAsking = true
      spinner.hide()
    },
    resume() { isAsking = false },
    close() {
      clearInterval(timer)
      spinner.hide()
      return Promise.resolve()
    },
  }
}

function spin(spinner: Spinner, open: ReadonlyMap<number, TaskProgress>, started: number): void {
  const progress = [...open.values()].at(-1)
  if (!progress) return
  const seconds = ((performance.now() - started) / 1000).toFixed(0)
  const name = progress.task.role ? `${progress.task.role} : ${progress.task.name}` : progress.task.name
  spinner.show(`${name}  ${progress.ended.length}/${progress.hosts} hosts  ${seconds} s`)
}
