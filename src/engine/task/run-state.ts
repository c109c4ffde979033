import { expandHostPaths } from '../../module/host-paths.ts'
import { ModuleFailure, type Change, type ModuleResult, type TextDiff } from '../../module/module.ts'
import type { Remote } from '../../remote/remote.ts'
import { UnknownValueError } from '../../value/unknown.ts'
import type { JsonObject } from '../../value/value.ts'
import { dropAnswers } from '../ahead/drop-answers.ts'
import type { Call } from './call.ts'
import { journalled } from './journalled-change.ts'
import type { AnyState } from './run-module.ts'
import { stateText } from './state-json.ts'
import { taskRemote, withoutStreams } from './task-remote.ts'

type Arguments = Parameters<NonNullable<AnyState['prepare']>>[0]

/** Looks, compares, and makes the difference, really or in prediction. */
export async function runState(module: AnyState, call: Call): Promise<ModuleResult> {
  const { sessions } = call.site.play.run
  const raw = await sessions.remote(call.route())
  const { remote, touched } = taskRemote(raw, call, { keepAnswers: false, asksInEnvironment: module.asksInEnvironment === true })
  const args = await expandHostPaths(call.module, call.args as Arguments, remote)
  const wanted = module.prepare ? await module.prepare(args, call.controller) : args
  const [before, warnings] = await Promise.all([module.observe(wanted, remote), call.predicted ? cautionsOf(module, wanted, remote) : {}])
  const change = withWarnings(warnings, () => module.diff(wanted, before))
  if (!change) return unchanged({ ...module.result?.(wanted, before), ...warnings })
  const apply: Application = { module, call, wanted, change, remote }
  const applied = await (call.predicted ? predict(apply) : journalled(apply))
  if (!call.predicted) forgetOthers(module, call)
  if (touched()) call.site.play.run.lookAhead.seen.delete(call.site.host)
  const diff = call.showDiff ? shownDiff(change) : []
  return { changed: true, diff, fields: { ...module.result?.(wanted, change.after), ...change.fields, ...applied, ...warnings } }
}

async function cautionsOf(module: AnyState, wanted: unknown, remote: Remote): Promise<JsonObject> {
  const warnings = await module.cautions?.(wanted, remote) ?? []
  return warnings.length === 0 ? {} : { warnings }
}

function withWarnings<T>(warnings: JsonObject, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw error instanceof ModuleFailure ? new ModuleFailure(error.message, { ...error.fields, ...warnings }) : error
  }
}

/** A module may tell that there was nothing to do for it at all. */
function unchanged({ skipped, ...fields }: JsonObject): ModuleResult {
  return { changed: false, fields, ...skipped === true && { skipped } }
}

/** The same host under other names, or, where the module says so, every host. */
function forgetOthers(module: AnyState, call: Call): void {
  if (module.reachesOthers === true) dropAnswers(call.site.play)
  else call.site.play.run.sessions.forgetOthersOn(call.route().target)
}

/** A change that is about to be made. */
export interface Application {
  readonly module: AnyState
  readonly call: Call
  readonly wanted: unknown
  readonly change: Change<unknown>
  readonly remote: Remote
}

/** Makes the change on the predicted remote, which is also kept from reaching servers of the host in other ways. */
async function predict({ module, wanted, change, remote }: Application): Promise<JsonObject | undefined> {
  if (module.effects) {
    await remote.write({ summary: `Predict ${module.name}`, command: { script: ':' }, effects: module.effects(wanted, change) })
    return undefined
  }
  try {
    return await module.apply(wanted, change, withoutStreams(remote))
  } catch (error) {
    // That there is a change is certain; only what a command in the midst of it would say is not.
    if (error instanceof UnknownValueError) return undefined
    throw error
  }
}

function shownDiff(change: Change<unknown>): readonly TextDiff[] {
  return change.diff ?? [{ before: stateText(change.before), after: stateText(change.after) }]
}
