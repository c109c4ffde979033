import { posix } from 'node:path'
import type { FileAttributes, FileStat } from '../files.ts'
import { ancestorsOf, parentOf } from '../paths.ts'
import { CommandError, type FileWrites, type Remote } from '../remote.ts'
import { ownershipAfter, ownOwnership } from './accounts.ts'
import type { Overlay, PredictedEntry } from './overlay.ts'
import type { Found, Missing, Tree } from './tree.ts'

/** What a login shell lets others do with new files. */
const UMASK = 0o022

/** Makes changes in the overlay, and fails where the real host would. */
export class PredictedWrites implements FileWrites {
  readonly #overlay: Overlay
  readonly #tree: Tree
  readonly #real: Remote

  constructor(overlay: Overlay, tree: Tree, real: Remote) {
    this.#overlay = overlay
    this.#tree = tree
    this.#real = real
  }

  async writeFile(path: string, content: Uint8Array | string, attributes: FileAttributes = {}): Promise<void> {
    const bytes = Buffer.from(content)
    const place = await this.#fileAt(path, `write ${path}`)
    const stat = await this.#newFile(place, bytes.length, attributes)
    this.#overlay.put(place.path, { kind: 'entry', stat, content: bytes })
  }

  async setAttributes(path: string, attributes: FileAttributes, options: { readonly recursive?: boolean, readonly followLink?: boolean } = {}): Promise<void> {
    const found = await this.#existing(path, { follow: options.followLink !== false, task: `set the attributes of ${path}` })
    await this.#amend(found, attributes)
    if (options.recursive !== true || found.stat.type !== 'directory') return
    for (const { path: below, type } of await this.#tree.list(found.path, undefined)) {
      const entry = type === 'link' ? undefined : await this.#tree.find(below, { follow: false })
      if (entry?.stat !== undefined) await this.#amend(entry, attributes)
    }
  }

  async makeDirectory(path: string, attributes: FileAttributes = {}): Promise<void> {
    const last = await this.#tree.find(path, { follow: true })
    if (last.stat !== undefined && last.stat.type === 'directory') {
      // A folder that is there as it is changes nothing, and what is asked about files in it stays certain.
      return Object.keys(attributes).length === 0 ? undefined : this.#amend(last, attributes)
    }
    for (const folder of [...ancestorsOf(path), path]) {
      const found = await this.#tree.find(folder, { follow: true })
      if (found.stat?.type === 'directory') continue
      if (found.stat !== undefined) throw refusal(`make the folder ${path}`, `${folder} is not a folder`)
      this.#overlay.put(found.path, { kind: 'entry', stat: await this.#fresh('directory', attributes) })
    }
  }

  async makeSymbolicLink(path: string, target: string): Promise<void> {
    const place = await this.#fileAt(path, `link ${path} to ${target}`)
    const stat = { ...await this.#fresh('link', { mode: 0o777 }), target, size: Buffer.byteLength(target) }
    this.#overlay.put(place.path, { kind: 'entry', stat })
  }

  async makeHardLink(path: string, target: string): Promise<void> {
    const task = `link ${path} to ${target}`
    const found = await this.#existing(target, { follow: false, task })
    if (found.stat.type === 'directory') throw refusal(task, `${target} is a folder`)
    const place = await this.#fileAt(path, task)
    const entry = { ...entryOf(found), stat: { ...found.stat, links: found.stat.links + 1 } }
    this.#overlay.amend(found.path, entry)
    this.#overlay.put(place.path, entry)
  }

  async remove(path: string): Promise<void> {
    const folder = await this.#tree.find(parentOf(path), { follow: true })
    // Whatever was there, even if that cannot be known, is gone afterwards.
    if (folder.stat?.type === 'directory') this.#overlay.put(posix.join(folder.path, posix.basename(path)), { kind: 'absent' })
  }

  async move(from: string, to: string): Promise<void> {
    const task = `move ${from} to ${to}`
    const found = await this.#existing(from, { follow: false, task })
    const place = found.stat.type === 'directory' ? await this.#inFolder(to, task) : await this.#fileAt(to, task)
    if (found.stat.type === 'directory' && place.stat !== undefined) await this.#refuseUnlessEmpty(place, task)
    const below = this.#overlay.below(found.path)
    this.#overlay.put(found.path, { kind: 'absent' })
    this.#overlay.put(place.path, entryOf(found))
    for (const [path, node] of below) this.#overlay.put(place.path + path.slice(found.path.length), node)
  }

  async copy(from: string, to: string, attributes: FileAttributes = {}): Promise<void> {
    const task = `copy ${from} to ${to}`
    const found = await this.#existing(from, { follow: true, task })
    if (found.stat.type === 'directory') return this.#copyFolder(found, to, { attributes, task })
    const place = await this.#fileAt(to, task)
    this.#overlay.put(place.path, { ...entryOf(found), isCopy: true, stat: await this.#newFile(place, found.stat.size, attributes) })
  }

  /** `cp -RP` makes everything anew: the copies belong to the user. */
  async #copyFolder(found: Found, to: string, { attributes, task }: { readonly attributes: FileAttributes, readonly task: string }): Promise<void> {
    const place = await this.#inFolder(to, task)
    if (place.stat !== undefined) throw refusal(task, `${to} exists`)
    const entries = await this.#tree.list(found.path, undefined)
    this.#overlay.put(place.path, { kind: 'entry', stat: await this.#fresh('directory', { mode: found.stat.mode & ~UMASK, ...attributes }) })
    for (const entry of entries) {
      const source = await this.#tree.find(entry.path, { follow: false })
      if (source.stat === undefined) continue
      const fresh = await this.#fresh(entry.type, { mode: entry.type === 'link' ? entry.mode : entry.mode & ~UMASK })
      const copied: PredictedEntry = entry.type === 'directory' ? { kind: 'entry', stat: fresh } : entryOf(source)
      this.#overlay.put(place.path + entry.path.slice(found.path.length), { ...copied, stat: { ...source.stat, ...fresh, size: entry.size } })
    }
  }

