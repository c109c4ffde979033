import { setTimeout as sleep } from 'node:timers/promises'
import type { ModuleResult } from '../../module/module.ts'
import type { JsonObject } from '../../value/value.ts'
import { NOTHING_SAID } from './job-status.ts'

interface Job {
  /** The result, once there is one. */
  result: JsonObject | undefined
  readonly ended: Promise<void>
  /** When waiting for it makes no more sense, of `performance.now()`. */
  readonly deadline: number
}

/** Tasks with `poll: 0` whose module is more than a command: they need this program, and go on while the play does. */
export class Jobs {
  readonly #jobs = new Map<string, Job>()

  /** Starts work that may take some seconds. */
  start(name: string, work: () => Promise<JsonObject>, seconds: number): void {
    const ended = work().then((result) => { job.result = result })
    const job: Job = { result: undefined, ended, deadline: performance.now() + seconds * 1000 }
    this.#jobs.set(name, job)
  }

  /** Undefined for jobs that are none of these. */
  status(name: string): ModuleResult | undefined {
    const job = this.#jobs.get(name)
    if (!job) return undefined
    const { changed, failed, msg, ...fields } = job.result ?? {}
    return {
      changed: changed === true, failed: failed === true, ...(typeof msg === 'string' && { msg }),
      fields: { ...NOTHING_SAID, ...fields, ansible_job_id: name, started: true, finished: job.result !== undefined },
    }
  }

  forget(name: string): ModuleResult | undefined {
    return this.#jobs.delete(name) ? { changed: false, fields: { ...NOTHING_SAID, ansible_job_id: name, erased: name, started: false, finished: false } } : undefined
  }

  /** Waits for jobs that are still within their time. */
  async settle(): Promise<void> {
    await Promise.all([...this.#jobs.values()].map(({ ended, deadline }) => {
      const left = Math.max(0, deadline - performance.now())
      return Promise.race([ended, sleep(left, undefined, { ref: false })])
    }))
  }
}
