import { ModuleFailure } from '../../../module/module.ts'
import { hasAttributes, neededAttributes, withAttributes, type KnownStat } from '../attributes.ts'
import { stateOf } from '../file-facts.ts'
import type { FileState, FileWanted } from './state.ts'

/** The state with a symbolic link at the path; attributes go to where it leads, unless `follow` is off. */
export function withLink(wanted: FileWanted, before: FileState): FileState {
  const target = wanted.src ?? before.stat?.target
  if (target === undefined) throw new ModuleFailure('src is required for creating new symlinks')
  refuseMissing(wanted, before)
  if (before.stat?.target === target) return linkAttributes(wanted, before)
  refuseToReplace(wanted, before)
  return made(wanted, before, target)
}

/** A new link, with attributes of its own or of what it leads to. */
function made(wanted: FileWanted, before: FileState, target: string): FileState {
  const own = wanted.follow ? {} : neededAttributes({ ...wanted, mode: undefined }, undefined)
  const after: FileState = { ...before, stat: withAttributes({ type: 'link', target }, own) }
  const source = wanted.follow ? before.source : undefined
  if (source?.stat === undefined) return after
  const needed = neededAttributes(wanted, source.stat)
  return hasAttributes(needed) ? { ...after, target: { path: source.path, stat: withAttributes(source.stat, needed) } } : after
}

/** The state with a second name of the source at the path. */
export function withHardLink(wanted: FileWanted, before: FileState): FileState {
  if (wanted.src === undefined) throw new ModuleFailure('src is required for creating new hardlinks')
  const source = before.source?.stat
  if (source === undefined) throw new ModuleFailure('src does not exist', { path: wanted.path, dest: wanted.path, src: wanted.src })
  if (isSameFile(before.stat, source)) return before
  if (!wanted.force && before.stat !== undefined && before.stat.type !== 'link') throw occupied(before, wanted.src)
  return { ...before, stat: { ...source, links: (source.links ?? 1) + 1 } }
}

function refuseMissing(wanted: FileWanted, { source }: FileState): void {
  if (!wanted.force && source !== undefined && source.stat === undefined) throw missing(source.path, wanted)
}

function isSameFile(stat: KnownStat | undefined, other: KnownStat): boolean {
  return stat?.inode === other.inode && stat?.device === other.device
}

function missing(source: string, { path, src = source, force }: FileWanted): ModuleFailure {
  return new ModuleFailure(`src file does not exist${force ? '' : ', use "force=yes" if you really want to create the link'}: ${source}`, { path, dest: path, src })
}

function occupied({ path, stat }: FileState, src: string): ModuleFailure {
  const state = stateOf(stat)
  return new ModuleFailure(`Cannot link, ${state === 'hard' ? 'different hard link' : state} exists at destination`, { dest: path, src })
}

function refuseToReplace({ force, path }: FileWanted, { stat, isEmpty }: FileState): void {
  if (stat === undefined || stat.type === 'link') return
  if (!force) throw new ModuleFailure(`refusing to convert from ${stateOf(stat)} to symlink for ${path}`, { path })
  if (stat.type === 'directory' && !isEmpty) throw new ModuleFailure(`the directory ${path} is not empty, refusing to convert it`, { path })
}

function linkAttributes(wanted: FileWanted, before: FileState): FileState {
  if (wanted.follow) {
    if (before.target === undefined) return before
    const needed = neededAttributes(wanted, before.target.stat)
    return hasAttributes(needed) ? { ...before, target: { ...before.target, stat: withAttributes(before.target.stat, needed) } } : before
  }
  const needed = neededAttributes({ ...wanted, mode: undefined }, before.stat)
  return before.stat !== undefined && hasAttributes(needed) ? { ...before, stat: withAttributes(before.stat, needed) } : before
}
