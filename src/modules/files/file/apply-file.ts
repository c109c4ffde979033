import type { Change } from '../../../module/module.ts'
import type { FileAttributes } from '../../../remote/files.ts'
import { CommandError, type Remote } from '../../../remote/remote.ts'
import { quote } from '../../../text/shell-quote.ts'
import type { JsonObject } from '../../../value/value.ts'
import { attributesBetween, hasAttributes, knowsOwners, type KnownStat } from '../attributes.ts'
import { knownFacts, stateOf } from '../file-facts.ts'
import { wantedState } from './diff-file.ts'
import type { FileState, FileWanted } from './state.ts'

/** Gets from one state of a path to another, either way. */
export async function applyFile(wanted: FileWanted, change: Change<FileState>, remote: Remote): Promise<JsonObject | undefined> {
  const { before, after } = change
  if (after.stat === undefined) {
    await remote.remove(after.path)
    return undefined
  }
  const fresh = isOther(before.stat, after.stat)
  if (fresh) await make(change, after.stat, remote)
  else await setOwn(wanted, change, remote)
  if (fresh && hasTimes(after)) await setTimes(after, remote)
  await Promise.all(after.below.map((entry, index) => setBelow(entry.path, { from: before.below[index]?.stat, to: entry.stat }, remote)))
  if (after.target !== undefined) await setBelow(after.target.path, { from: (before.target ?? before.source)?.stat, to: after.target.stat }, remote)
  forgetOtherNames(after.stat, remote)
  return knowsOwners(after.stat) ? undefined : knownFacts(await remote.lstat(after.path))
}

/** What is known by the other names of a file is no longer so. */
function forgetOtherNames({ links = 1 }: KnownStat, remote: Remote): void {
  if (links > 1) remote.forget()
}

function isOther(before: KnownStat | undefined, after: KnownStat): boolean {
  return before?.type !== after.type || before?.target !== after.target || (after.inode !== undefined && before?.inode !== after.inode)
}

async function make({ before, after }: Change<FileState>, stat: KnownStat, remote: Remote): Promise<void> {
  // Links take the place of a file or another link by themselves, at once.
  if (before.stat !== undefined && (before.stat.type === 'directory' || stat.type === 'directory')) await remote.remove(before.path)
  const attributes = attributesBetween(undefined, stat)
  if (stat.type === 'directory') await remote.makeDirectory(after.path, attributes)
  else if (stat.type === 'link') await symbolicLink(after.path, stat, remote)
  else if (stat.inode !== undefined && after.source !== undefined) await hardLink(after, stat, remote)
  else await remote.writeFile(after.path, '', attributes)
}

async function symbolicLink(path: string, stat: KnownStat, remote: Remote): Promise<void> {
  await remote.makeSymbolicLink(path, stat.target ?? '')
  const attributes = ownerOf(stat)
  if (hasAttributes(attributes)) await remote.setAttributes(path, attributes, { followLink: false })
}

function ownerOf({ owner, group }: KnownStat): FileAttributes {
  return { ...(owner !== undefined && { owner }), ...(group !== undefined && { group }) }
}

async function hardLink({ path, source }: FileState, stat: KnownStat, remote: Remote): Promise<void> {
  await remote.makeHardLink(path, source?.path ?? '')
  const attributes = attributesBetween(source?.stat, stat)
  if (hasAttributes(attributes)) await remote.setAttributes(path, attributes)
}

async function setOwn({ follow }: FileWanted, change: Change<FileState>, remote: Remote): Promise<void> {
  const { before, after } = change
  const followLink = follow && after.stat?.type !== 'link'
  const [attributes, times] = [attributesBetween(before.stat, after.stat ?? {}), timesBetween(before, after)]
  if (!(after.touched && after.times.modified === 'now' && after.times.accessed === 'now')) {
    if (hasAttributes({ ...attributes, ...times })) await remote.setAttributes(after.path, { ...attributes, ...times }, { followLink })
    return
  }
  if (hasAttributes(attributes)) await remote.setAttributes(after.path, attributes, { followLink })
  await touchNow(after.path, times, remote)
}

/** Whoever may write a file may give it the time of now, but only its owner any other. */
async function touchNow(path: string, times: FileAttributes, remote: Remote): Promise<void> {
  try {
    await remote.setAttributes(path, times)
  } catch (error) {
    if (!(error instanceof CommandError)) throw error
    await remote.write({ summary: `Touch ${path}`, command: { script: `touch -c -- ${quote(path)}` }, effects: { paths: [path] } })
  }
}

async function setTimes(after: FileState, remote: Remote): Promise<void> {
  const { modified, accessed } = after.times
  // What was just made has the time of now already.
  const times = { ...(typeof modified === 'number' && { modified }), ...(typeof accessed === 'number' && { accessed }) }
  if (hasAttributes(times)) await remote.setAttributes(after.path, times)
}

function hasTimes({ times }: FileState): boolean {
  return times.modified !== undefined || times.accessed !== undefined
}

/** Times of now are told by the host's clock; taking them back sets what was there. */
function timesBetween(before: FileState, { stat, times, touched, clock }: FileState): FileAttributes {
  const now = Math.round((Date.now() / 1000 + clock) * 1000) / 1000
  return {
    ...timeSet('modified', touched && times.modified === 'now' ? now : stat?.modified, before),
    ...timeSet('accessed', touched && times.accessed === 'now' ? now : stat?.accessed, before),
  }
}

function timeSet(field: 'modified' | 'accessed', time: number | undefined, { stat, times, touched }: FileState): FileAttributes {
  const known = touched && times[field] === 'now' ? undefined : stat?.[field]
  return time === undefined || time === known ? {} : { [field]: time }
}

async function setBelow(path: string, { from, to }: { readonly from: KnownStat | undefined, readonly to: KnownStat }, remote: Remote): Promise<void> {
  const attributes = attributesBetween(from, to)
  if (hasAttributes(attributes)) await remote.setAttributes(path, attributes, { followLink: to.type !== 'link' })
}

/** Fields of the result. */
export function fileResult(wanted: FileWanted, state: FileState): JsonObject {
  const { path, stat, isBinary } = state
  if (isBinary !== undefined) return { path, appears_binary: isBinary }
  const asked = wanted.state ?? wantedState(wanted, state)
  const unchanged = { diff: { before: { path }, after: { path } } }
  if (stat === undefined) return { path, state: stateOf(stat), ...unchanged }
  const facts = { ...knownFacts(stat), ...unchanged }
  if (asked === 'link' || asked === 'hard') return { dest: path, ...(wanted.src !== undefined && { src: wanted.src }), ...facts }
  return asked === 'touch' ? { dest: path, ...facts } : { path, ...facts }
}
