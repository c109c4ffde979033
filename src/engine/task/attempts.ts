import { setTimeout as sleep } from 'node:timers/promises'
import { ModuleFailure, type ModuleResult } from '../../module/module.ts'
import { isJsonObject } from '../../value/json.ts'
import type { Json, JsonObject } from '../../value/value.ts'
import type { OutcomeStatus } from '../../run/outcome.ts'
import { dropAnswers } from '../ahead/drop-answers.ts'
import { newJobName, startDetached } from '../async/detach.ts'
import { NO_LINES, NOTHING_SAID } from '../async/job-status.ts'
import { canBeJob, runAsJob } from '../async/wait-for-job.ts'
import { Secrets } from '../secrets.ts'
import type { Call } from './call.ts'
import { pollInterval, shownArguments } from './call.ts'
import { allHold } from './conditions.ts'
import { outcomeOf } from './outcome.ts'
import type { ItemEnd } from './item-end.ts'
import { failedResult } from './failed-result.ts'
import { judge, withResult } from './judge.ts'
import { asNumber, evaluated } from './keyword.ts'
import { resultFields } from './result-fields.ts'
import { runCall } from './run-instead.ts'
import { asAction } from './run-module.ts'
import { taskAddress } from './task-address.ts'

/** Runs a call, again and again where `until` or `retries` asks for it. */
export async function attempt(call: Call): Promise<ItemEnd> {
  if (!isAsync(call)) return repeated(call)
  if (call.module.refusesAsync === true) return refused(call)
  if (call.module.ownsAsync === true) return repeated(ownAsync(call))
  return isBackground(call) ? startJob(call) : repeated(call)
}

async function repeated(call: Call): Promise<ItemEnd> {
  const limit = retryLimit(call)
  if (limit === 0) return once(call)
  const delay = Math.max(0, asNumber(evaluated(call.site, call.site.step.task.delay), 5))
  for (let attempt = 1; ; attempt++) {
    const end = await once(call, { attempts: attempt })
    // A prediction does not come true by waiting.
    if (end.status === 'unknown' || call.predicted || isDone(call, end)) return end
    if (attempt > limit) return exhausted(end, limit)
    announceRetry(call, end, { attempt, left: limit - attempt + 1 })
    await sleep(delay * 1000, undefined, { signal: call.site.play.run.request.signal })
  }
}

function isAsync({ site }: Call): boolean {
  return asNumber(evaluated(site, site.step.task.async), 0) > 0
}

/** The same call, with what its module is to see to itself. */
function ownAsync(call: Call): Call {
  const { site, controller } = call
  const background = { seconds: asNumber(evaluated(site, site.step.task.async), 0), poll: pollInterval(site) }
  return { ...call, asyncSeconds: undefined, controller: { ...controller, background } }
}

function refused(call: Call): ItemEnd {
  const result = failedResult(new ModuleFailure(`This action (${call.module.name}) does not support async.`))
  return judge(call.site, endOf({ ...call, asyncSeconds: undefined }, result))
}

/** `async` with `poll: 0`. What would happen is predicted at once. */
function isBackground(call: Call): boolean {
  const isReal = !call.predicted || asAction(call.module)?.check === 'run'
  return isReal && pollInterval(call.site) === 0
}

/** A command is left to its host; anything else goes on here. */
async function startJob(call: Call): Promise<ItemEnd> {
  const { site } = call
  const seconds = asNumber(evaluated(site, site.step.task.async), 0)
  const start = await startDetached(call, seconds).catch((error: unknown) => ({ kind: 'done' as const, result: failedResult(error) }))
  if (start?.kind === 'started') return judge(site, endOf(call, { changed: true, fields: start.fields }))
  const name = newJobName()
  // what is judged is that it was started
  const work = start === undefined ? async () => (await inBackground(call)).result : () => Promise.resolve(endOf(call, start.result).result)
  site.play.run.jobs.start(name, work, seconds)
  return judge(site, endOf(call, { changed: true, fields: { ansible_job_id: name, started: true, finished: false } }))
}

/** How often to try again at most. `until` alone means three times. */
function retryLimit({ site }: Call): number {
  const { retries, until } = site.step.task
  const given = evaluated(site, retries)
  if (given === undefined) return until.length > 0 ? 3 : 0
  return Math.max(0, asNumber(given, 3))
}

function isDone({ site }: Call, end: ItemEnd): boolean {
  const { until } = site.step.task
  return until.length === 0 ? end.status !== 'failed' : allHold(withResult(site, end), until)
}

