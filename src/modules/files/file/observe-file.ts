import { basename, dirname, join } from 'node:path/posix'
import type { FileEntry, FileStat } from '../../../remote/files.ts'
import type { Remote } from '../../../remote/remote.ts'
import { clockProbe, epochProbe } from '../clock.ts'
import { realPath } from '../real-path.ts'
import { parseDate } from '../strptime.ts'
import type { Below, FileState, FileWanted, Times } from './state.ts'

/** Looks at a path, at what `src` names and, with `recurse`, at everything below: in one round trip unless a link is in the way. */
export async function observeFile(wanted: FileWanted, remote: Remote): Promise<FileState> {
  const [stat, source, below, times, clock, isBinary] = await Promise.all([
    remote.lstat(wanted.path), observeSource(wanted, remote), observeBelow(wanted, wanted.path, remote),
    wantedTimes(wanted, remote), clockFor(wanted, remote), peek(wanted, remote),
  ])
  const seen: FileState = { path: wanted.path, stat, below, source, target: undefined, isEmpty: true, times, touched: false, isBinary, clock }
  if (stat?.type === 'link') return behindLink(wanted, seen, remote)
  if (stat?.type !== 'directory') return seen
  return wanted.state === 'absent' ? { ...seen, content: contentOf(await remote.list(wanted.path) ?? []) } : inFolder(wanted, seen, remote)
}

async function peek({ _diff_peek: wanted, path }: FileWanted, remote: Remote): Promise<boolean | undefined> {
  if (wanted === undefined) return undefined
  const content = await remote.readFile(path).catch(() => undefined)
  return content?.subarray(0, 8192).includes(0) ?? false
}

async function observeSource({ state, src, path }: FileWanted, remote: Remote): Promise<FileState['source']> {
  if (src === undefined) return undefined
  const full = state === 'link' ? join(dirname(path), src) : src
  const source = src.startsWith('/') ? src : full
  return { path: source, stat: state === 'hard' ? await remote.lstat(source) : await remote.stat(source) }
}

async function observeBelow({ recurse, state, follow }: FileWanted, path: string, remote: Remote): Promise<readonly Below[]> {
  if (!recurse || (state !== 'directory' && state !== undefined)) return []
  return entriesBelow(path, { remote, follow, above: [] })
}

interface Descent {
  readonly remote: Remote
  readonly follow: boolean
  /** Folders behind links that lead here: one of them again would have no end. */
  readonly above: readonly FileStat[]
}

async function entriesBelow(path: string, descent: Descent): Promise<readonly Below[]> {
  const entries = await descent.remote.list(path) ?? []
  const below = await Promise.all(entries.map((entry) => (entry.type === 'link' && descent.follow ? behindEntry(entry.path, descent) : [{ path: entry.path, stat: entry }])))
  return below.flat()
}

/** What a link leads to, and all that is in it where that is a folder. */
async function behindEntry(path: string, descent: Descent): Promise<readonly Below[]> {
  const stat = await descent.remote.stat(path)
  if (stat === undefined || descent.above.some(({ inode, device }) => inode === stat.inode && device === stat.device)) return []
  const inside = stat.type === 'directory' ? await entriesBelow(path, { ...descent, above: [...descent.above, stat] }) : []
  return [{ path, stat }, ...inside]
}

/** With `follow`, a link stands for what it leads to, save where the link itself is the subject. */
async function behindLink(wanted: FileWanted, seen: FileState, remote: Remote): Promise<FileState> {
  if (!wanted.follow || wanted.state === 'absent' || wanted.state === 'hard') return seen
  const [path, stat] = await Promise.all([realPath(wanted.path, remote), remote.stat(wanted.path)])
  if (wanted.state === 'link') return stat === undefined ? seen : { ...seen, target: { path, stat } }
  if (stat === undefined && wanted.state !== 'touch') return seen
  return { ...seen, path, stat, below: await observeBelow(wanted, path, remote) }
}

function contentOf(entries: readonly FileEntry[]): NonNullable<FileState['content']> {
  const paths = (isFolder: boolean): string[] => entries.filter(({ type }) => (type === 'directory') === isFolder).map(({ path }) => path)
  return { directories: paths(true), files: paths(false) }
}

/** A hard link to be made in a folder gets the name of its source; a link that shall replace a folder needs it empty. */
async function inFolder(wanted: FileWanted, seen: FileState, remote: Remote): Promise<FileState> {
  if (wanted.state === 'hard' && wanted.src !== undefined) {
    const path = join(wanted.path, basename(wanted.src))
    const stat: FileStat | undefined = await remote.lstat(path)
    return { ...seen, path, stat }
  }
  if (wanted.state !== 'link') return seen
  // A link's source is relative to the link, and the link would stand where the folder is.
  const inside = wanted.src === undefined || wanted.src.startsWith('/') ? undefined : join(wanted.path, wanted.src)
  const [entries, source] = await Promise.all([remote.list(wanted.path, { depth: 1 }), inside === undefined ? undefined : remote.stat(inside)])
  return { ...seen, isEmpty: entries?.length === 0, ...(inside !== undefined && { source: { path: inside, stat: source } }) }
}

async function wantedTimes(wanted: FileWanted, remote: Remote): Promise<Times> {
  const given = timeWords(wanted)
  const [modified, accessed] = await Promise.all([
    timeOf(given.modified, wanted.modification_time_format, remote),
    timeOf(given.accessed, wanted.access_time_format, remote),
  ])
  return { ...(modified !== undefined && { modified }), ...(accessed !== undefined && { accessed }) }
}

async function timeOf(given: string, format: string, remote: Remote): Promise<number | 'now' | undefined> {
  if (given === 'preserve') return undefined
  return given === 'now' ? 'now' : remote.read(epochProbe(parseDate(given, format)))
}

async function clockFor(wanted: FileWanted, remote: Remote): Promise<number> {
  const { modified, accessed } = timeWords(wanted)
  return modified === 'now' || accessed === 'now' ? remote.read(clockProbe) : 0
}

function timeWords({ state, modification_time: modified, access_time: accessed }: FileWanted): { readonly modified: string, readonly accessed: string } {
  const otherwise = state === 'touch' ? 'now' : 'preserve'
  return { modified: modified ?? otherwise, accessed: accessed ?? otherwise }
}