  async #amend(found: Found, attributes: FileAttributes): Promise<void> {
    const { modified = found.stat.modified, accessed = found.stat.accessed } = attributes
    const owners = await ownershipAfter(this.#real, attributes, found.stat)
    const isGiven = attributes.owner !== undefined || attributes.group !== undefined
    // Giving a file away takes its setuid and setgid bits.
    const kept = isGiven && found.stat.type === 'file' ? found.stat.mode & 0o1777 : found.stat.mode
    const mode = found.stat.type === 'link' ? found.stat.mode : attributes.mode ?? kept
    this.#overlay.amend(found.path, { ...entryOf(found), stat: { ...found.stat, ...owners, mode, modified, accessed } })
  }

  async #newFile(place: Found | Missing, size: number, attributes: FileAttributes): Promise<FileStat> {
    const replaced = place.stat?.type === 'file' ? place.stat : undefined
    const stat = await this.#fresh('file', { ...attributes, mode: attributes.mode ?? replaced?.mode ?? 0o666 & ~UMASK })
    const owners = replaced === undefined ? stat : await ownershipAfter(this.#real, attributes, replaced)
    return { ...stat, owner: owners.owner, uid: owners.uid, group: owners.group, gid: owners.gid, size }
  }

  async #fresh(type: FileStat['type'], attributes: FileAttributes): Promise<FileStat> {
    const owners = await ownershipAfter(this.#real, attributes, await ownOwnership(this.#real))
    const now = Date.now() / 1000
    return {
      type, mode: attributes.mode ?? 0o777 & ~UMASK, ...owners, size: 0,
      modified: attributes.modified ?? now, accessed: attributes.accessed ?? now, changed: now,
      // Numbers that only the file system gives out.
      inode: 0, device: 0, links: type === 'directory' ? 2 : 1,
    }
  }

  async #existing(path: string, { follow, task }: { readonly follow: boolean, readonly task: string }): Promise<Found> {
    const found = await this.#tree.find(path, { follow })
    if (found.stat === undefined) throw refusal(task, `${path} does not exist`)
    return found
  }

  /** A place for a file or link: in a folder, and not itself a folder. */
  async #fileAt(path: string, task: string): Promise<Found | Missing> {
    const place = await this.#inFolder(path, task)
    if (place.stat?.type === 'directory') throw refusal(task, `${path} is a folder`)
    return place
  }

  async #inFolder(path: string, task: string): Promise<Found | Missing> {
    const folder = await this.#tree.find(parentOf(path), { follow: true })
    if (folder.stat?.type !== 'directory') throw refusal(task, `there is no folder ${parentOf(path)}`)
    return this.#tree.find(posix.join(folder.path, posix.basename(path)), { follow: false })
  }

  async #refuseUnlessEmpty(place: Found, task: string): Promise<void> {
    if (place.stat.type !== 'directory') throw refusal(task, `${place.path} is not a folder`)
    if ((await this.#tree.list(place.path, 1)).length > 0) throw refusal(task, `${place.path} is not empty`)
  }
}

function entryOf({ source, stat }: Found): PredictedEntry {
  return source.kind === 'real' ? { kind: 'entry', stat, backing: source.path } : source
}

function refusal(task: string, reason: string): CommandError {
  return new CommandError(task, { status: 1, stdout: Buffer.alloc(0), stderr: Buffer.from(reason) })
}
