import { basename } from 'node:path/posix'
import { ModuleFailure } from '../../../module/module.ts'
import type { FileEntry, FileStat } from '../../../remote/files.ts'
import type { Remote } from '../../../remote/remote.ts'
import { ifUnknown } from '../../../value/unknown.ts'
import { checksumProbe } from '../checksum-probe.ts'
import { sha256OfFile } from '../sha256-of-file.ts'
import type { SourceFile, SourceItem } from './request.ts'

/** A source that is on the host itself; undefined when nothing is there. */
export async function readHostSource(src: string, remote: Remote, followLinks: boolean): Promise<readonly SourceItem[] | undefined> {
  const [stat, sha256, sha1] = await Promise.all([remote.stat(src), sha256OfFile(src, remote), sha1Of(src, remote)])
  if (stat === undefined) return undefined
  if (stat.type !== 'directory' && stat.type !== 'file') throw new ModuleFailure(`Cannot copy invalid source '${src}': not a file`)
  if (stat.type !== 'directory') return [{ ...fileItem(stat, { relative: '', from: src, sha256 }), ...sha1 === undefined ? {} : { sha1 } }]
  const entries = await remote.list(src) ?? []
  const root = src.replace(/\/+$/, '')
  const prefix = src.endsWith('/') ? '' : basename(root)
  const own: SourceItem = { kind: 'directory', relative: prefix, mode: stat.mode, keepsMode: true }
  const place = (entry: FileEntry): string => [prefix, entry.path.slice(root.length + 1)].filter((part) => part !== '').join('/')
  return [own, ...await Promise.all(entries.map((entry) => itemOf(entry, place(entry), { remote, followLinks })))]
}

/** Undefined for a source that is only predicted: what a program of the host would say of it is not known. */
function sha1Of(path: string, remote: Remote): Promise<string | undefined> {
  return remote.read(checksumProbe(path, 'sha1')).catch(ifUnknown(() => undefined))
}

interface Reading {
  readonly remote: Remote
  readonly followLinks: boolean
}

/** A link that leads nowhere, or to a folder, is copied as a link: a folder behind it may be one above. */
async function itemOf(entry: FileEntry, relative: string, { remote, followLinks }: Reading): Promise<SourceItem> {
  if (entry.type === 'directory') return { kind: 'directory', relative, mode: entry.mode, keepsMode: true }
  const behind = entry.type === 'link' && followLinks ? await remote.stat(entry.path) : entry
  if (behind?.type !== 'file') return { kind: 'link', relative, target: entry.target ?? '' }
  return { ...fileItem(behind, { relative, from: entry.path, sha256: await sha256OfFile(entry.path, remote) }), keepsMode: entry.type !== 'link' }
}

function fileItem({ size, mode }: FileStat, place: { readonly relative: string, readonly from: string, readonly sha256: string | undefined }): SourceFile {
  return { kind: 'file', size, mode, ...place, sha256: place.sha256 ?? '' }
}
