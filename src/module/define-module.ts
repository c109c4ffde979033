import type { ArgumentSpec } from './argument-spec.ts'
import type { ActionModule, Module, StateModule } from './module.ts'

/** Declares a module that observes, diffs and applies. Inference ties its arguments, wanted state and observed state together. */
export function defineModule<const Spec extends ArgumentSpec, Wanted, State>(
  module: Omit<StateModule<Spec, Wanted, State>, 'kind'>,
): Module {
  return { ...module, kind: 'state' } as unknown as Module
}

/** Declares a module that acts. */
export function defineAction<const Spec extends ArgumentSpec>(module: Omit<ActionModule<Spec>, 'kind'>): Module {
  return { ...module, kind: 'action' } as unknown as Module
}
