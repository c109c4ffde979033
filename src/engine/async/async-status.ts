import { defineAction } from '../../module/define-module.ts'
import type { Module, ModuleResult } from '../../module/module.ts'
import { askJob, jobPathSource, noJob, type JobOnHost } from './ask-job.ts'
import type { Jobs } from './jobs.ts'

/** `async_status`: how a task that was left running is doing. Those that need the control host are asked for here, others on their host. */
export function asyncStatusModule(jobs: Jobs, usualFolder: string | undefined): Module {
  return defineAction({
    name: 'async_status',
    summary: 'Ask how a task that was started with poll: 0 is doing.',
    where: 'host',
    check: 'run',
    args: {
      jid: { type: 'str', required: true, description: 'The `ansible_job_id` of the result that started it.' },
      mode: { type: 'str', choices: ['status', 'cleanup'], default: 'status', description: '`cleanup` removes what is kept about the job.' },
    },
    examples: [{ name: 'Look after a job', args: { jid: 'j1.4711' } }],
    run: ({ jid, mode }, { remote, controller }): Promise<ModuleResult> => {
      const known = mode === 'cleanup' ? jobs.forget(jid) : jobs.status(jid)
      if (known) return Promise.resolve(known)
      const folder = controller.variable('ansible_async_dir')
      const job = { jid, remote, folder: typeof folder === 'string' ? folder : usualFolder }
      return mode === 'cleanup' ? cleanUp(job) : askJob(job)
    },
  })
}

async function cleanUp(job: JobOnHost): Promise<ModuleResult> {
  const { status, stdout } = await job.remote.exec({ script: `${jobPathSource(job)}; [ -e "$_job" ] || exit 9; rm -f -- "$_job"; printf %s "$_job"` }, {})
  if (status === 9) return noJob(job.jid)
  return { changed: false, fields: { ansible_job_id: job.jid, erased: stdout.toString('utf8') } }
}
