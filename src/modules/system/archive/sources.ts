import { dirname } from 'node:path/posix'
import { ModuleFailure } from '../../../module/module.ts'
import type { Remote } from '../../../remote/remote.ts'
import type { ScriptProbe } from '../../../remote/probe.ts'
import { quote } from '../../../text/shell-quote.ts'
import type { KnownStat } from '../../files/attributes.ts'
import { unquotedGlob } from '../glob-exists.ts'
import { matchesGlob } from '../glob-match.ts'
import { comparisonScript } from './compare-archive.ts'

export type ArchiveFormat = 'bz2' | 'gz' | 'tar' | 'xz' | 'zip' | 'zstd'

/** What a task packs. */
export interface AskedArchive {
  readonly path: readonly string[]
  readonly format: ArchiveFormat
  readonly dest: string | undefined
  readonly exclude_path: readonly string[]
  readonly exclusion_patterns: readonly string[] | undefined
  readonly force_archive: boolean
  readonly remove: boolean
}

export interface ArchiveState {
  readonly dest: string
  /** One file is compressed, without an archive. */
  readonly isSingle: boolean
  /** Folder that names in the archive begin below, with a slash at its end. */
  readonly root: string
  /** Names that are to be in the archive. */
  readonly members: readonly string[]
  /** Names that are in it, where they are not the same. */
  readonly packed: readonly string[]
  /** Full paths of members. */
  readonly archived: readonly string[]
  /** What was asked for and is there. */
  readonly sources: readonly string[]
  readonly missing: readonly string[]
  readonly expanded: readonly string[]
  readonly excluded: readonly string[]
  readonly isSame: boolean
  readonly stat: KnownStat | undefined
}

/** Finds the files, then compares them with what is packed. */
export async function observeSources(asked: AskedArchive, remote: Remote): Promise<ArchiveState> {
  const found = await remote.read(sourcesProbe(asked))
  const plan = planOf(asked, found)
  const [stat, comparison] = await Promise.all([remote.stat(plan.dest), remote.read(comparisonProbe(asked, plan))])
  return { ...plan, stat, isSame: stat !== undefined && comparison.isSame, packed: comparison.packed }
}

interface Found {
  readonly expanded: readonly string[]
  readonly excluded: readonly string[]
  readonly isGlobby: boolean
  /** Everything that is there, by its full path as it was asked for: folders with all below. */
  readonly trees: ReadonlyMap<string, { readonly isFolder: boolean, readonly below: readonly string[] }>
}

function sourcesProbe({ path, exclude_path: excluded }: AskedArchive): ScriptProbe<Found> {
  const words = (patterns: readonly string[]): string => patterns.map(unquotedGlob).join(' ')
  return {
    kind: 'script',
    key: `archive:sources:${JSON.stringify([path, excluded])}`,
    script: `for p in ${words(path)}; do
case $p in *[*?]*) [ -e "$p" ] || [ -L "$p" ] || continue;; esac
printf 'P %s\\n' "$p"
if [ -d "$p" ]; then printf 'D %s\\n' "$p"; find "$p" -mindepth 1 2>/dev/null | sed 's/^/B /'; elif [ -e "$p" ] || [ -L "$p" ]; then printf 'F %s\\n' "$p"; fi
done
${excluded.length === 0 ? ':' : `for p in ${words(excluded)}; do case $p in *[*?]*) [ -e "$p" ] || continue;; esac; printf 'X %s\\n' "$p"; done`}`,
    parse: ({ stdout }) => parseFound(path, stdout.toString('utf8')),
    readsPaths: path.map((one) => one.replace(/\/?[^/]*[*?[].*$/, '') || '/'),
  }
}

function parseFound(path: readonly string[], text: string): Found {
  const trees = new Map<string, { isFolder: boolean, below: string[] }>()
  const lines = text.split('\n').map((line) => [line.slice(0, 1), line.slice(2)] as const)
  let current: string[] = []
  for (const [mark, value] of lines) {
    if (mark === 'B') current.push(value.replaceAll('//', '/'))
    if (mark !== 'D' && mark !== 'F') continue
    current = []
    trees.set(value, { isFolder: mark === 'D', below: current })
  }
  const all = (wanted: string): readonly string[] => lines.flatMap(([mark, value]) => mark === wanted ? [value] : [])
  return { expanded: all('P'), excluded: all('X'), isGlobby: path.some((one) => /[*?]/.test(one)), trees }
}

