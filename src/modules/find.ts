import type { ArgumentsOf } from '../module/argument-spec.ts'
import { defineAction } from '../module/define-module.ts'
import { ModuleFailure } from '../module/module.ts'
import type { FileEntry } from '../remote/files.ts'
import type { Remote } from '../remote/remote.ts'
import type { JsonObject } from '../value/value.ts'
import { CHECKSUM_ALGORITHMS, checksumProbe } from './files/checksum-probe.ts'
import { clockProbe } from './files/clock.ts'
import { contentMatches, EncodingProblem } from './files/find/content-matches.ts'
import { entryFilter, type FindFilter } from './files/find/entry-filter.ts'
import { parseAge, parseSize } from './files/find/quantities.ts'
import { walk, type Walked } from './files/find/walk.ts'
import { statFields } from './files/permissions.ts'

const args = {
  paths: { type: 'list', elements: 'path', required: true, aliases: ['name', 'path'], description: 'Folders to look in.' },
  patterns: { type: 'list', elements: 'str', aliases: ['pattern'], default: [], description: 'Names, as shell patterns or with `use_regex` as Python expressions.' },
  excludes: { type: 'list', elements: 'str', aliases: ['exclude'], description: 'Names to leave out, written likewise.' },
  use_regex: { type: 'bool', default: false, description: 'Patterns are Python regular expressions.' },
  contains: { type: 'str', description: 'Python regular expression that must match at the begin of a line of the file.' },
  read_whole_file: { type: 'bool', default: false, description: 'Match `contains` anywhere in the whole content.' },
  encoding: { type: 'str', description: 'Encoding of content; UTF-8 unless set.' },
  file_type: { type: 'str', choices: ['any', 'directory', 'file', 'link'], default: 'file', description: 'What to find.' },
  recurse: { type: 'bool', default: false, description: 'Look into folders of folders too.' },
  depth: { type: 'int', description: 'How deep to look with `recurse`.' },
  hidden: { type: 'bool', default: false, description: 'Find names that begin with a dot too.' },
  follow: { type: 'bool', default: false, description: 'Look into folders that links lead to.' },
  age: { type: 'str', description: 'At least this old (`2d`), or with a minus at most.' },
  age_stamp: { type: 'str', choices: ['atime', 'ctime', 'mtime'], default: 'mtime', description: 'Which time counts for `age`.' },
  size: { type: 'str', description: 'At least this large (`10m`), or with a minus at most.' },
  mode: { type: 'raw', description: 'Permissions that it must have.' },
  exact_mode: { type: 'bool', default: true, description: 'Just these permissions, else any of them.' },
  get_checksum: { type: 'bool', default: false, description: 'Tell checksums.' },
  checksum_algorithm: { type: 'str', choices: CHECKSUM_ALGORITHMS, aliases: ['checksum', 'checksum_algo'], default: 'sha1', description: 'Kind of checksum.' },
  limit: { type: 'int', description: 'Stop after so many.' },
} as const

/** `ansible.builtin.find`: files that fit a description. */
export const find = defineAction({
  name: 'find',
  summary: 'Find files by name, age, size, type or content.',
  where: 'host',
  check: 'run',
  args,
  examples: [
    { name: 'Old logs', args: { paths: '/var/log', patterns: ['*.log', '*.gz'], age: '4w', recurse: true } },
    { name: 'Large files of a service', args: { paths: ['/srv/app'], file_type: 'file', size: '1g', excludes: 'data.db' } },
  ],
  observe: (given, remote) => Promise.all(given.paths.map((path) => listing(given, path, remote))),
  run: async (given, { remote }) => findFiles(given, remote),
})

type FindArguments = ArgumentsOf<typeof args>

async function findFiles(given: FindArguments, remote: Remote): Promise<{ readonly changed: false, readonly fields: JsonObject }> {
  if (given.limit !== undefined && given.limit <= 0) throw new ModuleFailure(`limit cannot be ${given.limit}`)
  const [clock, ...listings] = await Promise.all([given.age === undefined ? 0 : remote.read(clockProbe), ...given.paths.map((path) => listing(given, path, remote))])
  const filter = entryFilter(filterOf(given, clock))
  const looked = await Promise.all(listings.map((walked, index) => lookedThrough(given, { walked, path: given.paths[index] ?? '', filter }, remote)))
  const matched = looked.flatMap(({ found }) => found)
  const found = given.limit === undefined ? matched : matched.slice(0, given.limit)
  const files = await Promise.all(found.map((entry) => fileFields(given, entry, remote)))
  const skipped = Object.assign({}, ...looked.map(({ problems }) => problems)) as Record<string, string>
  const examined = listings.reduce((sum, walked) => sum + (walked?.entries.length ?? 0), 0)
  return { changed: false, fields: { files, matched: files.length, examined, skipped_paths: skipped, msg: messageOf(given, files.length, looked), ...warnings(given, looked) } }
}

