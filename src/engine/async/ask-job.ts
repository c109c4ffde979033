import { ModuleFailure, type ModuleResult } from '../../module/module.ts'
import type { Remote } from '../../remote/remote.ts'
import { quote } from '../../text/shell-quote.ts'
import { folderSource } from './job-script.ts'
import { jobStatus, NOTHING_SAID } from './job-status.ts'

/** A job on the host that it runs on. */
export interface JobOnHost {
  readonly jid: string
  readonly remote: Remote
  readonly folder: string | undefined
}

export interface Asking {
  /** Seconds that the answer may take while the job is not finished. */
  readonly patience?: number
  /** When the job has finished, nothing of it is kept. */
  readonly forgets?: boolean
}

/** How a job is doing: its status file holds JSON, which says whether it has finished. */
export async function askJob(job: JobOnHost, { patience = 0, forgets = false }: Asking = {}): Promise<ModuleResult> {
  const { status, stdout } = await job.remote.exec({ script: [
    `${jobPathSource(job)}; [ -e "$_job" ] || exit 9`,
    `_left=${Math.round(patience * 10)}`,
    `while :; do _told=$(cat -- "$_job"); case $_told in *'"finished":true'*|*'"finished": true'*) ${forgets ? 'rm -f -- "$_job";' : ''} break;; esac; [ "$_left" -gt 0 ] || break; sleep 0.1; _left=$((_left - 1)); done`,
    `printf '%s\\n%s' "$_job" "$_told"`,
  ].join('\n') }, {})
  if (status === 9) return noJob(job.jid)
  const [path = '', ...rest] = stdout.toString('utf8').split('\n')
  return jobStatus(rest.join('\n'), path)
}

/** sh source that puts the path of a job's status file into `_job`. A name with a slash would be a path of the asker's choice. */
export function jobPathSource({ jid, folder }: JobOnHost): string {
  if (jid.includes('/')) return noJob(jid)
  return `_folder=${folderSource(folder)}; _job=$_folder/${quote(jid)}`
}

export function noJob(jid: string): never {
  throw new ModuleFailure('could not find job', { ...NOTHING_SAID, ansible_job_id: jid, started: true, finished: true })
}
