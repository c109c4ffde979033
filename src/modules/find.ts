import type { ArgumentsOf } from '../module/argument-spec.ts'
import { defineAction } from '../module/define-module.ts'
import { ModuleFailure } from '../module/module.ts'
import type { FileEntry } from '../remote/files.ts'
import type { Remote } from '../remote/remote.ts'
import type { JsonObject } from '../value/value.ts'
import { CHECKSUM_ALGORITHMS, checksumProbe } from './files/checksum-probe.ts'
import { clockProbe } from './files/clock.ts'
import { contentMatches } from './files/find/content-matches.ts'
import { entryFilter, type FindFilter } from './files/find/entry-filter.ts'
import { parseAge, parseSize } from './files/find/quantities.ts'
import { statFields } from './files/permissions.ts'

const args = {
  paths: { type: 'list', elements: 'path', required: true, aliases: ['name', 'path'], description: 'Folders to look in.' },
  patterns: { type: 'list', elements: 'str', aliases: ['pattern'], default: [], description: 'Names, as shell patterns or with `use_regex` as Python expressions.' },
  excludes: { type: 'list', elements: 'str', aliases: ['exclude'], description: 'Names to leave out, written likewise.' },
  use_regex: { type: 'bool', default: false, description: 'Patterns are Python regular expressions.' },
  contains: { type: 'str', description: 'Python regular expression that must match at the begin of a line of the file.' },
  read_whole_file: { type: 'bool', default: false, description: 'Match `contains` anywhere in the whole content.' },
  encoding: { type: 'str', description: 'Accepted for compatibility: content is read as UTF-8.' },
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
  const skipped = given.paths.filter((_, index) => listings[index] === undefined)
  const entries = listings.flatMap((listed) => listed ?? [])
  const filter = entryFilter(filterOf(given, clock))
  const matched = await withContent(given, entries.filter(filter), remote)
  const found = given.limit === undefined ? matched : matched.slice(0, given.limit)
  const files = await Promise.all(found.map((entry) => fileFields(given, entry, remote)))
  const reasons = Object.fromEntries(skipped.map((path) => [path, `'${path}' is not a directory`]))
  const msg = skipped.length > 0 ? 'Not all paths examined, check warnings for details' : given.limit === files.length ? 'Limit of matches reached' : 'All paths examined'
  return { changed: false, fields: { files, matched: files.length, examined: entries.length, skipped_paths: reasons, msg } }
}

async function listing({ recurse, depth, follow }: FindArguments, path: string, remote: Remote): Promise<readonly FileEntry[] | undefined> {
  const deep = recurse ? depth : 1
  const listed = await remote.list(path, deep === undefined || deep === 0 ? {} : { depth: deep })
  if (!follow || !recurse || listed === undefined) return listed
  const below = await Promise.all(listed.filter(({ type }) => type === 'link').map(async (link) => {
    const behind = await remote.stat(link.path)
    return behind?.type === 'directory' ? await remote.list(link.path) ?? [] : []
  }))
  return [...listed, ...below.flat()]
}

function filterOf(given: FindArguments, clock: number): FindFilter {
  return {
    patterns: given.patterns, excludes: given.excludes ?? [], regex: given.use_regex, type: given.file_type, hidden: given.hidden,
    age: given.age === undefined ? undefined : parseAge(given.age), stamp: given.age_stamp, now: Date.now() / 1000 + clock,
    size: given.size === undefined ? undefined : parseSize(given.size), mode: given.mode ?? undefined, exactMode: given.exact_mode,
  }
}

async function withContent(given: FindArguments, entries: readonly FileEntry[], remote: Remote): Promise<readonly FileEntry[]> {
  const { contains, read_whole_file: whole, file_type: type } = given
  if (contains === undefined || type !== 'file') return entries
  const fits = await Promise.all(entries.map(async ({ path }) => contentMatches(await remote.readText(path), { contains, whole })))
  return entries.filter((_, index) => fits[index])
}

async function fileFields({ get_checksum: wanted, checksum_algorithm: algorithm }: FindArguments, entry: FileEntry, remote: Remote): Promise<JsonObject> {
  const checksum = wanted && entry.type === 'file' ? await remote.read(checksumProbe(entry.path, algorithm)) : undefined
  return { path: entry.path, ...statFields(entry), ...(checksum !== undefined && { checksum }) }
}
