import { createHash } from 'node:crypto'
import { ModuleFailure, type Change } from '../../../module/module.ts'
import type { FileAttributes } from '../../../remote/files.ts'
import type { Remote } from '../../../remote/remote.ts'
import type { JsonObject } from '../../../value/value.ts'
import { attributesBetween, knowsOwners } from '../attributes.ts'
import { backUp } from '../backup.ts'
import { fileFacts, knownFacts } from '../file-facts.ts'
import { validateContent } from '../validate.ts'
import { contentOf, type CopyRequest, type CopyState, type Entry, type SourceFile, type SourceItem } from './request.ts'

/** Places what differs, folders first. Also takes a copy back: then `after` is what was there. */
export async function applyCopy(request: CopyRequest, change: Change<CopyState>, remote: Remote): Promise<JsonObject | undefined> {
  const all = change.after.entries.map((after, index) => ({ before: change.before.entries[index] ?? { ...after, stat: undefined }, after, item: change.before.items[index] }))
  let backup: string | undefined
  for (const step of inOrder(all.filter(({ before, after }) => before !== after))) backup = await applyStep(step, { request, remote }) ?? backup
  // What is known by the other names of a file is no longer so.
  if (change.before.entries.some(({ stat }) => stat?.type === 'file' && (stat.links ?? 1) > 1)) remote.forget()
  const told = singleFile(change.after)?.entry ?? treeOfHost(request, change.after)
  return { ...(told !== undefined && await factsAfter(told, remote)), ...(backup !== undefined && { backup_file: backup }) }
}

/** Folders are made before what is in them, and removed after it. */
function inOrder(steps: readonly Step[]): readonly Step[] {
  const isFolder = ({ before, after }: Step): boolean => (after.stat ?? before.stat)?.type === 'directory'
  const [made, removed] = [steps.filter(({ after }) => after.stat !== undefined), steps.filter(({ after }) => after.stat === undefined)]
  const gone = [...removed.filter((step) => !isFolder(step)), ...removed.filter(isFolder).reverse()]
  return [...gone, ...made.filter(isFolder), ...made.filter((step) => !isFolder(step))]
}

interface Step {
  readonly before: Entry
  readonly after: Entry
  readonly item: SourceItem | undefined
}

interface Work {
  readonly request: CopyRequest
  readonly remote: Remote
}

async function applyStep(step: Step, work: Work): Promise<string | undefined> {
  const { before, after } = step
  const { remote } = work
  if (after.stat === undefined) await remote.remove(before.path)
  else if (after.stat.type === 'directory') await placeDirectory(step, remote)
  else if (after.stat.type === 'link') await placeLink(step, remote)
  else return placeFile(step, work)
  return undefined
}

async function placeDirectory({ before, after }: Step, remote: Remote): Promise<void> {
  const attributes = attributesBetween(before.stat, after.stat ?? {})
  if (before.stat === undefined) await remote.makeDirectory(after.path, attributes)
  else await remote.setAttributes(after.path, attributes)
}

async function placeLink({ before, after }: Step, remote: Remote): Promise<void> {
  if (before.stat?.type === 'directory') await remote.remove(before.path)
  await remote.makeSymbolicLink(after.path, after.stat?.target ?? '')
}

async function placeFile(step: Step, { request, remote }: Work): Promise<string | undefined> {
  const { before, after } = step
  // A link is replaced, so nothing of its own is kept.
  const kept = before.stat?.type === 'link' ? undefined : before.stat
  const attributes = attributesBetween(kept, after.stat ?? {})
  if (kept !== undefined && before.sha256 === after.sha256) {
    await remote.setAttributes(after.path, attributes)
    return undefined
  }
  const content = contentFor(step, request)
  if (request.validate !== undefined) await validateContent(request.validate, typeof content === 'string' ? await readHost(content, remote) : content, remote)
  const backup = request.backup && before.sha256 !== undefined ? await backUp(after.path, remote) : undefined
  await placeContent(step, { content, attributes, remote })
  return backup
}

/** Bytes to write, or the path on the host to copy from. */
function contentFor({ after, item }: Step, request: CopyRequest): Buffer | string {
  if (item?.kind === 'file' && item.sha256 === after.sha256) return contentOf(request, item) ?? item.from ?? Buffer.alloc(0)
  if (after.text !== undefined) return Buffer.from(after.text)
  throw new ModuleFailure(`Cannot put back ${after.path}: its earlier content is not at hand`)
}

interface Placing {
  readonly content: Buffer | string
  readonly attributes: FileAttributes
  readonly remote: Remote
}

async function placeContent({ after }: Step, { content, attributes, remote }: Placing): Promise<void> {
  // Both replace a link at the path and keep owner and permissions of a file.
  if (typeof content === 'string') await remote.copy(content, after.path, attributes)
  else await remote.writeFile(after.path, content, attributes)
}

async function readHost(path: string, remote: Remote): Promise<Buffer> {
  return await remote.readFile(path) ?? Buffer.alloc(0)
}

/** Owner and ids as they are now, where only the host can tell. */
async function factsAfter(entry: Entry, remote: Remote): Promise<JsonObject> {
  if (entry.stat !== undefined && knowsOwners(entry.stat)) return {}
  const stat = await remote.stat(entry.path)
  return stat === undefined ? {} : fileFacts(stat)
}

/** Fields of the result: of the file for a single one, of the destination for a tree. */
export function copyResult(request: CopyRequest, state: CopyState): JsonObject {
  const source = request.source === undefined ? {} : { src: request.source }
  const single = singleFile(state)
  if (single === undefined) return { dest: state.base, ...source, ...treeFacts(treeOfHost(request, state)) }
  const { item, entry } = single
  const checksum = item.sha1 === undefined ? {} : { checksum: item.sha1 }
  return { dest: state.base, path: state.base, ...source, ...checksums(contentOf(request, item)), ...checksum, ...knownFacts(entry.stat) }
}

/** Of a folder copied on the host, Ansible tells what it is; of one of the controller only where it went. */
function treeFacts(folder: Entry | undefined): JsonObject {
  return folder === undefined ? {} : { ...knownFacts(folder.stat), checksum: null, md5sum: null }
}

function treeOfHost({ items }: CopyRequest, { base, entries }: CopyState): Entry | undefined {
  return items === undefined ? entries.find(({ path }) => path === base.replace(/(.)\/$/, '$1')) : undefined
}

function singleFile({ items, entries }: CopyState): { readonly item: SourceFile, readonly entry: Entry } | undefined {
  const [item, entry] = [items[0], entries[0]]
  return item?.kind === 'file' && item.relative === '' && entry !== undefined ? { item, entry } : undefined
}

function checksums(content: Buffer | undefined): JsonObject {
  if (content === undefined) return {}
  return { checksum: createHash('sha1').update(content).digest('hex'), md5sum: createHash('md5').update(content).digest('hex') }
}
