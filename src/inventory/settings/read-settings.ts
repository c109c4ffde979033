import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SourceFile, SourceRange } from '../../diagnostics/types.ts'
import { parseShellVariables } from '../../text/shell-variables.ts'
import type { Problems } from '../../yaml/problems.ts'
import { isFile, isFolder, namesIn, shownPath } from '../../yaml/source-store.ts'
import { setting, type SettingsNode } from './node.ts'

/** Reads all files directly in a folder of a host (SSH), or the one file that the path names: by file name. Rejects when it cannot. */
export type RemoteReader = (host: string, path: string) => Promise<ReadonlyMap<string, string>>

/** Where settings files are: a local folder, or `host:/folder`. */
export interface SettingsPlace {
  readonly folder?: string
  readonly source?: string
  /** Name in `source` by which the host is reached, and the place in the configuration, for errors. */
  readonly range: SourceRange
  /** Zone of nodes that say none. */
  readonly zone?: string
  /** Out of reach is only a warning. */
  readonly optional?: boolean
}

export interface SettingsReading {
  readonly problems: Problems
  readonly readRemote: RemoteReader | undefined
}

/** The settings files of one place, in natural order of their names. */
export async function readSettingsFiles(place: SettingsPlace, reading: SettingsReading): Promise<readonly SourceFile[]> {
  const files = place.folder === undefined ? await remoteFiles(place, reading) : localFiles(place.folder, place.range, reading.problems)
  return [...files].filter(([name]) => isNodeName(name)).sort(([a], [b]) => natural(a, b)).map(([name, text]) => ({ path: `${shownPlace(place)}/${name}`, text }))
}

/** Turns settings files into nodes; broken lines are reported. */
export function readNode(file: SourceFile, problems: Problems): Omit<SettingsNode, 'zone'> {
  const { assignments, broken } = parseShellVariables(file)
  for (const { range, reason } of broken) {
    problems.error('broken-settings-line', `Cannot read the line: ${reason}`, { range })
  }
  const values = new Map(assignments.map(({ name, value }) => [name, value]))
  const roles = (values.get('role') ?? '').split(',').map((role) => role.trim()).filter((role) => role !== '')
  const name = file.path.slice(file.path.lastIndexOf('/') + 1)
  return { name, file, values, ranges: new Map(assignments.map((assignment) => [assignment.name, assignment.range])), roles }
}

/** The zone of a node: its own, that of its source, or the longest zone id that starts its name. */
export function zoneOf(node: Omit<SettingsNode, 'zone'>, known: Iterable<string>, sourceZone: string | undefined): string {
  const own = setting({ ...node, zone: '' }, 'zone_id')
  if (own !== '') return own
  const prefixes = [...known].filter((zone) => node.name.startsWith(zone)).sort((a, b) => b.length - a.length)
  return prefixes[0] ?? sourceZone ?? ''
}

function localFiles(folder: string, range: SourceRange, problems: Problems): ReadonlyMap<string, string> {
  if (!isFolder(folder)) {
    problems.error('missing-settings', `Cannot find the folder of settings ${shownPath(folder)}`, { range })
    return new Map()
  }
  return new Map(namesIn(folder).filter((name) => isNodeName(name) && isFile(join(folder, name))).map((name) => [name, readFileSync(join(folder, name), 'utf8')]))
}

async function remoteFiles({ source = '', range, optional }: SettingsPlace, { problems, readRemote }: SettingsReading): Promise<ReadonlyMap<string, string>> {
  const [host, path] = splitSource(source)
  if (path === undefined || readRemote === undefined) {
    problems.error('missing-settings', path === undefined ? `Cannot read settings from '${source}': write host:/folder` : `Cannot read settings from '${source}': no connection is available here`, { range })
    return new Map()
  }
  try {
    return await readRemote(host, path)
  } catch (error) {
    const summary = `Cannot read settings from ${source}: ${error instanceof Error ? error.message : String(error)}`
    if (optional === true) problems.warning('missing-settings', summary, { range })
    else problems.error('missing-settings', summary, { range })
    return new Map()
  }
}

/** `host:/path` in its two parts. */
export function splitSource(source: string): readonly [string, string | undefined] {
  const colon = source.indexOf(':/')
  return colon < 1 ? [source, undefined] : [source.slice(0, colon), source.slice(colon + 1)]
}

function shownPlace({ folder, source }: SettingsPlace): string {
  return folder === undefined ? source ?? '' : shownPath(folder)
}

function isNodeName(name: string): boolean {
  return /^[A-Za-z0-9][\w-]*$/.test(name)
}

/** `n2` before `n10`. */
function natural(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true })
}
