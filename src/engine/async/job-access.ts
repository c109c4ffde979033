import type { Config } from '../../config/config.ts'
import type { JobAccess } from '../../module/controller.ts'
import type { ModuleResult } from '../../module/module.ts'
import type { Json } from '../../value/value.ts'
import { askJob, jobPathSource, noJob, type JobOnHost } from './ask-job.ts'
import { asyncFolder } from './async-folder.ts'
import { NOTHING_SAID } from './job-status.ts'
import type { Jobs } from './jobs.ts'

interface Asker {
  readonly jobs: Jobs
  readonly config: Config
  /** A variable of the task's host. */
  readonly variable: (name: string) => Json | undefined
}

/** For `async_status`: jobs that need the control host are asked for here, others on their host. */
export function jobAccess({ jobs, config, variable }: Asker): JobAccess {
  const folder = (): string | undefined => {
    const own = variable('ansible_async_dir')
    return typeof own === 'string' ? own : asyncFolder(config)
  }
  return {
    status: async (jid, remote) => jobs.status(jid) ?? askJob({ jid, remote, folder: folder() }),
    forget: async (jid, remote) => jobs.forget(jid) ?? cleanUp({ jid, remote, folder: folder() }),
  }
}

async function cleanUp(job: JobOnHost): Promise<ModuleResult> {
  const { status, stdout } = await job.remote.exec({ script: `${jobPathSource(job)}; [ -e "$_job" ] || exit 9; rm -f -- "$_job"; printf %s "$_job"` }, {})
  if (status === 9) return noJob(job.jid)
  return { changed: false, fields: { ...NOTHING_SAID, ansible_job_id: job.jid, erased: stdout.toString('utf8'), started: false, finished: false } }
}
