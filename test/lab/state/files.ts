import { createHash } from 'node:crypto'
import { lstatSync, readFileSync, readdirSync, readlinkSync, type Stats } from 'node:fs'
import { join } from 'node:path'
import { run } from '../control/run.ts'
import { isVolatile } from './volatile.ts'

interface Entry {
  readonly type: string
  readonly mode: string
  readonly owner: string
  readonly path: string
  readonly target: string
}

interface Overlay {
  readonly upper: string
  /** Lower layers, uppermost first. */
  readonly lower: readonly string[]
  readonly labwalk: string
}

/** What of a host's files differs from its lower layers; a file written anew with the same content does not. */
export async function changedFiles({ upper, lower, labwalk }: Overlay): Promise<Readonly<Record<string, string>>> {
  const entries = parse(await run(labwalk, [upper])).filter(({ path }) => path !== '' && !isVolatile(path))
  const found: Record<string, string> = {}
  for (const entry of entries) {
    const below = describeBelow(lower, entry.path)
    const now = entry.type === 'x' ? 'removed' : describe(entry, upper)
    if (now !== (below ?? 'removed')) found[entry.path] = now
    if (entry.type === 'D') Object.assign(found, hiddenBelow(entry.path, lower, new Set(entries.map(({ path }) => path))))
  }
  return Object.fromEntries(Object.entries(found).sort(([a], [b]) => (a < b ? -1 : 1)))
}

const parse = (output: string): readonly Entry[] =>
  output.split('\0').filter(Boolean).map((record) => {
    const [type = '', mode = '', user = '', group = '', , , path = '', target = ''] = record.split('\t')
    return { type, mode, owner: `${user}:${group}`, path, target }
  })

function describe({ type, mode, owner, path, target }: Entry, root: string): string {
  if (type === 'l') return `link ${target}`
  if (type === 'f') return `file ${mode} ${owner} ${checksum(join(root, path), path === PACKAGES ? packageStates : undefined)}`
  return type === 'd' || type === 'D' ? `folder ${mode} ${owner}` : `other ${mode} ${owner}`
}

/** The same description of what the lower layers have at the path. */
function describeBelow(lower: readonly string[], path: string): string | undefined {
  for (const layer of lower) {
    const stat = statOf(join(layer, path))
    if (stat) return stat.isCharacterDevice() && stat.rdev === 0 ? undefined : describe(entryOf(stat, path, join(layer, path)), layer)
  }
  return undefined
}

function entryOf(stat: Stats, path: string, full: string): Entry {
  const type = stat.isFile() ? 'f' : stat.isSymbolicLink() ? 'l' : stat.isDirectory() ? 'd' : 'o'
  return { type, mode: (stat.mode & 0o7777).toString(8), owner: `${stat.uid}:${stat.gid}`, path, target: type === 'l' ? readlinkSync(full) : '' }
}

/** Entries of lower folders that a folder made anew no longer shows. */
function hiddenBelow(folder: string, lower: readonly string[], present: ReadonlySet<string>): Record<string, string> {
  const names = new Set(lower.flatMap((layer) => (statOf(join(layer, folder))?.isDirectory() ? readdirSync(join(layer, folder)) : [])))
  const hidden = [...names].map((name) => `${folder}/${name}`).filter((path) => !present.has(path) && !isVolatile(path))
  return Object.fromEntries(hidden.filter((path) => describeBelow(lower, path) !== undefined).map((path) => [path, 'removed']))
}

const statOf = (path: string): Stats | undefined => lstatSync(path, { throwIfNoEntry: false })

const PACKAGES = '/var/lib/dpkg/status'

/** dpkg keeps other notes of a package that was removed or set up in two goes, since it was interrupted: its state and its version count. */
function packageStates(status: Buffer): string {
  const packages = status.toString('utf8').split('\n\n').map((lines) => lines.split('\n').filter((line) => /^(?:Package|Architecture|Status|Version):/.test(line)).sort().join('\n'))
  return packages.sort().join('\n\n')
}

function checksum(path: string, reading?: (content: Buffer) => string): string {
  try {
    const content = readFileSync(path)
    return createHash('sha256').update(reading === undefined ? content : reading(content)).digest('hex')
  } catch {
    // it was removed, or replaced by something else, while the lab was being read
    return 'unreadable'
  }
}
