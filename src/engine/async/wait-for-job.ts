import type { ModuleResult } from '../../module/module.ts'
import type { Call } from '../task/call.ts'
import { pollInterval } from '../task/call.ts'
import { failedResult } from '../task/failed-result.ts'
import { asAction } from '../task/run-module.ts'
import { askJob } from './ask-job.ts'
import { jobFolder, startDetached } from './detach.ts'
import { lateJob } from './job-status.ts'

/** Whether a task with `async` that is waited for can be a job of its host, which goes on even if the connection is lost. */
export function canBeJob({ module, asyncSeconds, timeout, predicted }: Call): boolean {
  if (predicted || asyncSeconds === undefined || asyncSeconds > (timeout ?? Infinity)) return false
  const action = asAction(module)
  return action?.detaches !== undefined || action?.startsJobs === true
}

/** Starts the job, and looks at it until it has ended. Looking costs a round trip for each poll, and ends when the job does. */
export async function runAsJob(call: Call, seconds: number): Promise<ModuleResult> {
  const begun = performance.now()
  try {
    const start = await startDetached(call, seconds)
    if (start?.kind === 'done') return start.result
    const jid = String(start?.fields.ansible_job_id)
    const result = await ended(call, jid)
    call.traces.touched = true
    const isLate = result.failed === true && performance.now() - begun >= seconds * 1000
    if (isLate) throw lateJob(seconds, { ansible_job_id: jid, results_file: result.fields?.results_file ?? null })
    say(call, `ASYNC ${result.failed === true ? 'FAILED' : 'OK'} on ${call.site.host}: jid=${jid}`)
    return result
  } catch (error) {
    return failedResult(error)
  }
}

async function ended(call: Call, jid: string): Promise<ModuleResult> {
  const remote = await call.site.play.run.sessions.remote(call.route())
  const job = { jid, remote, folder: jobFolder(call.site) }
  for (;;) {
    const result = await askJob(job, { patience: pollInterval(call.site), forgets: true })
    if (result.fields?.finished === true) return result
    say(call, `ASYNC POLL on ${call.site.host}: jid=${jid} started=True finished=False`)
  }
}

function say({ site }: Call, text: string): void {
  site.play.run.events.emit({ kind: 'displayed', text, verbosity: 0 })
}
