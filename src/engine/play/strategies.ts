import { KeywordError } from '../task/keyword.ts'
import { Semaphore } from '../semaphore.ts'
import type { PlayContext } from './play-context.ts'

/** Takes a batch's hosts through the whole play. */
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

/** Whether each host goes through the play by itself: what one does or fails at is no matter to the others. */
export function goesApart(name: string): boolean {
  return ['free', 'host_pinned'].includes(shortName(name))
}

export function strategyOf(name: string): Strategy {
  const strategy = STRATEGIES[shortName(name)]
  if (!strategy) throw new KeywordError(`Cannot use strategy '${name}': it is one of ${Object.keys(STRATEGIES).join(', ')}`)
  return strategy
}

function shortName(name: string): string {
  return name.replace(/^ansible\.(?:builtin|legacy)\./, '').replace(/^mitogen_/, '')
}