function announceRetry(call: Call, end: ItemEnd, { attempt, left }: { readonly attempt: number, readonly left: number }): void {
  const { site } = call
  const outcome = outcomeOf(end, { noLog: call.noLog, ignored: false })
  site.play.run.events.emit({ kind: 'task-retried', task: taskAddress(site), host: site.host, attempt, left, outcome }, end.hidden)
}

/** As in ansible-core, a `failed_when` that does not hold has the last word, though the result says that it failed. */
function exhausted(end: ItemEnd, attempts: number): ItemEnd {
  const status = end.result.failed_when_result === false ? end.status : 'failed'
  return { ...end, status, result: { ...end.result, attempts, failed: true } }
}

/** `told` is in the result before it is judged: `failed_when` and `changed_when` may ask for it. */
async function once(call: Call, told: JsonObject = {}): Promise<ItemEnd> {
  const end = judge(call.site, withFields(await unjudged(call), told))
  if (call.traces.touched && isChange(end) && !call.predicted) dropAnswers(call.site.play)
  return end
}

async function inBackground(call: Call): Promise<ItemEnd> {
  const end = await unjudged(call)
  if (call.traces.touched && isChange(end)) dropAnswers(call.site.play)
  return end
}

async function unjudged(call: Call): Promise<ItemEnd> {
  call.traces.touched = false
  return endOf(call, unforetold(call, await (canBeJob(call) ? runAsJob(call, call.asyncSeconds ?? 0) : runCall(call))))
}

function withFields(end: ItemEnd, fields: JsonObject): ItemEnd {
  return { ...end, result: { ...end.result, ...fields } }
}

/** A command that failed may have done half of its work. */
function isChange(end: ItemEnd): boolean {
  return end.result.changed === true || end.status === 'failed'
}

function endOf(call: Call, module: ModuleResult): ItemEnd {
  const fields = unsecret(resultFields(call.showDiff ? module : withoutDiff(module), call.module.listsDiffs), call.hidden)
  return {
    status: statusOf(module, fields.failed === true),
    result: call.asyncSeconds === undefined || call.predicted ? fields : asJob(fields),
    unknownFields: module.unknownFields ?? [],
    diff: call.showDiff ? module.diff ?? [] : [],
    effects: module.effects ?? [],
    values: call.values,
    args: toldArguments(call, fields) ?? shownArguments(call),
    hidden: call.hidden,
    ...(call.delegate !== undefined && { delegate: call.delegate }),
  }
}

/** A task with `async` that was waited for. */
function asJob(fields: JsonObject): JsonObject {
  if (fields.async_result !== undefined) return fields
  return { ...NOTHING_SAID, ...NO_LINES, ...fields, ansible_job_id: fields.ansible_job_id ?? newJobName(), started: true, finished: true }
}

/** A task that is told to predict in a run that is none is skipped where it cannot: nothing after it should hang on what nobody will ever know. */
function unforetold({ site, module: { skippedByCheckMode }, predicted }: Call, module: ModuleResult): ModuleResult {
  if (site.play.run.request.options.check) return module
  if (skippedByCheckMode === true && predicted) return { changed: false, skipped: true, msg: 'check mode not (yet) supported for this module' }
  // Ansible's result of a command that was not run, which playbooks know.
  if (module.unknownFields?.includes('rc')) {
    const kind = module.certain === true ? { changed: true } : { changed: false, skipped: true }
    return { ...kind, msg: 'Command would have run if not in check mode', fields: { ...module.fields, rc: 0, stdout: '', stderr: '' } }
  }
  return module.unknown ? { changed: false, skipped: true, msg: module.msg ?? 'skipped, running in check mode' } : module
}

/** What a module returns holds nothing of its secret arguments, not even where it is registered. */
function unsecret(fields: JsonObject, hidden: readonly string[]): JsonObject {
  return hidden.length === 0 ? fields : new Secrets(hidden).maskValues(fields) as JsonObject
}

/** A module that knows which of its arguments are secret says itself what it was given. */
function toldArguments({ module, noLog }: Call, { invocation }: JsonObject): JsonObject | undefined {
  if (noLog || !module.hasOwnSpec || !isJsonObject(invocation)) return undefined
  const { module_args: args } = invocation as Readonly<Record<string, Json | undefined>>
  return isJsonObject(args) ? args : undefined
}

function withoutDiff(module: ModuleResult): ModuleResult {
  return module.diff === undefined ? module : { ...module, diff: [] }
}

function statusOf(module: ModuleResult, failed: boolean): OutcomeStatus {
  if (module.unknown) return 'unknown'
  if (failed) return 'failed'
  if (module.skipped) return 'skipped'
  return module.changed ? 'changed' : 'ok'
}
