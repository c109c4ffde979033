import type { ArgumentsOf, ArgumentSpec } from './argument-spec.ts'
import type { ActionModule, Module, StateModule } from './module.ts'

type Prepared<Spec extends ArgumentSpec, Wanted, State> = Omit<StateModule<Spec, Wanted, State>, 'kind'> & Required<Pick<StateModule<Spec, Wanted, State>, 'prepare'>>
type Unprepared<Spec extends ArgumentSpec, State> = Omit<StateModule<Spec, ArgumentsOf<Spec>, State>, 'kind' | 'prepare'>

/** Declares a module that observes, diffs and applies. Inference ties its arguments, wanted state and observed state together. */
export function defineModule<const Spec extends ArgumentSpec, Wanted, State>(module: Prepared<Spec, Wanted, State>): Module
export function defineModule<const Spec extends ArgumentSpec, State>(module: Unprepared<Spec, State>): Module
export function defineModule(module: object): Module {
  return { ...module, kind: 'state' } as unknown as Module
}

/** Declares a module that acts. */
export function defineAction<const Spec extends ArgumentSpec>(module: Omit<ActionModule<Spec>, 'kind'>): Module {
  return { ...module, kind: 'action' } as unknown as Module
}
