import { randomInt } from 'node:crypto'
import { CommandError, type Remote } from '../../remote/remote.ts'
import { splitWords } from '../../text/split-words.ts'
import type { Json, JsonObject } from '../../value/value.ts'
import type { Call } from '../task/call.ts'
import { shownArguments } from '../task/call.ts'
import { asText, variable } from '../task/keyword.ts'
import { runAction } from '../task/run-action.ts'
import { asAction, type AnyAction } from '../task/run-module.ts'
import type { Site } from '../task/site.ts'
import { overlaid } from '../task/task-remote.ts'
import { asyncFolder } from './async-folder.ts'
import { startSource, type DetachedJob } from './job-script.ts'

/** Not an error: the command was started, and nothing is to be done with a result that is not there. */
class Detached extends Error {
  readonly path: string

  constructor(path: string) {
    super('The command was started and left alone')
    this.path = path
  }
}

/** What a task with `poll: 0` yields. */
export type BackgroundStart =
  /** The job goes on by itself, on the host. */
  | { readonly kind: 'started', readonly fields: JsonObject }
  /** There was nothing to start: `creates` says that all is done. */
  | { readonly kind: 'done', readonly result: Awaited<ReturnType<typeof runAction>> }

/** Starts the one command of a call so that it outlives this program; undefined when the module is more than a command. */
export async function startDetached(call: Call, seconds: number): Promise<BackgroundStart | undefined> {
  const action = asAction(call.module)
  const name = newJobName()
  const { site } = call
  const folder = jobFolder(site)
  if (action?.startsJobs) return startItself(action, { ...call, job: { name, seconds, folder } })
  if (action?.detaches === undefined) return undefined
  const job = { name, seconds, cmd: commandOf(call, action.detaches), folder }
  try {
    return { kind: 'done', result: await runAction(action, call, (remote) => detaching(remote, job)) }
  } catch (error) {
    if (!(error instanceof Detached)) throw error
    return { kind: 'started', fields: { ansible_job_id: name, results_file: error.path, started: true, finished: false } }
  }
}

/** Where the status files of a task's jobs are; undefined: where it usually is. */
export function jobFolder(site: Site): string | undefined {
  return asText(variable(site, 'ansible_async_dir')) ?? asyncFolder(site.play.run.request.config)
}

async function startItself(action: AnyAction, call: Call): Promise<BackgroundStart> {
  const result = await runAction(action, call)
  return result.failed === true ? { kind: 'done', result } : { kind: 'started', fields: result.fields ?? {} }
}

export function newJobName(): string {
  return `j${randomInt(1_000_000_000, 999_999_999_999)}.${process.pid}`
}

/** A remote whose commands are started and not waited for. */
function detaching(remote: Remote, job: Omit<DetachedJob, 'request'>): Remote {
  return overlaid(remote, {
    async exec(request) {
      const started = await remote.exec({ script: startSource({ ...job, request }), ...(request.environment && { environment: request.environment }) })
      if (started.status !== 0) throw new CommandError('start the job', started)
      throw new Detached(started.stdout.toString('utf8'))
    },
  })
}

function commandOf(call: Call, form: 'words' | 'line'): Json {
  const { cmd, argv } = shownArguments(call)
  const words = form === 'words' && typeof cmd === 'string' ? splitWords(cmd) : undefined
  return words ?? cmd ?? argv ?? null
}
