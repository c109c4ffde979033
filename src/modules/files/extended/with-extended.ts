import type { Module, StateModule, Change } from '../../../module/module.ts'
import type { Remote } from '../../../remote/remote.ts'
import { wantedExtended, type WantedExtended } from './arguments.ts'
import { applyExtended, extendedAfter, observeExtended, type Extended } from './extended-state.ts'

type AnyState = StateModule<never, unknown, unknown>

/** The state of a task that asks for attributes or an SELinux context. */
interface ExtendedState {
  readonly inner: unknown
  readonly extended: readonly Extended[]
}

interface ExtendedWanted {
  readonly inner: unknown
  readonly asked: WantedExtended
}

/**
 * A file-like module that also minds `attributes` and the SELinux arguments. `pathsOf` tells the files that it makes so. A task that gives
 * none of them runs the module as it is, and asks the host nothing more.
 */
export function withExtended<State>(module: Module, pathsOf: (state: State) => readonly string[]): Module {
  const own = module as unknown as AnyState
  const prepared = async (args: never, controller: Parameters<NonNullable<AnyState['prepare']>>[1]): Promise<unknown> => {
    const inner = own.prepare === undefined ? args : await own.prepare(args, controller)
    const asked = wantedExtended(args as WantedExtended)
    return asked === undefined ? inner : new Asked({ inner, asked })
  }
  const wrapped: Partial<AnyState> = {
    prepare: prepared,
    observe: async (wanted, remote) => wanted instanceof Asked ? observe(wanted, remote) : own.observe(wanted, remote),
    diff: (wanted, before) => wanted instanceof Asked ? diff(wanted, before as ExtendedState) : own.diff(wanted, before),
    apply: async (wanted, change, remote) => wanted instanceof Asked ? apply(wanted, change as Change<ExtendedState>, remote) : own.apply(wanted, change, remote),
    result: (wanted, state) => wanted instanceof Asked ? own.result?.(wanted.inner, (state as ExtendedState).inner) ?? {} : own.result?.(wanted, state) ?? {},
    destroys: (wanted, change) => wanted instanceof Asked ? own.destroys?.(wanted.inner, innerChange(change as Change<ExtendedState>)) ?? [] : own.destroys?.(wanted, change) ?? [],
  }
  return { ...own, ...wrapped } as unknown as Module

  async function observe({ inner }: ExtendedWanted, remote: Remote): Promise<ExtendedState> {
    const state = await own.observe(inner, remote)
    return { inner: state, extended: await observeExtended(pathsOf(state as State), remote) }
  }

  function diff({ inner, asked }: ExtendedWanted, before: ExtendedState): Change<ExtendedState> | undefined {
    const change = own.diff(inner, before.inner)
    const known = (path: string): Extended => before.extended.find((one) => one.path === path) ?? { path, flags: null, context: null, usual: null }
    const extended = pathsOf((change?.after ?? before.inner) as State).map((path) => extendedAfter(asked, known(path)))
    const differs = extended.some((after, index) => after !== before.extended[index])
    if (change === undefined && !differs) return undefined
    const shown = differs ? [{ before: text(before.extended), after: text(extended) }] : []
    return { ...change, before, after: { inner: change?.after ?? before.inner, extended }, diff: [...change?.diff ?? [], ...shown] }
  }

  async function apply({ inner }: ExtendedWanted, change: Change<ExtendedState>, remote: Remote): ReturnType<AnyState['apply']> {
    const { before, after } = change
    const isSame = JSON.stringify(before.inner) === JSON.stringify(after.inner)
    const added = isSame ? undefined : await own.apply(inner, innerChange(change), remote)
    await applyExtended(before.extended, after.extended, remote)
    return added
  }
}

/** Set apart from what other modules want by its class. */
class Asked implements ExtendedWanted {
  readonly inner: unknown
  readonly asked: WantedExtended

  constructor({ inner, asked }: ExtendedWanted) {
    this.inner = inner
    this.asked = asked
  }
}

function innerChange({ before, after }: Change<ExtendedState>): Change<unknown> {
  return { before: before.inner, after: after.inner }
}

function text(all: readonly Extended[]): string {
  return all.map(({ path, flags, context }) => `path: ${path}\n${flags === null ? '' : `attributes: ${flags}\n`}${context === null ? '' : `secontext: ${context}\n`}`).join('')
}
