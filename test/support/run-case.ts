import { coerceArguments } from '../../src/module/arguments.ts'
import { expandHostPaths } from '../../src/module/host-paths.ts'
import { ModuleFailure, type ActionModule, type Change, type Module, type ModuleResult, type StateModule, type TextDiff } from '../../src/module/module.ts'
import { CommandError } from '../../src/remote/remote.ts'
import { fromJson } from '../../src/value/json.ts'
import type { JsonObject, Value } from '../../src/value/value.ts'
import type { FileSpec } from './fake-files.ts'
import { fakeController, type ControllerCase, type FakeController } from './fake-controller.ts'
import { FakeRemote, type FakeHost } from './fake-remote.ts'

/** One case of a module: a host before, arguments, and what is expected after. */
export interface ModuleCase extends FakeHost {
  readonly name: string
  readonly args: JsonObject
  readonly controller?: ControllerCase
  readonly expect: Expectation
}

export interface Expectation {
  readonly changed?: boolean
  /** Files afterwards: what is named is compared, null is one that is not there. */
  readonly files?: Readonly<Record<string, FileSpec | null>>
  /** Files of the control host afterwards. */
  readonly localFiles?: Readonly<Record<string, FileSpec | null>>
  /** Fields of the result. */
  readonly result?: JsonObject
  /** Part of the failure's message. */
  readonly error?: string
  /** All that is done, in order. */
  readonly writes?: readonly string[]
  /** Groups of reads that it takes to find out. */
  readonly rounds?: number
  /** Text after, of each diff. */
  readonly diffs?: readonly string[]
  /** Why a second run changes something again (`touch`); absent: it must not. */
  readonly changesAgain?: string
}

export interface CaseOutcome {
  readonly changed: boolean
  readonly error: string | undefined
  readonly result: JsonObject
  readonly diff: readonly TextDiff[]
  readonly rounds: number
  readonly done: readonly string[]
  /** State modules: what a second look says. */
  readonly changedAgain: boolean | undefined
  /** Actions with a prediction: what it said before the run. */
  readonly predicted: ModuleResult | undefined
  readonly remote: FakeRemote
  readonly localRemote: FakeRemote
}

type AnyState = StateModule<never, unknown, unknown>

/** Runs a case the way the engine does: observe, diff, apply; then observes and diffs again. */
export async function runCase(module: Module, given: ModuleCase): Promise<CaseOutcome> {
  const remote = new FakeRemote(given)
  return await outcomeOf({ module, given, remote, controller: fakeController(given.controller, given.args) })
}

interface Setting {
  readonly module: Module
  readonly given: ModuleCase
  readonly remote: FakeRemote
  readonly controller: FakeController
}

type Ran = Pick<CaseOutcome, 'changed' | 'result' | 'diff' | 'rounds' | 'changedAgain' | 'predicted'>

async function outcomeOf(setting: Setting): Promise<CaseOutcome> {
  const { remote, controller } = setting
  const shared = { remote, localRemote: controller.localRemote }
  try {
    const ran = await runModule(setting)
    return { ...ran, ...shared, error: undefined, done: remote.done }
  } catch (error) {
    if (!(error instanceof ModuleFailure) && !(error instanceof CommandError)) throw error
    return { ...shared, changed: false, error: error.message, result: error instanceof ModuleFailure ? error.fields : {}, diff: [], rounds: remote.rounds, done: remote.done, changedAgain: undefined, predicted: undefined }
  }
}

async function runModule(setting: Setting): Promise<Ran> {
  const { module, given, remote } = setting
  const coerced = coerceArguments(module, new Map(Object.entries(given.args).map(([name, value]): [string, Value] => [name, fromJson(value)])))
  if (coerced.kind === 'invalid') throw new ModuleFailure(coerced.problems.map(({ message, hint }) => (hint === undefined ? message : `${message} (${hint})`)).join('; '))
  const args = await expandHostPaths(module, coerced.args, remote)
  return module.kind === 'state' ? runState(module as unknown as AnyState, args, setting) : runAction(module, args, setting)
}

async function runState(module: AnyState, args: unknown, { remote, controller }: Setting): Promise<Ran> {
  const wanted = module.prepare === undefined ? args : await module.prepare(args as never, controller)
  const before = await module.observe(wanted, remote)
  const { rounds } = remote
  const change = module.diff(wanted, before)
  const shared = { rounds, predicted: undefined, diff: change?.diff ?? [] }
  if (change === undefined) return { ...shared, changed: false, result: module.result?.(wanted, before) ?? {}, changedAgain: false }
  const added = await module.apply(wanted, change, remote)
  const result = { ...module.result?.(wanted, change.after), ...change.fields, ...added }
  return { ...shared, changed: true, result, changedAgain: await differsAgain(module, args, { remote, controller }) }
}

async function differsAgain(module: AnyState, args: unknown, { remote, controller }: Pick<Setting, 'remote' | 'controller'>): Promise<boolean> {
  const wanted = module.prepare === undefined ? args : await module.prepare(args as never, controller)
  const change: Change<unknown> | undefined = module.diff(wanted, await module.observe(wanted, remote))
  return change !== undefined
}

async function runAction(module: ActionModule<never>, args: unknown, { remote, controller }: Setting): Promise<Ran> {
  const context = { remote, controller }
  remote.predicting = true
  const predicted = await module.predict?.(args as never, context)
  remote.predicting = false
  remote.rounds = 0
  const before = remote.done.length
  if (module.predict !== undefined && before > 0) throw new Error(`predict of ${module.name} did ${remote.done.join(', ')}`)
  const { changed, failed, msg, skipped, diff = [], fields = {} } = await module.run(args as never, context)
  if (failed) throw new ModuleFailure(msg ?? '', fields)
  const result = { ...fields, ...(msg !== undefined && { msg }), ...(skipped !== undefined && { skipped }) }
  return { changed, result, diff, rounds: remote.rounds, changedAgain: undefined, predicted }
}
