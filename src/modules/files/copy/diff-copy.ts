import { createHash } from 'node:crypto'
import { ModuleFailure, type Change, type TextDiff } from '../../../module/module.ts'
import { attributesDiff } from '../attributes-diff.ts'
import { hasAttributes, neededAttributes, withAttributes, type KnownStat, type WantedAttributes } from '../attributes.ts'
import { contentOf, type CopyRequest, type CopyState, type Entry, type SourceDirectory, type SourceFile, type SourceItem, type SourceLink } from './request.ts'
import { shownText } from './shown-text.ts'

/** What a copy has to place or set; undefined when everything is in place. */
export function diffCopy(request: CopyRequest, before: CopyState): Change<CopyState> | undefined {
  if (before.problem !== undefined) throw new ModuleFailure(before.problem)
  checkSource(request, before.items[0])
  const entries = before.entries.map((entry, index) => {
    const item = before.items[index]
    return item === undefined ? entry : afterItem(request, entry, item)
  })
  if (entries.every((entry, index) => entry === before.entries[index])) return undefined
  return { before, after: { ...before, entries }, diff: entries.flatMap((entry, index) => entryDiff(before.entries[index], entry)) }
}

function checkSource(request: CopyRequest, item: SourceItem | undefined): void {
  const { checksum } = request
  const content = item?.kind === 'file' ? contentOf(request, item) : undefined
  if (checksum === undefined || content === undefined) return
  const found = createHash('sha1').update(content).digest('hex')
  if (found !== checksum) throw new ModuleFailure('Copied file does not match the expected checksum', { checksum: found, expected_checksum: checksum })
}

/** The same entry when nothing is to be done for it. */
function afterItem(request: CopyRequest, entry: Entry, item: SourceItem): Entry {
  if (item.kind === 'file') return afterFile(request, entry, item)
  if (item.kind === 'link') return afterLink(entry, item)
  return afterDirectory(request, entry, item)
}

function afterFile(request: CopyRequest, entry: Entry, item: SourceFile): Entry {
  if (entry.stat !== undefined && !request.force) return entry
  if (entry.stat?.type === 'directory') throw new ModuleFailure(`Cannot put a file at ${entry.path}: a folder is there`)
  // A link is replaced by the file; what it pointed to keeps its content.
  const kept: KnownStat | undefined = entry.stat?.type === 'link' ? undefined : entry.stat
  if (kept !== undefined && entry.sha256 === item.sha256) return withOnly(entry, kept, neededAttributes(wantedFor(request.attributes, { mode: item.mode }), kept))
  const stat = withAttributes({ ...kept, type: 'file', size: item.size }, neededAttributes(wantedFor(request.attributes, item), kept))
  return { path: entry.path, stat, sha256: item.sha256, text: shownText(contentOf(request, item)) }
}

/** The content is right: only attributes may be missing. */
function withOnly(entry: Entry, kept: KnownStat, needed: ReturnType<typeof neededAttributes>): Entry {
  return hasAttributes(needed) ? { ...entry, stat: withAttributes(kept, needed) } : entry
}

function afterLink(entry: Entry, { target }: SourceLink): Entry {
  if (entry.stat?.type === 'link' && entry.stat.target === target) return entry
  return { ...entry, sha256: undefined, text: undefined, stat: { type: 'link', target } }
}

function afterDirectory(request: CopyRequest, entry: Entry, item: SourceDirectory): Entry {
  if (entry.stat !== undefined && entry.stat.type !== 'directory') throw new ModuleFailure(`Cannot make folder ${entry.path}: a ${entry.stat.type ?? 'file'} is there`)
  // The destination itself is only made, never changed.
  if (item.relative === '' && entry.stat !== undefined) return entry
  const needed = neededAttributes(wantedFor({ ...request.attributes, mode: request.directoryMode }, entry.stat === undefined ? item : { mode: item.mode }), entry.stat, 'directory')
  if (entry.stat !== undefined && !hasAttributes(needed)) return entry
  return { ...entry, stat: withAttributes({ ...entry.stat, type: 'directory' }, needed) }
}

function wantedFor(attributes: WantedAttributes, { mode, keepsMode = false }: Pick<SourceFile, 'mode' | 'keepsMode'>): WantedAttributes {
  const { mode: wanted = keepsMode ? 'preserve' : undefined } = attributes
  return wanted === 'preserve' ? { ...attributes, mode } : attributes
}

/** Of content that cannot be shown only that it is another. */
function entryDiff(before: Entry | undefined, after: Entry): readonly TextDiff[] {
  if (before === after || before === undefined) return []
  if (before.sha256 === after.sha256) return [attributesDiff(after.path, before.stat, after.stat)]
  const shown = after.text !== undefined && (before.sha256 === undefined || before.text !== undefined)
  const [from, to] = shown ? [before.text ?? '', after.text ?? ''] : [contentLine(before), contentLine(after)]
  return [{ before: from, after: to, beforeHeader: before.path, afterHeader: after.path }]
}

function contentLine({ path, sha256 }: Entry): string {
  return sha256 === undefined ? '' : `${path}: binary or large content, SHA-256 ${sha256}\n`
}
