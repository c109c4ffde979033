import type { Dialect } from './prelude.ts'
import type { Shell } from './shell.ts'

export interface PooledShell {
  readonly shell: Shell
  readonly dialect: Dialect
}

const PATIENCE_MILLISECONDS = 50

interface Slot extends PooledShell {
  busy: boolean
}

/**
 * The shells of one user on one host. One does nearly everything; more are opened while it runs a command and another is wanted (tasks
 * delegated to one host by many), up to a limit that servers have for sessions of a connection.
 */
export class ShellPool {
  readonly #open: () => Promise<PooledShell>
  #limit: number
  readonly #slots = new Set<Slot>()
  readonly #waiting: (() => void)[] = []
  #opening: Promise<Slot> | undefined

  constructor(open: () => Promise<PooledShell>, limit: number) {
    this.#open = open
    this.#limit = limit
  }

  /** Lends a shell to one command at a time. */
  async use<T>(work: (pooled: PooledShell) => Promise<T>): Promise<T> {
    const slot = await this.#acquire((idle) => { idle.busy = true })
    try {
      return await work(slot)
    } finally {
      slot.busy = false
      for (const wake of this.#waiting.splice(0)) wake()
    }
  }

  /** Lends a shell for frames that end by themselves at once; many may use it together. */
  async share<T>(work: (pooled: PooledShell) => Promise<T>): Promise<T> {
    return work(await this.#acquire(() => undefined))
  }

  close(): void {
    for (const { shell } of this.#slots) shell.close()
    this.#slots.clear()
  }

  /** Everyone who waits looks again when a shell is free, so whoever comes first takes it. */
  async #acquire(take: (slot: Slot) => void): Promise<Slot> {
    for (let patient = false; ; patient = true) {
      const slot = this.#idle()
      if (slot !== undefined) {
        take(slot)
        return slot
      }
      if (this.#opening !== undefined) await this.#opening
      else if (this.#slots.size === 0 || (patient && this.#slots.size < this.#limit)) await this.#add()
      else await this.#released()
    }
  }

  #idle(): Slot | undefined {
    for (const slot of this.#slots) {
      if (slot.shell.retired) this.#slots.delete(slot)
      else if (!slot.busy) return slot
    }
    return undefined
  }

  async #add(): Promise<void> {
    this.#opening = this.#open().then((pooled) => ({ ...pooled, busy: false }))
    try {
      this.#slots.add(await this.#opening)
    } catch (error) {
      // A server may allow fewer sessions than asked for; one shell is enough.
      if (this.#slots.size === 0) throw error
      this.#limit = this.#slots.size
    } finally {
      this.#opening = undefined
    }
  }

  /** Most commands are short: another shell is opened only for one that is not. */
  #released(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, PATIENCE_MILLISECONDS)
      this.#waiting.push(() => { clearTimeout(timer); resolve() })
    })
  }
}
