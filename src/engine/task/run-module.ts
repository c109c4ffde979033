import type { ActionModule, Module, ModuleResult, StateModule } from '../../module/module.ts'
import type { ArgumentSpec } from '../../module/argument-spec.ts'
import type { Call } from './call.ts'
import { failedResult } from './failed-result.ts'
import { runAction } from './run-action.ts'
import { runState } from './run-state.ts'
import { within } from './within.ts'

/** A module whose spec is no longer known: what the registry holds. */
export type AnyState = StateModule<ArgumentSpec, unknown, unknown>
export type AnyAction = ActionModule<ArgumentSpec>

/**
 * Runs the module of a call. Failures become failed results, so that `failed_when` and `until` can judge them;
 * a lost connection and what check mode cannot know are thrown.
 */
export async function runModule(call: Call): Promise<ModuleResult> {
  try {
    return await within(call.timeout, () => dispatch(call))
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

function dispatch(call: Call): Promise<ModuleResult> {
  const state = asState(call.module)
  return state ? runState(state, call) : runAction(call.module as unknown as AnyAction, call)
}
