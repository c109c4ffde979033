import type { TaskStep, Step } from '../plan/steps.ts'

/** How sure it is that a handler must run: in check mode a change may be only possible. */
export type Notice = 'certain' | 'possible'

/** What a name that was notified may mean: computed by whoever can evaluate names. */
export interface HandlerNames {
  readonly name: string | undefined
  /** `name`, `role : name`. */
  readonly names: readonly string[]
  readonly topics: readonly string[]
}

/** The handlers of a play in the order they run, and which hosts have asked for which. */
export class HandlerTable {
  readonly #steps: TaskStep[] = []
  /** Handlers that came together: those of the play, and those of each role. */
  #groups: readonly (readonly TaskStep[])[] = []
  readonly #saved = new Map<string, Map<string, Notice>>()
  readonly #notices = new Map<number, Map<string, Notice>>()
  readonly #unusable = new Set<number>()

  add(steps: readonly Step[]): void {
    const groups = groupsOf(steps)
    this.#groups = [...this.#groups, ...groups]
    this.#steps.push(...groups.flat())
  }

  /** All handlers, in the order they run; more may be added while they do. */
  get steps(): readonly TaskStep[] {
    return this.#steps
  }

  /** Handlers that a notified name means: of those with that name the first of the group that came last, and of those that listen to it as a topic one of each name. */
  find(wanted: string, namesOf: (step: TaskStep) => HandlerNames): readonly TaskStep[] {
    const known = this.#groups.toReversed().flat().map((step) => ({ step, ...namesOf(step) }))
    const named = known.find(({ names }) => names.includes(wanted))
    const listening = new Map(known.filter(({ topics }) => topics.includes(wanted)).toReversed().map(({ step, name }) => [name ?? step, step]))
    return [...new Set([...named ? [named.step] : [], ...[...listening.values()].toReversed()])]
  }

  /** Keeps a name that a host notified until handlers are flushed: what it means may still change. */
  save(host: string, name: string, notice: Notice): void {
    const names = this.#saved.get(host) ?? new Map<string, Notice>()
    this.#saved.set(host, names)
    if (notice === 'certain' || !names.has(name)) names.set(name, notice)
  }

  /** Takes the kept names of a host away. */
  takeSaved(host: string): ReadonlyMap<string, Notice> {
    const names = this.#saved.get(host)
    this.#saved.delete(host)
    return names ?? new Map<string, Notice>()
  }

  /** Notes that nobody can notify a handler; whether this is news. */
  markUnusable({ id }: TaskStep): boolean {
    const isNews = !this.#unusable.has(id)
    this.#unusable.add(id)
    return isNews
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

  /** Takes all that a host asked for away. */
  forget(host: string): void {
    this.#saved.delete(host)
    for (const hosts of this.#notices.values()) hosts.delete(host)
  }

  isPending(step: TaskStep): boolean {
    return (this.#notices.get(step.id)?.size ?? 0) > 0
  }
}

/** The handlers of a role stand in a block of their own; the rest of a list is one group. */
function groupsOf(steps: readonly Step[]): readonly (readonly TaskStep[])[] {
  const groups: TaskStep[][] = []
  let own: TaskStep[] | undefined
  for (const step of steps) {
    if (step.kind === 'block' && step.block.role !== undefined) {
      groups.push(...groupsOf(step.main).map((group) => [...group]))
      own = undefined
    } else {
      if (own === undefined) groups.push(own = [])
      own.push(...tasksOf(step))
    }
  }
  return groups
}

function tasksOf(step: Step): TaskStep[] {
  return step.kind === 'task' ? [step] : [...step.main, ...step.always].flatMap(tasksOf)
}
