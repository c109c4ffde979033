import { KeywordError } from '../task/keyword.ts'
import { Semaphore } from '../semaphore.ts'
import type { PlayContext } from './play-context.ts'

/** Runs the whole play over groups of the batch's hosts. */
export type Strategy = (context: PlayContext, runGroup: (hosts: readonly string[]) => Promise<void>) => Promise<void>

const STRATEGIES: Readonly<Partial<Record<string, Strategy>>> = {
  linear: ({ batch }, runGroup) => runGroup(batch),
  // An interactive debugger comes with the `debugger` keyword; tasks run as in linear.
  debug: ({ batch }, runGroup) => runGroup(batch),
  async free({ batch }, runGroup) {
    await Promise.all(batch.map((host) => runGroup([host])))
  },
  async host_pinned({ batch, run }, runGroup) {
    const places = new Semaphore(run.request.options.forks)
    await Promise.all(batch.map((host) => places.run(() => runGroup([host]))))
  },
}

export function strategyOf(name: string): Strategy {
  const short = name.replace(/^ansible\.(?:builtin|legacy)\./, '').replace(/^mitogen_/, '')
  const strategy = STRATEGIES[short]
  if (!strategy) throw new KeywordError(`Cannot use strategy '${name}': it is one of ${Object.keys(STRATEGIES).join(', ')}`)
  return strategy
}
