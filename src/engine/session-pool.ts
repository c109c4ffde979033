import type { ConnectionTarget } from '../connection/connection.ts'
import type { Remote } from '../remote/remote.ts'
import type { Become, HostSession } from '../remote/session.ts'
import type { RunRequest } from './run-request.ts'

/** How to get to a remote, and whether it shall only predict. */
export interface Route {
  readonly target: ConnectionTarget
  readonly become: Become | undefined
  readonly predicted: boolean
}

interface Entry {
  readonly session: HostSession
  /** Sessions with the same key may be on one machine, so a change in one can be seen in another. */
  readonly machine: string
  readonly remotes: Set<Remote>
}

/** The sessions of a run, one for each distinct way to reach a host. */
export class SessionPool {
  readonly #request: Pick<RunRequest, 'openSession' | 'localSession' | 'options'>
  readonly #entries = new Map<string, Entry>()

  constructor(request: Pick<RunRequest, 'openSession' | 'localSession' | 'options'>) {
    this.#request = request
  }

  async remote({ target, become, predicted }: Route): Promise<Remote> {
    const entry = this.#entry(target)
    return this.#kept(entry, predicted, become)
  }

  /** Whether someone has reached this target already. */
  isOpen({ target }: Route): boolean {
    return (this.#entries.get(JSON.stringify(target))?.remotes.size ?? 0) > 0
  }

  /** The conversation with the control host. */
  async local(predicted: boolean): Promise<Remote> {
    const entry = this.#known('local', 'local', () => this.#request.localSession)
    return this.#kept(entry, predicted)
  }

  /** Drops all cached answers about every host. */
  forgetAll(): void {
    for (const { remotes } of this.#entries.values()) for (const remote of remotes) remote.forget()
  }

  /** Drops the cached answers of other sessions that may be on the machine of this one. */
  forgetOthersOn(target: ConnectionTarget): void {
    const changed = this.#entry(target)
    for (const entry of this.#entries.values()) {
      if (entry !== changed && entry.machine === changed.machine) for (const remote of entry.remotes) remote.forget()
    }
  }

  async reset(target: ConnectionTarget): Promise<void> {
    await this.#entry(target).session.reset()
  }

  async close(): Promise<void> {
    await Promise.allSettled([...this.#entries.values()].map(({ session }) => session.close()))
  }

  /** Sessions with the host each is to: for the run's figures. */
  get sessions(): readonly HostSession[] {
    return [...this.#entries.values()].map(({ session }) => session)
  }

  /** In a run that is real, what one task predicts must not be believed by the next. */
  async #kept({ session, remotes }: Entry, predicted: boolean, become?: Become): Promise<Remote> {
    if (predicted && !this.#request.options.check) return session.trial(become)
    const remote = await (predicted ? session.predicted(become) : session.remote(become))
    remotes.add(remote)
    return remote
  }

  #entry(target: ConnectionTarget): Entry {
    return this.#known(JSON.stringify(target), machineOf(target), () => this.#request.openSession(target.host, target))
  }

  #known(key: string, machine: string, open: () => HostSession): Entry {
    const known = this.#entries.get(key)
    if (known) return known
    const entry = { session: open(), machine, remotes: new Set<Remote>() }
    this.#entries.set(key, entry)
    return entry
  }
}

function machineOf(target: ConnectionTarget): string {
  return target.kind === 'local' ? 'local' : target.address ?? target.host
}
