import { createHash } from 'node:crypto'
import { lstat, readdir, readlink, stat } from 'node:fs/promises'
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

export async function readLocalSource(src: string, controller: Controller, followLinks: boolean): Promise<LocalSource> {
  const path = controller.findFile(src, 'files').replace(/(.)\/+$/, '$1')
  const name = basename(path)
  if (!(await stat(path)).isDirectory()) return { path, tree: false, name, items: [await fileItem(path, '', controller)] }
  const prefix = src.endsWith('/') ? '' : name
  const below = await itemsBelow({ folder: path, relative: prefix, followLinks }, controller)
  const own: SourceItem[] = prefix === '' ? [] : [{ kind: 'directory', relative: prefix, mode: await modeOf(path) }]
  return { path, tree: true, name, items: [...own, ...below] }
}

/** A file item of content that is at hand. */
export function contentItem(content: Buffer, mode?: number): SourceFile {
  return { kind: 'file', relative: '', sha256: createHash('sha256').update(content).digest('hex'), content, size: content.length, mode }
}

interface Walk {
  readonly folder: string
  readonly relative: string
  readonly followLinks: boolean
}

async function itemsBelow(walk: Walk, controller: Controller): Promise<SourceItem[]> {
  const names = (await readdir(walk.folder)).sort()
  return (await Promise.all(names.map((name) => itemsAt(walk, name, controller)))).flat()
}

async function itemsAt({ folder, relative, followLinks }: Walk, name: string, controller: Controller): Promise<SourceItem[]> {
  const [path, here] = [join(folder, name), join(relative, name)]
  if (!followLinks && (await lstat(path)).isSymbolicLink()) return [{ kind: 'link', relative: here, target: await readlink(path) }]
  if (!(await stat(path)).isDirectory()) return [await fileItem(path, here, controller)]
  return [{ kind: 'directory', relative: here, mode: await modeOf(path) }, ...await itemsBelow({ folder: path, relative: here, followLinks }, controller)]
}

async function fileItem(path: string, relative: string, controller: Controller): Promise<SourceFile> {
  const [content, mode] = await Promise.all([controller.readFile(path), modeOf(path)])
  return { ...contentItem(content, mode), relative }
}

/** Permissions of a file of the control host. */
export async function modeOf(path: string): Promise<number> {
  return (await stat(path)).mode & 0o7777
}
