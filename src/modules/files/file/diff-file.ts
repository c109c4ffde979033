import { ModuleFailure, type Change, type TextDiff } from '../../../module/module.ts'
import type { JsonObject } from '../../../value/value.ts'
import { hasAttributes, neededAttributes, withAttributes, type KnownStat } from '../attributes.ts'
import { stateOf } from '../file-facts.ts'
import { modeText } from '../mode.ts'
import { withLink, withHardLink } from './diff-link.ts'
import type { FileState, FileWanted, Times } from './state.ts'

/** What must change at the path; undefined when it is as wanted. */
export function diffFile(wanted: FileWanted, before: FileState): Change<FileState> | undefined {
  if (before.isBinary !== undefined) return undefined
  const state = wantedState(wanted, before)
  checkState(wanted, state)
  const after = AFTER[state](wanted, before)
  return after === before ? undefined : { before, after, diff: [stateDiff(before, after)], fields: { diff: fieldsDiff(before, after) } }
}

/** What differs, as this module's result tells it whether or not diffs are shown. */
function fieldsDiff(before: FileState, after: FileState): JsonObject {
  const [from, to] = [shown(before), shown(after)]
  const different = (all: JsonObject): JsonObject => Object.fromEntries(Object.entries(all).filter(([field]) => field === 'path' || from[field] !== to[field]))
  const { content } = before
  const removed = content !== undefined && after.stat === undefined ? { path_content: { directories: [...content.directories], files: [...content.files] } } : {}
  return { before: { ...different(from), ...removed }, after: different(to) }
}

function checkState({ recurse, src, path }: FileWanted, state: NonNullable<FileWanted['state']>): void {
  if (recurse && state !== 'directory') throw new ModuleFailure("recurse option requires state to be 'directory'", { path })
  if (src !== undefined && state !== 'link' && state !== 'hard') throw new ModuleFailure("src option requires state to be 'link' or 'hard'", { path })
}

/** Without `state`: what is there, else a folder with `recurse`, else a file. */
export function wantedState(wanted: FileWanted, { stat }: FileState): NonNullable<FileWanted['state']> {
  if (wanted.state !== undefined) return wanted.state
  if (stat === undefined) return wanted.recurse ? 'directory' : 'file'
  return stat.type === 'directory' || stat.type === 'link' ? stat.type : 'file'
}

/** Each gives the same object when nothing is to be done. */
const AFTER: Readonly<Record<NonNullable<FileWanted['state']>, (wanted: FileWanted, before: FileState) => FileState>> = {
  absent: (_, before) => (before.stat === undefined ? before : { ...before, stat: undefined }),
  file: (wanted, before) => {
    if (before.stat?.type !== 'file') throw new ModuleFailure(`file (${before.path}) is ${stateOf(before.stat)}, cannot continue`, { path: before.path, state: stateOf(before.stat) })
    return settled(wanted, before)
  },
  directory: (wanted, before) => {
    if (before.stat !== undefined && before.stat.type !== 'directory') throw new ModuleFailure(`${before.path} already exists as a ${stateOf(before.stat)}`, { path: before.path, state: stateOf(before.stat) })
    if (before.stat === undefined) return { ...before, stat: created(wanted, 'directory') }
    return withBelow(wanted, settled(wanted, before))
  },
  touch: (wanted, before) => {
    if (before.stat === undefined) return { ...before, stat: created(wanted, 'file') }
    return settled(wanted, before)
  },
  link: (wanted, before) => withLink(wanted, before),
  hard: (wanted, before) => settled(wanted, withHardLink(wanted, before)),
}

function created(wanted: FileWanted, type: 'file' | 'directory'): KnownStat {
  return withAttributes({ type }, neededAttributes(wanted, undefined, type))
}

/** Attributes and times of something that is there. */
function settled(wanted: FileWanted, before: FileState): FileState {
  if (before.stat === undefined) return before
  const needed = { ...neededAttributes(wanted, before.stat), ...fixedTimes(before.times, before.stat) }
  const touched = before.times.modified === 'now' || before.times.accessed === 'now'
  return hasAttributes(needed) || touched ? { ...before, touched, stat: withAttributes(before.stat, needed) } : before
}

function fixedTimes({ modified, accessed }: Times, stat: KnownStat): { readonly modified?: number, readonly accessed?: number } {
  return {
    ...(typeof modified === 'number' && modified !== stat.modified && { modified }),
    ...(typeof accessed === 'number' && accessed !== stat.accessed && { accessed }),
  }
}

function withBelow(wanted: FileWanted, state: FileState): FileState {
  const below = state.below.map((entry) => {
    const mode = entry.stat.type === 'link' ? undefined : wanted.mode
    const needed = neededAttributes({ ...wanted, mode }, entry.stat)
    return hasAttributes(needed) ? { ...entry, stat: withAttributes(entry.stat, needed) } : entry
  })
  return below.every((entry, index) => entry === state.below[index]) ? state : { ...state, below }
}

function stateDiff(before: FileState, after: FileState): TextDiff {
  const [from, to] = [shown(before), shown(after)]
  const fields = Object.keys({ ...from, ...to }).filter((field) => field === 'path' || from[field] !== to[field])
  const text = (all: JsonObject): string => fields.flatMap((field) => (all[field] === undefined ? [] : [`${field}: ${String(all[field])}\n`])).join('')
  return { before: text(from), after: text(to), beforeHeader: before.path, afterHeader: after.path }
}

function shown({ path, stat, below }: FileState): JsonObject {
  const { mode, owner, group, target, modified, accessed } = stat ?? {}
  const own = { path, state: stateOf(stat), mode: mode === undefined ? undefined : modeText(mode), owner, group, src: target, modified, accessed }
  const inside = Object.fromEntries(below.map(({ path: other, stat: its }) => [other, [its.owner, its.group, modeText(its.mode ?? 0)].join(' ')]))
  return Object.fromEntries(Object.entries({ ...own, ...inside }).flatMap(([field, value]) => (value === undefined ? [] : [[field, value]])))
}
