import { setTimeout as sleep } from 'node:timers/promises'
import { defineAction } from '../module/define-module.ts'
import { ModuleFailure, type Module, type ModuleResult } from '../module/module.ts'
import type { JsonObject } from '../value/value.ts'

interface Job {
  /** The result, once there is one. */
  result: JsonObject | undefined
  readonly ended: Promise<void>
  /** When waiting for it makes no more sense, of `performance.now()`. */
  readonly deadline: number
}

/** Tasks with `poll: 0`, which go on while the play does. */
export class Jobs {
  readonly #jobs = new Map<string, Job>()

  /** Starts work that may take some seconds; returns the job's name. */
  start(work: () => Promise<JsonObject>, seconds: number): string {
    const name = `j${this.#jobs.size + 1}.${process.pid}`
    const ended = work().then((result) => { job.result = result })
    const job: Job = { result: undefined, ended, deadline: performance.now() + seconds * 1000 }
    this.#jobs.set(name, job)
    return name
  }

  status(name: string): JsonObject | undefined {
    const job = this.#jobs.get(name)
    if (!job) return undefined
    return { ...job.result, ansible_job_id: name, started: 1, finished: job.result ? 1 : 0 }
  }

  /** Waits for jobs that are still within their time: their commands end with the connection. */
  async settle(): Promise<void> {
    await Promise.all([...this.#jobs.values()].map(({ ended, deadline }) => {
      const left = Math.max(0, deadline - performance.now())
      return Promise.race([ended, sleep(left, undefined, { ref: false })])
    }))
  }
}

/** `async_status`: how a job is doing. */
export function asyncStatusModule(jobs: Jobs): Module {
  return defineAction({
    name: 'async_status',
    summary: 'Ask how a task that was started with poll: 0 is doing.',
    where: 'controller',
    check: 'run',
    args: {
      jid: { type: 'str', required: true, description: 'The `ansible_job_id` of the result that started it.' },
      mode: { type: 'str', choices: ['status', 'cleanup'], default: 'status', description: 'cleanup forgets the job, which tsplay does by itself.' },
    },
    examples: [{ name: 'Look after a job', args: { jid: 'j1.4711' } }],
    run: ({ jid, mode }): Promise<ModuleResult> => {
      if (mode === 'cleanup') return Promise.resolve({ changed: false, fields: { ansible_job_id: jid, erased: jid } })
      const { changed, failed, msg, ...fields } = jobs.status(jid) ?? refuse(jid)
      return Promise.resolve({
        changed: changed === true, failed: failed === true, fields,
        ...(typeof msg === 'string' && { msg }),
      })
    },
  })
}

function refuse(jid: string): never {
  throw new ModuleFailure(`Cannot find job '${jid}'`, { ansible_job_id: jid, started: 1, finished: 1 })
}
