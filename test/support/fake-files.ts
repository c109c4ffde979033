import { dirname } from 'node:path/posix'
import type { FileAttributes, FileEntry, FileStat, FileType } from '../../src/remote/files.ts'

/** A file of a case, as JSON says it: text alone is a root-owned file of mode 0644. */
export type FileSpec = string | {
  readonly type?: FileType
  readonly content?: string
  /** For content that is no text. */
  readonly base64?: string
  readonly mode?: string
  readonly owner?: string
  readonly group?: string
  readonly target?: string
  readonly modified?: number
  readonly accessed?: number
  /** Another path that is the same file. */
  readonly hardLinkOf?: string
}

export interface FakeNode {
  type: FileType
  content: Buffer
  mode: number
  owner: string
  group: string
  target: string | undefined
  modified: number
  accessed: number
  readonly inode: number
}

const NOW = 1_700_000_000
const IDS: Readonly<Record<string, number>> = { root: 0, daemon: 1, 'www-data': 33, postgres: 105, nobody: 65534 }

/** A file system in memory: enough of POSIX for modules to read and write. */
export class FakeFiles {
  readonly nodes = new Map<string, FakeNode>()
  #nextInode = 1

  constructor(specs: Readonly<Record<string, FileSpec>> = {}) {
    this.create('/', { type: 'directory', mode: '0755' })
    this.create('/tmp', { type: 'directory', mode: '1777' })
    for (const [path, spec] of Object.entries(specs)) this.create(path, spec)
  }

  find(path: string, follow: boolean): { readonly path: string, readonly node: FakeNode } | undefined {
    const real = this.resolve(path, follow)
    const node = real === undefined ? undefined : this.nodes.get(real)
    return real === undefined || node === undefined ? undefined : { path: real, node }
  }

  /** Follows links in the folders of a path and, if wanted, at its end. */
  resolve(path: string, follow: boolean, depth = 0): string | undefined {
    if (depth > 20) return undefined
    const clean = path.replace(/\/+$/, '')
    if (clean === '') return '/'
    const parent = this.resolve(dirname(clean), true, depth + 1)
    if (parent === undefined) return undefined
    const folder = parent === '/' ? '' : parent
    const here = `${folder}/${clean.slice(clean.lastIndexOf('/') + 1)}`
    const target = this.nodes.get(here)?.target
    if (!follow || target === undefined) return here
    return this.resolve(normalize(target.startsWith('/') ? target : `${folder}/${target}`), true, depth + 1)
  }

  stat(path: string, follow: boolean): FileStat | undefined {
    const found = this.find(path, follow)
    return found === undefined ? undefined : this.#statOf(found.node)
  }

  below(path: string): readonly FileEntry[] {
    const prefix = path === '/' ? '/' : `${path}/`
    return [...this.nodes].filter(([other]) => other !== '/' && other.startsWith(prefix)).sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([other, node]) => ({ path: other, ...this.#statOf(node) }))
  }

  put(path: string, node: Partial<FakeNode>): FakeNode {
    const parent = this.nodes.get(dirname(path))
    if (parent?.type !== 'directory') throw new Error(`No such directory: ${dirname(path)}`)
    const made: FakeNode = { type: 'file', content: Buffer.alloc(0), mode: 0o644, owner: 'root', group: 'root', target: undefined, modified: NOW, accessed: NOW, ...node, inode: this.#nextInode++ }
    this.nodes.set(path, made)
    return made
  }

  set(node: FakeNode, { mode, owner, group, modified, accessed }: FileAttributes): void {
    node.mode = mode ?? node.mode
    node.owner = owner === undefined ? node.owner : nameOfId(owner)
    node.group = group === undefined ? node.group : nameOfId(group)
    node.modified = modified ?? node.modified
    node.accessed = accessed ?? node.accessed
  }

  remove(path: string): void {
    for (const other of [...this.nodes.keys()]) if (other === path || other.startsWith(`${path}/`)) this.nodes.delete(other)
  }

  #statOf(node: FakeNode): FileStat {
    const links = [...this.nodes.values()].filter((other) => other === node).length
    const base: FileStat = {
      type: node.type, mode: node.type === 'link' ? 0o777 : node.mode, owner: node.owner, group: node.group, uid: idOf(node.owner), gid: idOf(node.group),
      size: node.type === 'directory' ? 4096 : node.type === 'link' ? (node.target ?? '').length : node.content.length,
      modified: node.modified, accessed: node.accessed, changed: NOW, inode: node.inode, device: 1, links,
    }
    return node.target === undefined ? base : { ...base, target: node.target }
  }

  /** Puts a file in place, with the folders above it. */
  create(path: string, spec: FileSpec): void {
    if (path !== '/' && !this.nodes.has(dirname(path))) this.create(dirname(path), { type: 'directory', mode: '0755' })
    const given = typeof spec === 'string' ? { content: spec } : spec
    const same = given.hardLinkOf === undefined ? undefined : this.nodes.get(given.hardLinkOf)
    this.nodes.set(path, same ?? { ...nodeOf(given), inode: this.#nextInode++ })
  }
}

function nodeOf(given: Exclude<FileSpec, string>): Omit<FakeNode, 'inode'> {
  const { type = given.target === undefined ? 'file' : 'link', owner = 'root', group = 'root', target, modified = NOW, accessed = NOW } = given
  const mode = Number.parseInt(given.mode ?? (type === 'directory' ? '0755' : '0644'), 8)
  return { type, content: contentOf(given), mode, owner, group, target, modified, accessed }
}

function contentOf(spec: Exclude<FileSpec, string>): Buffer {
  return spec.base64 === undefined ? Buffer.from(spec.content ?? '') : Buffer.from(spec.base64, 'base64')
}

function idOf(name: string): number {
  return IDS[name] ?? (/^\d+$/.test(name) ? Number(name) : 1000 + name.length)
}

function nameOfId(name: string): string {
  return Object.entries(IDS).find(([, id]) => String(id) === name)?.[0] ?? name
}

function normalize(path: string): string {
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return `/${parts.join('/')}`
}
