import type { Play } from '../../playbook/ast.ts'
import type { RunContext } from '../run-context.ts'
import { contextOf } from './context-of.ts'
import type { PlayContext } from './play-context.ts'
import { planPlay, type PlayPlan } from './play-plan.ts'
import { playSettings } from './play-settings.ts'

/** A play as it would run if it began now. */
export interface PlannedPlay {
  readonly context: PlayContext
  readonly plan: PlayPlan
}

/** All plays of a run in a row, each planned once: what look-ahead walks along. */
export class PlayLine {
  readonly #run: RunContext
  readonly #plays: readonly Play[]
  readonly #plans = new Map<Play, PlayPlan>()
  #planned: (PlannedPlay | undefined)[] = []

  constructor(run: RunContext) {
    this.#run = run
    this.#plays = run.request.playbooks.flatMap(({ plays }) => plays)
  }

  plan(play: Play): PlayPlan {
    const plan = this.#plans.get(play) ?? planPlay(this.#run, play)
    this.#plans.set(play, plan)
    return plan
  }

  /** The plays after one, as far as their hosts can be told now. */
  *after(index: number): Generator<PlannedPlay> {
    for (let next = index + 1; next < this.#plays.length; next++) {
      const planned = this.#planned[next] ?? this.#prepare(next)
      this.#planned[next] = planned
      if (!planned) return
      yield planned
    }
  }

  /** Hosts and groups are different from now on. */
  forget(): void {
    this.#planned = []
  }

  #prepare(index: number): PlannedPlay | undefined {
    const play = this.#plays[index]
    if (!play) return undefined
    try {
      const settings = playSettings(this.#run, play)
      const plan = this.plan(play)
      const address = { index, name: settings.name, range: play.range }
      return { plan, context: contextOf({ run: this.#run, play, address, hosts: settings.hosts, batch: settings.hosts, settings, plan }) }
    } catch {
      // Its own turn will tell what is wrong.
      return undefined
    }
  }
}