type Plan = Omit<ArchiveState, 'isSame' | 'stat' | 'packed'>

function planOf(asked: AskedArchive, found: Found): Plan {
  const paths = [...new Set(found.expanded)].filter((path) => !found.excluded.includes(path)).sort()
  const [first] = paths
  if (first === undefined) throw new ModuleFailure('Error, no source paths were found', { path: asked.path.join(', '), expanded_paths: found.expanded.join(', '), expanded_exclude_paths: found.excluded.join(', ') })
  const isFolder = (path: string): boolean => isFolderIn(found, path)
  const isArchive = asked.force_archive || found.isGlobby || isFolder(first) || paths.length > 1
  const dest = destOf(asked, isArchive ? undefined : `${first}.${asked.format}`)
  if (asked.remove && paths.some((path) => isFolder(path) && dest.startsWith(`${path.replace(/\/$/, '')}/`))) {
    throw new ModuleFailure('Error, created archive can not be contained in source paths when remove=true', { path: paths.join(', ') })
  }
  return { dest, ...membersOf(asked, found, paths), isSingle: !isArchive && isStream(asked) && found.trees.has(first), expanded: found.expanded, excluded: found.excluded }
}

function isFolderIn({ trees }: Found, path: string): boolean {
  return trees.get(path)?.isFolder === true
}

function isStream({ format }: AskedArchive): boolean {
  return format !== 'zip' && format !== 'tar'
}

function destOf({ dest, path }: AskedArchive, usual: string | undefined): string {
  const chosen = dest ?? usual
  if (chosen === undefined) throw new ModuleFailure('Error, must specify "dest" when archiving multiple files or trees', { path: path.join(', ') })
  return chosen
}

function membersOf({ exclusion_patterns: patterns = [], format }: AskedArchive, { trees }: Found, paths: readonly string[]): Pick<ArchiveState, 'root' | 'members' | 'archived' | 'sources' | 'missing'> {
  const root = commonRoot(paths)
  const sources = paths.filter((path) => trees.has(path))
  const named = (path: string): string => path.startsWith(root) ? path.slice(root.length) : path
  const all = sources.flatMap((path) => trees.get(path)?.isFolder === true ? trees.get(path)?.below ?? [] : [path])
  // Of a zip file whole paths are matched, of others the names in the archive.
  const archived = all.filter((path) => !patterns.some((pattern) => matchesGlob(format === 'zip' ? path : named(path), pattern)))
  return { root, members: archived.map(named), archived, sources, missing: paths.filter((path) => !trees.has(path)) }
}

function commonRoot(paths: readonly string[]): string {
  const folders = paths.map((path) => `${path.endsWith('/') ? path.slice(0, -1) : dirname(path)}/`.replace('//', '/'))
  const [first = '/'] = folders
  const differs = [...first].findIndex((letter, index) => folders.some((folder) => folder[index] !== letter))
  const common = differs === -1 ? first : first.slice(0, differs)
  return common.slice(0, common.lastIndexOf('/') + 1)
}

function comparisonProbe(asked: AskedArchive, plan: Plan): ScriptProbe<{ readonly isSame: boolean, readonly packed: readonly string[] }> {
  return {
    kind: 'script',
    key: `archive:packed:${JSON.stringify([plan.dest, asked.format, plan.root, plan.isSingle, plan.members])}`,
    script: `[ -f ${quote(plan.dest)} ] || exit 0\n${comparisonScript(asked.format, plan)}`,
    parse: ({ stdout }) => {
      const lines = stdout.toString('utf8').split('\n')
      const packed = lines.flatMap((line) => line.startsWith('N ') ? [line.slice(2).replace(/\/$/, '')] : [])
      const isEqual = plan.isSingle || JSON.stringify([...packed].sort()) === JSON.stringify([...plan.members].sort())
      return { packed, isSame: isEqual && lines.includes('SAME') }
    },
    readsPaths: [plan.dest, ...plan.sources],
  }
}
