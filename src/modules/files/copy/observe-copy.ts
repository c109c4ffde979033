import { dirname, join } from 'node:path/posix'
import type { FileStat } from '../../../remote/files.ts'
import type { Remote } from '../../../remote/remote.ts'
import { checksumProbe } from '../checksum-probe.ts'
import { realPath } from '../real-path.ts'
import { sha256OfFile } from '../sha256-of-file.ts'
import { SHOWN_LIMIT, type CopyRequest, type CopyState, type Entry, type SourceItem } from './request.ts'
import { readHostSource } from './host-source.ts'
import { shownText } from './shown-text.ts'

/** Looks at everything that a copy would place. A single file whose place is as expected takes one round trip. */
export async function observeCopy(request: CopyRequest, remote: Remote): Promise<CopyState> {
  const known = request.items?.map(withoutContent)
  if (known === undefined) return observeHostCopy(request, remote)
  return request.tree ? observeTree(request, known, remote) : observeFile(request, known, remote)
}

async function observeHostCopy(request: CopyRequest, remote: Remote): Promise<CopyState> {
  const source = readHostSource(request.source ?? '', remote, request.localFollow)
  const [items, first, problem] = await Promise.all([source, look(firstPlace(request), remote), wrongChecksum(request, remote)])
  if (problem !== undefined) return { base: request.dest, items: [], entries: [], problem }
  if (items === undefined) return { base: request.dest, items: [], entries: [], problem: `Source ${request.source ?? ''} not found` }
  return items[0]?.kind === 'directory' ? observeTree(request, items, remote) : settle(request, items, { first, remote })
}

/** States are recorded; the content itself stays with the request. */
function withoutContent(item: SourceItem): SourceItem {
  if (item.kind !== 'file') return item
  const { kind, relative, sha256, size, mode } = item
  return { kind, relative, sha256, size, mode }
}

async function wrongChecksum({ checksum, source }: CopyRequest, remote: Remote): Promise<string | undefined> {
  if (checksum === undefined || source === undefined) return undefined
  const found = await remote.read(checksumProbe(source, 'sha1'))
  return found === checksum ? undefined : 'Copied file does not match the expected checksum'
}

async function observeFile(request: CopyRequest, items: readonly SourceItem[], remote: Remote): Promise<CopyState> {
  const place = firstPlace(request)
  // The folder is only of interest where the file is missing, but to ask later would take another round trip.
  const [first] = await Promise.all([look(place, remote), remote.stat(dirname(place))])
  return settle(request, items, { first, remote })
}

function firstPlace({ dest, name }: CopyRequest): string {
  return dest.endsWith('/') && name !== undefined ? join(dest, name) : dest
}

interface Looked {
  readonly path: string
  readonly stat: FileStat | undefined
  readonly sha256: string | undefined
}

async function look(path: string, remote: Remote): Promise<Looked> {
  const [stat, sha256] = await Promise.all([remote.lstat(path), sha256OfFile(path, remote)])
  return { path, stat, sha256: stat?.type === 'file' || stat?.type === 'link' ? sha256 : undefined }
}

interface Settling {
  readonly first: Looked
  readonly remote: Remote
}

/** Follows the first look to where the file really goes: into a folder, or through a link. */
async function settle(request: CopyRequest, items: readonly SourceItem[], { first, remote }: Settling): Promise<CopyState> {
  const found = await behind(request, first, remote)
  if (typeof found === 'string') return { base: first.path, items, entries: [], problem: found }
  const entry = await withText(found, items[0], remote)
  if (found.stat !== undefined) return { base: found.path, items, entries: [entry], problem: undefined }
  const parent = await lookAtItem(dirname(found.path), ROOT, remote)
  if (request.dest.endsWith('/')) return { base: found.path, items: [...items, ROOT], entries: [entry, parent], problem: undefined }
  return { base: found.path, items, entries: [entry], problem: parent.stat === undefined ? `Destination directory ${parent.path} does not exist` : undefined }
}

/** A folder that is made when it is not there, and else left as it is. */
const ROOT: SourceItem = { kind: 'directory', relative: '', mode: undefined }

async function behind(request: CopyRequest, looked: Looked, remote: Remote): Promise<Looked | string> {
  const { stat, path } = looked
  if (stat?.type === 'directory') return inside(request, path, remote)
  if (stat?.type !== 'link') return looked
  const target = await remote.stat(path)
  if (target?.type === 'directory') return inside(request, path, remote)
  if (!request.follow || target === undefined) return looked
  return { ...looked, path: await realPath(path, remote), stat: target }
}

async function inside({ name }: CopyRequest, folder: string, remote: Remote): Promise<Looked | string> {
  return name === undefined ? 'can not use content with a dir as dest' : look(join(folder, name), remote)
}

async function observeTree(request: CopyRequest, items: readonly SourceItem[], remote: Remote): Promise<CopyState> {
  const all = items[0]?.relative === '' ? items : [ROOT, ...items]
  const entries = await Promise.all(all.map((item) => lookAtItem(join(request.dest, item.relative).replace(/(.)\/$/, '$1'), item, remote)))
  return { base: treeBase(request, entries[0]), items: all, entries, problem: undefined }
}

/** What results name as the destination: of a folder of the host that goes into another, itself. */
function treeBase({ dest, items, name, source = '' }: CopyRequest, root: Entry | undefined): string {
  if (items !== undefined) return `${dest.replace(/\/$/, '')}/`
  return root?.stat === undefined || name === undefined || source.endsWith('/') ? dest : join(dest, name)
}

async function lookAtItem(path: string, item: SourceItem, remote: Remote): Promise<Entry> {
  if (item.kind === 'file') return withText(await look(path, remote), item, remote)
  const stat = item.kind === 'directory' ? await remote.stat(path) : await remote.lstat(path)
  return { path, stat, sha256: undefined, text: undefined }
}

/** Reads what is about to be replaced, so that a diff can show it. */
async function withText(looked: Looked, item: SourceItem | undefined, remote: Remote): Promise<Entry> {
  const replaced = item?.kind === 'file' && looked.sha256 !== undefined && looked.sha256 !== item.sha256
  const shown = replaced && (looked.stat?.size ?? 0) <= SHOWN_LIMIT
  return { ...looked, text: shown ? shownText(await remote.readFile(looked.path)) : undefined }
}
