import { connect } from '../../src/connection/index.ts'
import { coerceArguments } from '../../src/module/arguments.ts'
import type { ActionModule, Change, Module, StateModule } from '../../src/module/module.ts'
import type { Remote } from '../../src/remote/remote.ts'
import { openSession } from '../../src/remote/open-session.ts'
import type { Become } from '../../src/remote/session.ts'
import { fromJson } from '../../src/value/json.ts'
import type { Json, JsonObject, Value } from '../../src/value/value.ts'
import { fakeController } from './fake-controller.ts'

/** What a module did on a live host. */
export interface LiveOutcome {
  readonly changed: boolean
  /** State modules: what check mode said before, and what a second look says. */
  readonly predicted: boolean | undefined
  readonly changedAgain: boolean | undefined
  readonly result: JsonObject
  /** Takes the change back as undo does; false when the module says that it cannot. */
  undo(): Promise<boolean>
}

/** This machine with everything real, as one user. */
export interface LiveHost {
  readonly remote: Remote
  run(module: Module, args: Readonly<Record<string, Json>>): Promise<LiveOutcome>
  close(): Promise<void>
}

type AnyState = StateModule<never, unknown, unknown>

/** Opens a session with this machine. */
export async function liveHost(become?: Become): Promise<LiveHost> {
  const session = openSession({ kind: 'local', host: 'here', hostKeyChecking: true, timeout: 10 }, connect)
  const remote = await session.remote(become)
  const predicted = await session.trial(become)
  return {
    remote,
    close: () => session.close(),
    run: async (module, given) => {
      const coerced = coerceArguments(module, new Map(Object.entries(given).map(([name, value]): [string, Value] => [name, fromJson(value)])))
      if (coerced.kind === 'invalid') throw new Error(coerced.problems.map(({ message }) => message).join('; '))
      return module.kind === 'state' ? keep(module as unknown as AnyState, coerced.args, { remote, predicted }) : act(module, coerced.args, { remote, predicted })
    },
  }
}

interface Remotes {
  readonly remote: Remote
  readonly predicted: Remote
}

async function keep(module: AnyState, args: unknown, { remote, predicted }: Remotes): Promise<LiveOutcome> {
  const wanted = module.prepare === undefined ? args : await module.prepare(args as never, fakeController())
  const look = async (from: Remote): Promise<{ readonly before: unknown, readonly change: Change<unknown> | undefined }> => {
    const before = await module.observe(wanted, from)
    return { before, change: module.diff(wanted, before) }
  }
  const foretold = (await look(predicted)).change !== undefined
  const { before, change } = await look(remote)
  if (change === undefined) return { changed: false, predicted: foretold, changedAgain: false, result: module.result?.(wanted, before) ?? {}, undo: () => Promise.resolve(true) }
  const added = await module.apply(wanted, change, remote)
  const undo = typeof module.undo === 'function' ? module.undo(wanted, change) : module.undo ?? 'swap'
  return {
    changed: true, predicted: foretold, changedAgain: (await look(remote)).change !== undefined, result: { ...module.result?.(wanted, change.after), ...change.fields, ...added },
    undo: async () => {
      if (undo !== 'swap') return false
      await module.apply(wanted, { before: change.after, after: change.before }, remote)
      return true
    },
  }
}

async function act(module: ActionModule<never>, args: unknown, { remote, predicted }: Remotes): Promise<LiveOutcome> {
  const foretold = module.predict === undefined ? undefined : (await module.predict(args as never, { remote: predicted, controller: fakeController() })).changed
  const { changed, fields = {}, msg } = await module.run(args as never, { remote, controller: fakeController() })
  return { changed, predicted: foretold, changedAgain: undefined, result: { ...fields, ...(msg === undefined ? {} : { msg }) }, undo: () => Promise.resolve(false) }
}
