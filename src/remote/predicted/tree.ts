import { posix } from 'node:path'
import { UnknownValueError } from '../../value/unknown.ts'
import type { FileEntry, FileStat } from '../files.ts'
import { ancestorsOf, normalizePath } from '../paths.ts'
import type { ScriptProbe } from '../probe.ts'
import type { Remote } from '../remote.ts'
import type { Overlay, PredictedEntry, Source } from './overlay.ts'

/** Something that is, or is believed to be, at a path without links in it. */
export interface Found {
  readonly path: string
  readonly stat: FileStat
  readonly source: PredictedEntry | { readonly kind: 'real', readonly path: string }
}

/** Where a path leads when nothing is there: its folder is resolved as far as there is one. */
export interface Missing {
  readonly path: string
  readonly stat?: undefined
  readonly source?: undefined
}

interface Walk {
  readonly folder: string
  readonly rest: readonly string[]
}

/** More links than this in one path are a loop, as for the kernel. */
const MAX_LINKS = 40

/** The files of a host as they will be: the real ones with the overlay upon them. */
export class Tree {
  readonly #overlay: Overlay
  readonly #real: Remote

  constructor(overlay: Overlay, real: Remote) {
    this.#overlay = overlay
    this.#real = real
  }

  /** Follows the links of a path as the host would, where some of them may only be predicted. */
  async find(path: string, options: { readonly follow: boolean }): Promise<Found | Missing> {
    let walk: Walk = { folder: '/', rest: await this.#partsOf(await this.#whole(path)) }
    for (let links = 0; links <= MAX_LINKS; links++) {
      const { found, folder, rest } = await this.#walk(walk)
      const isLink = found.stat?.type === 'link'
      if (!isLink || (rest.length === 0 && !options.follow)) return rest.length === 0 ? found : { path: posix.join(found.path, ...rest) }
      walk = { folder: '/', rest: [...await this.#partsOf(normalizePath(posix.resolve(folder, found.stat.target ?? ''))), ...rest] }
    }
    return { path }
  }

  /** Goes down through folders, to the end or to something that is none. */
  async #walk(walk: Walk): Promise<Walk & { readonly found: Found | Missing }> {
    let { folder } = walk
    let found = await this.#look(folder)
    for (const [index, part] of walk.rest.entries()) {
      found = await this.#look(posix.join(folder, part))
      if (found.stat?.type !== 'directory') return { found, folder, rest: walk.rest.slice(index + 1) }
      folder = found.path
    }
    return { found, folder, rest: [] }
  }

  /** All that is below a folder. */
  async list(folder: string, depth: number | undefined): Promise<FileEntry[]> {
    const predicted = this.#overlay.below(folder)
    const real = this.#realFolder(folder)
    if (predicted.length === 0) return real === undefined ? [] : this.#realList(folder, real, depth)
    const shown = real === undefined ? [] : await this.#realList(folder, real, 1)
    const names = new Set([...shown.map((entry) => entry.path), ...predicted.map(([path]) => childOf(folder, path))])
    const below = await Promise.all([...names].map(async (path) => {
      const found = await this.#look(path)
      if (found.stat === undefined) return []
      const deeper = found.stat.type === 'directory' && depth !== 1 ? await this.list(path, depth === undefined ? undefined : depth - 1) : []
      return [{ path, ...found.stat }, ...deeper]
    }))
    return below.flat()
  }

  async #look(path: string): Promise<Found | Missing> {
    const source = known(this.#overlay.source(path))
    if (source.kind === 'absent') return { path }
    const stat = source.kind === 'entry' ? source.stat : await this.#real.lstat(source.path)
    return stat === undefined ? { path } : { path, stat, source }
  }

  /** A path that is none from the root begins where the host's shell is. */
  async #whole(path: string): Promise<string> {
    return path.startsWith('/') ? path : posix.join(await this.#real.read(SHELL_FOLDER), path)
  }

  /** Parts of a path; the real host is asked about all of them together, ahead of the walk. */
  async #partsOf(path: string): Promise<string[]> {
    const paths = [...ancestorsOf(path), path].map((part) => this.#overlay.source(part))
    await Promise.all(paths.map((source) => (source.kind === 'real' ? this.#real.lstat(source.path).catch(() => undefined) : undefined)))
    return path.split('/').filter((part) => part !== '')
  }

  #realFolder(folder: string): string | undefined {
    const source = known(this.#overlay.source(folder))
    if (source.kind === 'real') return source.path
    return source.kind === 'entry' ? source.backing : undefined
  }

  async #realList(folder: string, real: string, depth: number | undefined): Promise<FileEntry[]> {
    const entries = await this.#real.list(real, depth === undefined ? {} : { depth }) ?? []
    return entries.map((entry) => ({ ...entry, path: posix.join(folder, entry.path.slice(real.length)) }))
  }
}

const SHELL_FOLDER: ScriptProbe<string> = { kind: 'script', key: 'shell-folder', script: 'pwd', parse: ({ stdout }) => stdout.toString('utf8').replace(/\n$/, '') }

function childOf(folder: string, path: string): string {
  const start = folder === '/' ? 1 : folder.length + 1
  const end = path.indexOf('/', start)
  return end < 0 ? path : path.slice(0, end)
}

function known(source: Source): Exclude<Source, { readonly kind: 'unknown' }> {
  if (source.kind === 'unknown') throw new UnknownValueError(source.cause)
  return source
}
