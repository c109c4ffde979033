import { ModuleFailure, type ActionModule, type Module, type ModuleResult, type StateModule } from '../../module/module.ts'
import type { ArgumentSpec } from '../../module/argument-spec.ts'
import { lateJob } from '../async/job-status.ts'
import type { Call } from './call.ts'
import { failedResult } from './failed-result.ts'
import { runAction } from './run-action.ts'
import { runState } from './run-state.ts'
import { within, type TimeLimit } from './within.ts'

/** A module whose spec is no longer known: what the registry holds. */
export type AnyState = StateModule<ArgumentSpec, unknown, unknown>
export type AnyAction = ActionModule<ArgumentSpec>

/**
 * Runs the module of a call. Failures become failed results, so that `failed_when` and `until` can judge them;
 * a lost connection and what check mode cannot know are thrown.
 */
export async function runModule(call: Call): Promise<ModuleResult> {
  try {
    return await within(limitOf(call), () => dispatch(call))
  } catch (error) {
    return failedResult(error)
  }
}

/** The registry erased what `defineModule` knew of the spec; coercion has checked the arguments against it. */
export function asState(module: Module): AnyState | undefined {
  return module.kind === 'state' ? module as unknown as AnyState : undefined
}

export function asAction(module: Module): AnyAction | undefined {
  return module.kind === 'action' ? module as unknown as AnyAction : undefined
}

/** The nearer of what `timeout` and `async` allow, and what is said when it is over. */
function limitOf({ timeout, asyncSeconds, site }: Call): TimeLimit | undefined {
  if (asyncSeconds !== undefined && asyncSeconds <= (timeout ?? Infinity)) {
    return { seconds: asyncSeconds, late: () => lateJob(asyncSeconds) }
  }
  const { module } = site.step.task
  const late = (seconds: number) => new ModuleFailure(`The ${module} action failed to execute in the expected time frame (${seconds}) and was terminated`, { timedout: { frame: `the ${module} action`, period: seconds } })
  return timeout === undefined ? undefined : { seconds: timeout, late: () => late(timeout) }
}

function dispatch(call: Call): Promise<ModuleResult> {
  const state = asState(call.module)
  return state ? runState(state, call) : runAction(call.module as unknown as AnyAction, call)
}
