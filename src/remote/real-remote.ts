import type { Duplex } from 'node:stream'
import type { DialTarget } from '../connection/connection.ts'
import { Changes } from './change/changes.ts'
import { attributesChange, copyChange, directoryChange, linkChange, moveChange, removeChange, writeChange, type FileChange } from './change/file-changes.ts'
import type { Place } from './change/replace-file.ts'
import type { ExecRequest, ExecResult } from './exec.ts'
import { statProbe } from './file-probes.ts'
import type { FileAttributes } from './files.ts'
import type { UserServices } from './host-services.ts'
import { normalizePath } from './paths.ts'
import type { Probe } from './probe.ts'
import { ProbedFiles } from './probed-files.ts'
import { ObservationCache } from './read/observation-cache.ts'
import { Reads } from './read/reads.ts'
import { CommandError, type ProgramChannel, type Remote, type Resource } from './remote.ts'
import { inlineLimit, runCommand } from './shell/run-command.ts'
import type { Dialect } from './shell/prelude.ts'
import type { ShellPool } from './shell/shell-pool.ts'
import { touchedBy, type Effects, type Write } from './write.ts'

/** The conversation with a host as one user, over the shells of a pool. */
export class RealRemote extends ProbedFiles implements Remote {
  readonly host: string
  readonly user: string
  readonly #pool: ShellPool
  readonly #dialect: Dialect
  readonly #services: UserServices
  readonly #cache = new ObservationCache()
  readonly #reads: Reads
  readonly #changes: Changes

  constructor(pool: ShellPool, dialect: Dialect, services: UserServices) {
    super()
    this.host = services.host
    this.user = dialect.user
    this.#pool = pool
    this.#dialect = dialect
    this.#services = services
    this.#reads = new Reads(pool, this.#cache)
    this.#changes = new Changes({ pool, cache: this.#cache, observers: services.observers })
    services.observers.add(this.#cache)
  }

  override read<T>(probe: Probe<T>): Promise<T> {
    return this.#reads.read(probe)
  }

  async write(change: Write): Promise<ExecResult> {
    const result = await this.exec(change.command, touchedBy(change))
    if (result.status !== 0) throw new CommandError(change.summary, result)
    return result
  }

  async exec(request: ExecRequest, effects?: Effects): Promise<ExecResult> {
    this.#reads.flush()
    if (effects?.leaves) await this.#services.leave(effects.leaves)
    this.#services.observers.drop(effects)
    let linked = true
    try {
      const command = await runCommand(this.#pool, request, effects?.paths)
      linked = command.linked
      return command.result
    } finally {
      this.#drop(effects, linked)
    }
  }

  async writeFile(path: string, content: Uint8Array | string, attributes: FileAttributes = {}): Promise<void> {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content
    const target = normalizePath(path)
    await this.#change(writeChange(target, bytes, { attributes, place: await this.#place(target), inlineLimit: inlineLimit(this.#dialect) }))
  }

  setAttributes(path: string, attributes: FileAttributes, options: { readonly recursive?: boolean, readonly followLink?: boolean } = {}): Promise<void> {
    return this.#change(attributesChange(normalizePath(path), attributes, options))
  }

  makeDirectory(path: string, attributes: FileAttributes = {}): Promise<void> {
    return this.#change(directoryChange(normalizePath(path), attributes))
  }

  makeSymbolicLink(path: string, target: string): Promise<void> {
    return this.#change(linkChange(normalizePath(path), target, { symbolic: true, dialect: this.#dialect }))
  }

  makeHardLink(path: string, target: string): Promise<void> {
    return this.#change(linkChange(normalizePath(path), normalizePath(target), { symbolic: false, dialect: this.#dialect }))
  }

  remove(path: string): Promise<void> {
    return this.#change(removeChange(normalizePath(path)))
  }

  move(from: string, to: string): Promise<void> {
    return this.#change(moveChange(normalizePath(from), normalizePath(to), this.#dialect))
  }

  async copy(from: string, to: string, attributes: FileAttributes = {}): Promise<void> {
    const target = normalizePath(to)
    await this.#change(copyChange(normalizePath(from), target, { attributes, place: await this.#place(target) }))
  }

  dial(target: DialTarget): Promise<Duplex> {
    return this.#services.dial(target)
  }

  start(): Promise<ProgramChannel> {
    return this.#services.start()
  }

  resource<T>(key: string, create: () => Promise<Resource<T>>): Promise<T> {
    return this.#services.resources.get(key, create)
  }

  forget(): void {
    this.#cache.clear()
  }

  async #change(change: FileChange): Promise<void> {
    this.#reads.flush()
    await this.#changes.make(change)
  }

  /** A change over links has changed paths of other names, too. */
  #drop(effects: Effects | undefined, linked: boolean): void {
    this.#services.observers.drop(effects)
    if (linked) this.#services.observers.clear()
  }

  /** What the cache knows of a path spares the script finding it out. */
  async #place(path: string): Promise<Place> {
    const kept = this.#cache.get(statProbe(path, false).key)
    if (kept === undefined) return { dialect: this.#dialect, current: 'unknown' }
    const current = await kept.catch((): 'unknown' => 'unknown') as Place['current']
    return { dialect: this.#dialect, current }
  }
}
