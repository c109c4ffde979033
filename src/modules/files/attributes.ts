import type { ArgumentSpec } from '../../module/argument-spec.ts'
import type { FileAttributes, FileStat } from '../../remote/files.ts'
import type { Json } from '../../value/value.ts'
import { extendedArguments } from './extended/arguments.ts'
import { resolveMode, UMASK } from './mode.ts'

/** Arguments of every module that sets owner, group and permissions. */
export const attributeArguments = {
  mode: { type: 'raw', description: 'Permissions: octal (`"0644"`) or symbolic (`u=rw,g=r`).' },
  owner: { type: 'str', description: 'User name or number that owns it.' },
  group: { type: 'str', description: 'Group name or number.' },
  unsafe_writes: { type: 'bool', default: false, description: 'Write over a file that cannot be replaced, such as one that is mounted, which is not atomic.' },
  ...extendedArguments,
} as const satisfies ArgumentSpec

/** Owner, group and permissions as a task asks for them. */
export interface WantedAttributes {
  readonly mode?: Json | undefined
  readonly owner?: string | undefined
  readonly group?: string | undefined
}

/** What is known of a file: everything of one that is there, only what was asked for of one to be made. */
export type KnownStat = Partial<FileStat>

/** What must be set on something that is there (or, without `before`, on something new); empty when all is right. */
export function neededAttributes(wanted: WantedAttributes, before: KnownStat | undefined, type: 'file' | 'directory' = 'file'): FileAttributes {
  const mode = wantedMode(wanted.mode, before, type)
  return {
    ...(mode !== before?.mode && mode !== undefined && { mode }),
    ...ownerNeeded(wanted.owner, before),
    ...groupNeeded(wanted.group, before),
  }
}

function wantedMode(mode: Json | undefined, before: KnownStat | undefined, type: 'file' | 'directory'): number | undefined {
  if (mode === undefined || mode === null || mode === '') return undefined
  const directory = (before?.type ?? type) === 'directory'
  const fresh = (directory ? 0o777 : 0o666) & ~UMASK
  return resolveMode(mode, before?.mode ?? fresh, directory)
}

function ownerNeeded(owner: string | undefined, before: KnownStat | undefined): FileAttributes {
  return owner === undefined || isSame(owner, before?.owner, before?.uid) ? {} : { owner }
}

function groupNeeded(group: string | undefined, before: KnownStat | undefined): FileAttributes {
  return group === undefined || isSame(group, before?.group, before?.gid) ? {} : { group }
}

/** What must be set to get from one state to another, whichever way. */
export function attributesBetween(from: KnownStat | undefined, to: KnownStat): FileAttributes {
  return {
    ...(to.mode !== undefined && from?.mode !== to.mode && { mode: to.mode }),
    ...(to.owner !== undefined && from?.owner !== to.owner && { owner: to.owner }),
    ...(to.group !== undefined && from?.group !== to.group && { group: to.group }),
  }
}

export function hasAttributes(attributes: FileAttributes): boolean {
  return Object.keys(attributes).length > 0
}

/** What is known of something after attributes were set on it; the id of another owner is known only where it is written as a number. */
export function withAttributes(stat: KnownStat, attributes: FileAttributes): KnownStat {
  const { uid, gid, ...rest } = stat
  return { ...rest, ...idAfter('uid', attributes.owner, uid), ...idAfter('gid', attributes.group, gid), ...attributes }
}

/** Whether ids and names of owner and group are all known: an owner given as a number has a name that only the host can tell. */
export function knowsOwners({ uid, gid, owner = '', group = '' }: KnownStat): boolean {
  return uid !== undefined && gid !== undefined && ![owner, group].some((name) => /^\d+$/.test(name))
}

function isSame(wanted: string, name: string | undefined, id: number | undefined): boolean {
  return wanted === name || (id !== undefined && wanted === String(id))
}

function idAfter(field: 'uid' | 'gid', name: string | undefined, before: number | undefined): KnownStat {
  const id = name === undefined ? before : /^\d+$/.test(name) ? Number(name) : undefined
  return id === undefined ? {} : { [field]: id }
}
