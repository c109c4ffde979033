import { resolve } from 'node:path'
import type { Config } from '../../config/config.ts'
import type { Reporter } from '../../run/reporter.ts'
import type { PlayAddress, RunEvent, TaskAddress } from '../../run/run-event.ts'
import type { JsonObject } from '../../value/value.ts'
import { taskTitle } from '../task-title.ts'
import { callbackSettings, type CallbackSettings } from './callback-settings.ts'
import type { Display } from './display.ts'
import { showRecap } from './recap.ts'
import { resultLines, type ResultContext } from './result-lines.ts'
import { pythonJson } from './python-json.ts'
import { showPath } from './task-path.ts'
import { diagnosticText, errorText } from './warning-text.ts'

export interface DefaultReporterOptions {
  readonly config: Config
  readonly display: Display
}

type Show = { readonly [Kind in RunEvent['kind']]?: (event: Extract<RunEvent, { kind: Kind }>) => void }

/** Lines as the default callback of ansible-playbook prints them, for logs, pipes and the tools that read them. */
export function createDefaultReporter({ config, display }: DefaultReporterOptions): Reporter {
  const settings = callbackSettings(config)
  const isStrict = config.find('DEFAULT_STDOUT_CALLBACK')?.origin !== 'default'
  const banners = new TaskBanners(display, settings)
  const results: ResultContext = { settings, display, isStrict, header: (task) => { banners.show(task) } }
  const lines = resultLines(results)
  const stats = new Map<string | undefined, JsonObject>()
  let isCheck = false

  const show: Show = {
    'run-started': ({ playbooks, options }) => {
      isCheck = options.check
      if (display.verbosity > 0) display.line(config.file === undefined ? 'No config file found; using defaults' : `Using ${config.file} as config file`, { tone: 'verbose', verbosity: 1 })
      if (display.verbosity > 1) for (const path of playbooks) display.banner(`PLAYBOOK: ${path.split('/').at(-1) ?? path}`)
      if (isCheck && settings.checkMarkers) display.banner('DRY RUN')
    },
    'play-started': ({ play }) => { banners.startPlay(play) },
    'play-skipped': ({ play, reason }) => {
      banners.startPlay(play)
      if (reason === 'no-hosts-matched') display.line('skipping: no hosts matched', { tone: 'skip' })
      else display.banner('NO MORE HOSTS LEFT')
    },
    'task-started': ({ task }) => { if (settings.showsSkipped && settings.showsOk && !isFree(task.play)) banners.show(task) },
    'host-started': ({ task, host }) => { if (settings.hostStarts) display.line(` [started TASK: ${taskTitle(task)} on ${host}]`, { tone: 'ok' }) },
    'item-ended': lines.item,
    'host-ended': lines.host,
    'task-retried': lines.retry,
    included: ({ task, path, hosts, label }) => {
      banners.show(task)
      display.line(`included: ${/\.\w+$/.test(path) ? resolve(path) : path} for ${hosts.join(', ')}${label === undefined ? '' : ` => (item=${label})`}`, { tone: 'included' })
    },
    'handler-notified': ({ handler, host }) => { display.line(`NOTIFIED HANDLER ${handler} for ${host}`, { tone: 'verbose', verbosity: 2, only: 'screen' }) },
    warned: ({ diagnostic, host }) => {
      if (diagnostic.severity === 'warning') display.warning(diagnosticText(diagnostic))
      // What went wrong on a host is told by its result.
      else if (host === undefined) display.line(errorText(diagnostic), { tone: 'error', stderr: true, level: 'ERROR' })
    },
    displayed: ({ text, verbosity }) => { display.line(text, { verbosity, ...verbosity > 0 && { tone: 'verbose' } }) },
    'stats-set': ({ host, data }) => { stats.set(host, data) },
    'run-ended': (event) => {
      showRecap(event, isStrict, display)
      if (settings.customStats && stats.size > 0) showStats(stats, display)
      if (isCheck && settings.checkMarkers) display.banner('DRY RUN')
    },
  }

  return {
    report: (event) => { (show[event.kind] as ((event: RunEvent) => void) | undefined)?.(event) },
    close: () => Promise.resolve(),
  }
}

/** Headings of tasks, each before the first line of its task. */
class TaskBanners {
  readonly #display: Display
  readonly #marks: boolean
  readonly #args: boolean
  #shown: number | undefined

  constructor(display: Display, { checkMarkers, showsArguments }: CallbackSettings) {
    this.#display = display
    this.#marks = checkMarkers
    this.#args = showsArguments
  }

  startPlay(play: PlayAddress): void {
    this.#shown = undefined
    this.#display.banner(`PLAY${play.name === '' ? '' : ` [${play.name}]`}${this.#mark(play.check)}`)
  }

  show(task: TaskAddress): void {
    if (this.#shown === task.id) return
    this.#shown = task.id
    this.#display.banner(`${task.isHandler ? 'RUNNING HANDLER' : 'TASK'} [${taskTitle(task)}${this.#args && task.args ? ` ${task.args}` : ''}]${this.#mark(task.check)}`)
    if (this.#display.verbosity >= 2) showPath(task, this.#display)
  }

  #mark(check: boolean | undefined): string {
    return check && this.#marks ? ' [CHECK MODE]' : ''
  }
}

function isFree({ strategy = 'linear' }: PlayAddress): boolean {
  return ['free', 'host_pinned'].includes(strategy.split('.').at(-1) ?? '')
}

function showStats(stats: ReadonlyMap<string | undefined, JsonObject>, display: Display): void {
  const text = (data: JsonObject): string => pythonJson(data, 1).replaceAll('\n', '')
  display.banner('CUSTOM STATS: ')
  for (const [host, data] of [...stats].sort()) if (host !== undefined) display.line(`\t${host}: ${text(data)}`)
  const run = stats.get(undefined)
  if (run) {
    display.line('', { only: 'screen' })
    display.line(`\tRUN: ${text(run)}`)
  }
  display.line('', { only: 'screen' })
}