function isShallow({ recurse, depth = 0, paths }: FindArguments, { path }: FileEntry): boolean {
  if (!recurse || depth === 0) return true
  return paths.some((folder) => path.startsWith(`${folder.replace(/\/+$/, '')}/`) && path.slice(folder.replace(/\/+$/, '').length + 1).split('/').length <= depth)
}

/** Folders that may not be read are only told of; other problems show in the message. */
function messageOf({ limit }: FindArguments, found: number, looked: readonly LookedThrough[]): string {
  if (looked.some(({ isWhole }) => !isWhole)) return 'Not all paths examined, check warnings for details'
  return limit === found ? 'Limit of matches reached' : 'All paths examined'
}

function warnings({ paths }: FindArguments, looked: readonly LookedThrough[]): JsonObject {
  const skipped = paths.filter((_, index) => looked[index]?.isWhole === false)
  const said = skipped.map((path) => `Skipped '${path}' path due to this access issue: ${looked[paths.indexOf(path)]?.problems[path] ?? ''}\n`)
  return said.length > 0 ? { warnings: said } : {}
}

interface LookedThrough {
  readonly found: readonly FileEntry[]
  /** Why a folder was not looked at, or not to its end. */
  readonly problems: Readonly<Record<string, string>>
  readonly isWhole: boolean
}

interface Looking {
  readonly walked: Walked | undefined
  readonly path: string
  readonly filter: (entry: FileEntry) => boolean
}

async function lookedThrough(given: FindArguments, { walked, path, filter }: Looking, remote: Remote): Promise<LookedThrough> {
  if (walked === undefined) return { found: [], problems: { [path]: `'${path}' is not a directory` }, isWhole: false }
  const entries = walked.entries.filter((entry) => isShallow(given, entry) && filter(entry))
  const { contains, read_whole_file: whole, file_type: type, encoding } = given
  if (contains === undefined || type !== 'file') return { found: entries, problems: walked.refused, isWhole: true }
  const contents = await Promise.all(entries.map((entry) => remote.readFile(entry.path)))
  const found: FileEntry[] = []
  for (const [index, entry] of entries.entries()) {
    try {
      if (contentMatches(contents[index], { contains, whole, encoding })) found.push(entry)
    } catch (error) {
      if (error instanceof EncodingProblem) return { found, problems: { ...walked.refused, [path]: error.message.replace('PATH', entry.path) }, isWhole: false }
      throw error
    }
  }
  return { found, problems: walked.refused, isWhole: true }
}

async function listing({ recurse, depth, follow }: FindArguments, path: string, remote: Remote): Promise<Walked | undefined> {
  // What stands in the deepest folders is counted as examined, though it is too deep to be found.
  const deep = recurse ? depth : 0
  const walked = await walk(path, deep === undefined || (recurse && deep === 0) ? undefined : deep + 1, remote)
  if (!follow || !recurse || walked === undefined) return walked
  const below = await Promise.all(walked.entries.filter(({ type }) => type === 'link').map(async (link) => {
    const behind = await remote.stat(link.path)
    return behind?.type === 'directory' ? await remote.list(link.path) ?? [] : []
  }))
  return { ...walked, entries: [...walked.entries, ...below.flat()] }
}

function filterOf(given: FindArguments, clock: number): FindFilter {
  return {
    patterns: given.patterns, excludes: given.excludes ?? [], regex: given.use_regex, type: given.file_type, hidden: given.hidden,
    age: given.age === undefined ? undefined : parseAge(given.age), stamp: given.age_stamp, now: Date.now() / 1000 + clock,
    size: given.size === undefined ? undefined : parseSize(given.size), mode: given.mode ?? undefined, exactMode: given.exact_mode,
  }
}

async function fileFields({ get_checksum: wanted, checksum_algorithm: algorithm }: FindArguments, entry: FileEntry, remote: Remote): Promise<JsonObject> {
  const checksum = wanted && entry.type === 'file' ? await remote.read(checksumProbe(entry.path, algorithm)) : undefined
  return { path: entry.path, ...statFields(entry), ...(checksum !== undefined && { checksum }) }
}
