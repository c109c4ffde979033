import type { TaskStep, Step } from '../plan/steps.ts'

/** How sure it is that a handler must run: in check mode a change may be only possible. */
export type Notice = 'certain' | 'possible'

/** What a name that was notified may mean: computed by whoever can evaluate names. */
export interface HandlerNames {
  /** `name`, `role : name`. */
  readonly names: readonly string[]
  readonly topics: readonly string[]
}

/** The handlers of a play in the order they run, and which hosts have asked for which. */
export class HandlerTable {
  readonly #steps: TaskStep[] = []
  readonly #notices = new Map<number, Map<string, Notice>>()

  add(steps: readonly Step[]): void {
    this.#steps.push(...steps.flatMap(tasksOf))
  }

  /** All handlers, in the order they run; more may be added while they do. */
  get steps(): readonly TaskStep[] {
    return this.#steps
  }

  /** Handlers that a notified name means: the last one of that name, and all that listen to it as a topic. */
  find(wanted: string, namesOf: (step: TaskStep) => HandlerNames): readonly TaskStep[] {
    const known = this.#steps.map((step) => ({ step, ...namesOf(step) }))
    const named = known.filter(({ names }) => names.includes(wanted)).at(-1)
    const listening = known.filter(({ topics }) => topics.includes(wanted))
    return [...new Set([...named ? [named.step] : [], ...listening.map(({ step }) => step)])]
  }

  /** Whether this is news. */
  notify(step: TaskStep, host: string, notice: Notice): boolean {
    const hosts = this.#notices.get(step.id) ?? new Map<string, Notice>()
    this.#notices.set(step.id, hosts)
    const isNews = !hosts.has(host)
    if (isNews || notice === 'certain') hosts.set(host, notice)
    return isNews
  }

  /** Takes the notices of some hosts for a handler away. */
  take(step: TaskStep, hosts: readonly string[]): ReadonlyMap<string, Notice> {
    const notices = this.#notices.get(step.id)
    const taken = new Map<string, Notice>()
    for (const host of hosts) {
      const notice = notices?.get(host)
      if (notice === undefined) continue
      taken.set(host, notice)
      notices?.delete(host)
    }
    return taken
  }

  isPending(step: TaskStep): boolean {
    return (this.#notices.get(step.id)?.size ?? 0) > 0
  }
}

function tasksOf(step: Step): TaskStep[] {
  return step.kind === 'task' ? [step] : [...step.main, ...step.always].flatMap(tasksOf)
}
