import { createHash } from 'node:crypto'
import type { Stats } from 'node:fs'
import { lstat, readdir, readlink, realpath, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Controller } from '../../../module/controller.ts'
import type { SourceFile, SourceItem } from './request.ts'

/** What a `src` of the control host holds: one file, or a tree with `name` in front unless it ends with a slash. */
export interface LocalSource {
  readonly path: string
  readonly tree: boolean
  readonly name: string
  readonly items: readonly SourceItem[]
}

/** How files of the control host are read. */
export interface LocalReading {
  readonly followLinks: boolean
  /** Whether what vault encrypted arrives decrypted. */
  readonly decrypt: boolean
}

export async function readLocalSource(src: string, controller: Controller, reading: LocalReading): Promise<LocalSource> {
  const path = controller.findFile(src, 'files').replace(/(.)\/+$/, '$1')
  const name = basename(path)
  if (!(await stat(path)).isDirectory()) return { path, tree: false, name, items: [await fileItem({ path, relative: '' }, reading, controller)] }
  const prefix = src.endsWith('/') ? '' : name
  const below = await itemsBelow({ ...reading, folder: path, relative: prefix, above: [] }, controller)
  const own: SourceItem[] = prefix === '' ? [] : [{ kind: 'directory', relative: prefix, mode: await modeOf(path) }]
  return { path, tree: true, name, items: [...own, ...below] }
}

/** A file item of content that is at hand. */
export function contentItem(content: Buffer, mode?: number): SourceFile {
  return { kind: 'file', relative: '', sha256: createHash('sha256').update(content).digest('hex'), content, size: content.length, mode }
}

interface Walk extends LocalReading {
  readonly folder: string
  readonly relative: string
  /** Real paths of the folders that lead here: a link to one of them would have no end. */
  readonly above: readonly string[]
}

async function itemsBelow(walk: Walk, controller: Controller): Promise<SourceItem[]> {
  const names = (await readdir(walk.folder)).sort()
  const inside = { ...walk, above: [...walk.above, await realpath(walk.folder)] }
  return (await Promise.all(names.map((name) => itemsAt(inside, name, controller)))).flat()
}

async function itemsAt(walk: Walk, name: string, controller: Controller): Promise<SourceItem[]> {
  const [path, relative] = [join(walk.folder, name), join(walk.relative, name)]
  const found = await followed(path, walk)
  if (found.isSymbolicLink()) return [{ kind: 'link', relative, target: await readlink(path) }]
  if (!found.isDirectory()) return [await fileItem({ path, relative }, walk, controller)]
  return [{ kind: 'directory', relative, mode: found.mode & 0o7777 }, ...await itemsBelow({ ...walk, folder: path, relative }, controller)]
}

/** What is copied: a link that leads nowhere, or back to where it stands, only as a link. */
async function followed(path: string, { followLinks, above }: Walk): Promise<Stats> {
  const own = await lstat(path)
  if (!followLinks || !own.isSymbolicLink()) return own
  const behind = await stat(path).catch(whereBroken)
  if (behind === undefined) return own
  return behind.isDirectory() && above.includes(await realpath(path)) ? own : behind
}

function whereBroken(error: unknown): undefined {
  const code = (error as NodeJS.ErrnoException).code
  if (code !== 'ENOENT' && code !== 'ELOOP') throw error
}

async function fileItem({ path, relative }: { readonly path: string, readonly relative: string }, { decrypt }: LocalReading, controller: Controller): Promise<SourceFile> {
  const [content, mode] = await Promise.all([controller.readFile(path, { decrypt }), modeOf(path)])
  return { ...contentItem(content, mode), relative }
}

/** Permissions of a file of the control host. */
export async function modeOf(path: string): Promise<number> {
  return (await stat(path)).mode & 0o7777
}
