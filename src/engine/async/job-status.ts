import { resultOfOutput } from '../../module/module-output.ts'
import { ModuleFailure, type ModuleResult } from '../../module/module.ts'
import type { Json, JsonObject } from '../../value/value.ts'

/** What `async_status` tells from the text of a status file. */
export function jobStatus(text: string, path: string): ModuleResult {
  const status = parsed(text)
  // Somebody may look while it is being written.
  if (status?.finished !== true) return { changed: false, fields: { ...NOTHING_SAID, ...kept(status ?? {}), results_file: path, started: true, finished: false } }
  if (status.output !== undefined) return ofModule(status, path)
  const rc = Number(status.rc)
  const late = status.late === true
  return {
    changed: true,
    failed: late || rc !== 0,
    msg: late ? `Job reached maximum time limit of ${String(status.seconds)} seconds.` : rc === 0 ? '' : 'non-zero return code',
    fields: {
      ...kept(status), rc, stdout: textOf(status.stdout_base64), stderr: textOf(status.stderr_base64), ...timing(status),
      results_file: path, started: true, finished: true,
    },
  }
}

/** What was started is a module of one's own, which has printed its result. */
function ofModule(status: Readonly<Partial<Record<string, Json>>>, path: string): ModuleResult {
  const job = { ...kept(status), results_file: path, started: true, finished: true }
  if (status.late === true) return { changed: false, failed: true, msg: `Job reached maximum time limit of ${String(status.seconds)} seconds.`, fields: { rc: 1, ...job } }
  const { rc = 0, stdout = '', stderr = '' } = status.output as Readonly<Record<string, Json | undefined>>
  const result = resultOfOutput({ rc: Number(rc), stdout: String(stdout), stderr: String(stderr) })
  return { ...result, fields: { ...NOTHING_SAID, ...result.fields, ...(stderr !== '' && { stderr: String(stderr) }), ...job } }
}

/** What a job has said that has not finished, or whose module says nothing. */
export const NOTHING_SAID: JsonObject = { stdout: '', stderr: '' }
/** The same in lines, where results are not completed with them. */
export const NO_LINES: JsonObject = { stdout_lines: [], stderr_lines: [] }

/** What a task fails with whose job was waited for and took longer than `async` allows. The job is as it was last seen. */
export function lateJob(seconds: number, job: JsonObject = {}): ModuleFailure {
  const lastSeen = { ...NOTHING_SAID, ...NO_LINES, ...job, started: true, finished: false }
  return new ModuleFailure(`async task did not complete within the requested time - ${seconds}s`, { async_result: lastSeen })
}

function parsed(text: string): Readonly<Partial<Record<string, Json>>> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as JsonObject : undefined
  } catch {
    return undefined
  }
}

function kept({ ansible_job_id: job, cmd }: Readonly<Partial<Record<string, Json>>>): JsonObject {
  return { ...(job !== undefined && { ansible_job_id: job }), ...(cmd !== undefined && { cmd }) }
}

function textOf(base64: Json | undefined): string {
  return typeof base64 === 'string' ? Buffer.from(base64, 'base64').toString('utf8').replace(/[\r\n]+$/, '') : ''
}

/** Seconds since 1970, with a fraction where the host's `date` has one. */
function timing({ start, end }: Readonly<Partial<Record<string, Json>>>): JsonObject {
  const [from, to] = [Number.parseFloat(String(start)), Number.parseFloat(String(end))]
  if (Number.isNaN(from) || Number.isNaN(to)) return {}
  return { start: timeText(from), end: timeText(to), delta: durationText(to - from) }
}

function timeText(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('T', ' ').replace('Z', '000')
}

function durationText(seconds: number): string {
  const pad = (number: number): string => String(Math.floor(number)).padStart(2, '0')
  const micros = String(Math.floor(seconds % 1 * 1_000_000)).padStart(6, '0')
  return `${Math.floor(seconds / 3600)}:${pad(seconds % 3600 / 60)}:${pad(seconds % 60)}.${micros}`
}
