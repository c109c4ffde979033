import type { Duplex } from 'node:stream'
import type { DialTarget } from '../connection/connection.ts'
import type { Overlay } from './predicted/overlay.ts'
import type { ObservationCache } from './read/observation-cache.ts'
import type { ProgramChannel, Resource } from './remote.ts'
import type { Effects } from './write.ts'

/** What the remotes of all users of a host share. */
export interface HostServices {
  readonly host: string
  readonly observers: Observers
  readonly resources: Resources
  dial(target: DialTarget): Promise<Duplex>
  /** Ends what is kept open as these users. */
  leave(users: readonly string[]): Promise<void>
}

/** What the remote of one user needs besides its shells. */
export interface UserServices extends HostServices {
  start(): Promise<ProgramChannel>
}

/** What is known of a host by all its users: what one changes, all must look at again. */
export class Observers {
  readonly #caches = new Set<ObservationCache>()
  readonly #overlay: Overlay

  constructor(overlay: Overlay) {
    this.#overlay = overlay
  }

  add(cache: ObservationCache): void {
    this.#caches.add(cache)
  }

  /** Drops what the effects may have changed; without effects, everything. */
  drop(effects?: Effects): void {
    // A path that is really changed in check mode is no longer predicted; a command without declared effects leaves all predictions in place.
    if (effects !== undefined) this.#overlay.forget(effects)
    if (effects === undefined) this.clear()
    else for (const cache of this.#caches) cache.drop(effects)
  }

  clear(): void {
    for (const cache of this.#caches) cache.clear()
  }
}

/** Things kept open for the rest of a run, by key. */
export class Resources {
  readonly #open = new Map<string, Promise<Resource<unknown>>>()

  async get<T>(key: string, create: () => Promise<Resource<T>>): Promise<T> {
    const kept = this.#open.get(key) as Promise<Resource<T>> | undefined
    if (kept !== undefined) return (await kept).value
    const created = create()
    this.#open.set(key, created)
    created.catch(() => { this.#open.delete(key) })
    return (await created).value
  }

  /** Ends everything; one that cannot be ended any more is gone with its connection. */
  async dispose(): Promise<void> {
    const open = [...this.#open.values()]
    this.#open.clear()
    await Promise.race([Promise.allSettled(open.map(async (resource) => (await resource).dispose())), patience()])
  }
}

/** Milliseconds that things kept open have to end in good order; a server that does not answer must not keep a run from ending. */
const PATIENCE = 1000

function patience(): Promise<void> {
  return new Promise((resolve) => { setTimeout(resolve, PATIENCE).unref() })
}
