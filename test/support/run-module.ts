import { coerceArguments } from '../../src/module/arguments.ts'
import type { Change, Module, StateModule } from '../../src/module/module.ts'
import type { Remote } from '../../src/remote/remote.ts'
import { fromJson } from '../../src/value/json.ts'
import type { Json, JsonObject, Value } from '../../src/value/value.ts'
import { fakeController } from './fake-controller.ts'

export interface ModuleOutcome {
  readonly changed: boolean
  readonly changedAgain: boolean
  readonly result: JsonObject
}

/** Runs a state module against any remote as the engine does; failures are thrown. */
export async function runModule(module: Module, given: Readonly<Record<string, Json>>, remote: Remote): Promise<ModuleOutcome> {
  const coerced = coerceArguments(module, new Map(Object.entries(given).map(([name, value]): [string, Value] => [name, fromJson(value)])))
  if (coerced.kind === 'invalid') throw new Error(coerced.problems.map(({ message }) => message).join('; '))
  const state = module as unknown as StateModule<never, unknown, unknown>
  const wanted = state.prepare === undefined ? coerced.args : await state.prepare(coerced.args as never, fakeController())
  const look = async (): Promise<{ readonly before: unknown, readonly change: Change<unknown> | undefined }> => {
    const before = await state.observe(wanted, remote)
    return { before, change: state.diff(wanted, before) }
  }
  const { before, change } = await look()
  if (change === undefined) return { changed: false, changedAgain: false, result: state.result?.(wanted, before) ?? {} }
  const added = await state.apply(wanted, change, remote)
  return { changed: true, changedAgain: (await look()).change !== undefined, result: { ...state.result?.(wanted, change.after), ...added } }
}
