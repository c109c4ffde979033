import { randomBytes } from 'node:crypto'
import { posix } from 'node:path'
import { quote } from '../../text/shell-quote.ts'
import type { FileAttributes, FileStat } from '../files.ts'
import { parentOf } from '../paths.ts'
import type { Dialect } from '../shell/prelude.ts'
import { accessLines, attributeLines, octal, ownerWord, timeLines } from './attributes.ts'

/** What is known about the place of a new file. */
export interface Place {
  readonly dialect: Dialect
  /** What the cache says is at the path; `unknown` when it does not say. */
  readonly current: FileStat | undefined | 'unknown'
}

/** How the content gets into a file. */
export interface Content {
  /** A command that prints it. */
  readonly print: string
  /** Syncs what was printed, by the quoted name of the file; absent when `print` does so by itself. */
  readonly sync?: (temporary: string) => string
}

export interface Replacement {
  /** Attributes asked for; those of the file that is there count for the rest. */
  readonly attributes: FileAttributes
  readonly place: Place
  readonly content: Content
}

/**
 * Commands that put a new file in place of whatever file or link is at the path: one beside it is filled, readable by no one else unless everyone
 * shall read it, gets its owner and mode, access list and extended attributes, is synced, and renamed. A status other than 0 means that the path is as it was.
 */
export function replaceFile(path: string, { attributes, place, content }: Replacement): string {
  const [target, temporary, folder] = [quote(path), quote(temporaryName(path)), quote(parentOf(path))]
  const filling = { target, temporary, attributes, place, print: content.print }
  const sync = content.sync === undefined ? [] : [content.sync(temporary)]
  const steps = [...filled(filling), ...sync, renameLine(temporary, target, place.dialect)]
  return `${unless(`[ -d ${folder} ]`, `there is no folder ${parentOf(path)}`)}
${unless(`[ ! -d ${target} ] || [ -L ${target} ]`, `${path} is a folder`)}
{ ${steps.join(' &&\n')}; } || { ${attributes.inPlace === true ? writeOver(filling) : 'false'}; } || { rm -f -- ${temporary}; exit 1; }`
}

/** What was filled goes into the file that is there; where not even that was possible, the file is filled itself. */
function writeOver({ target, temporary, attributes, print }: Filling): string {
  const content = `if [ -e ${temporary} ]; then cat -- ${temporary} >${target} && rm -f -- ${temporary}; else ${print} >${target}; fi`
  return [`{ ${content}; }`, ...attributeLines(target, attributes)].join(' && ')
}

/** A new name beside a path, short enough for every file system. */
export function temporaryName(path: string): string {
  return posix.join(parentOf(path), `.tsplay-${randomBytes(9).toString('base64url')}`)
}

/** Renames without looking into a folder that the target, as a link, may point to. */
export function renameLine(from: string, to: string, dialect: Dialect): string {
  if (dialect.tools === 'gnu') return `mv -f -T -- ${from} ${to}`
  return `{ [ ! -L ${to} ] || rm -f -- ${to}; } && mv -f -- ${from} ${to}`
}

/** Ends the change with a reason unless the condition holds. */
export function unless(condition: string, reason: string): string {
  return `{ ${condition}; } || { printf '%s\\n' ${quote(reason)} >&2; exit 1; }`
}

interface Filling {
  readonly target: string
  readonly temporary: string
  readonly attributes: FileAttributes
  readonly place: Place
  readonly print: string
}

/** Commands that fill the temporary file and give it its attributes. */
function filled(filling: Filling): readonly string[] {
  const { attributes, place: { current } } = filling
  if (current !== 'unknown' && current?.type !== 'file') return filledAnew(filling)
  return isLike(attributes, current) ? filledThenLike(filling) : likeThenFilled(filling)
}

function filledAnew({ temporary, attributes, print }: Filling): readonly string[] {
  const { mode, ...others } = attributes
  const fill = `${print} >${temporary}`
  if (mode === undefined) return [fill, ...attributeLines(temporary, others)]
  // A mode that everyone may read and no one execute comes from the umask, which saves a process.
  const isPublic = (mode & ~0o666) === 0 && (mode & 0o004) !== 0
  if (isPublic && ownerWord(attributes) === undefined) return [`umask ${octal(0o777 & ~mode)}`, fill, ...attributeLines(temporary, others)]
  return ['umask 077', fill, ...attributeLines(temporary, attributes)]
}

/** Whether a file that is like the one that is there has the attributes asked for. */
function isLike({ mode, owner, group }: FileAttributes, current: FileStat | 'unknown'): boolean {
  if (current === 'unknown') return mode === undefined && owner === undefined && group === undefined
  const isOwner = owner === undefined || [current.owner, String(current.uid)].includes(owner)
  const isGroup = group === undefined || [current.group, String(current.gid)].includes(group)
  return [undefined, current.mode].includes(mode) && isOwner && isGroup
}

function filledThenLike(filling: Filling): readonly string[] {
  return [`( umask 077; ${filling.print} >${filling.temporary} )`, likeOld(filling), ...timeLines(filling.temporary, filling.attributes)]
}

/** The content comes last, so that nobody reads it who could read the old one and shall not read this; the file is open by then, since its mode may forbid to write. */
function likeThenFilled(filling: Filling): readonly string[] {
  const { temporary, attributes, place: { current }, print } = filling
  const mode = attributes.mode ?? (current === 'unknown' ? undefined : current?.mode)
  // Changing owners takes setuid and setgid bits away, and so does writing.
  const asked = accessLines(temporary, mode === undefined ? attributes : { ...attributes, mode })
  const again = mode === undefined || (mode & 0o6000) === 0 ? [] : accessLines(temporary, { mode })
  return [`( umask 077; : >${temporary} )`, `{ ${[likeOld(filling), ...asked, print].join(' &&\n')}; } >${temporary}`, ...again, ...timeLines(temporary, attributes)]
}

/** Gives the temporary file what the one that is there has; the host finds out whether there is one, where that is not known. */
function likeOld({ target, temporary, attributes, place: { current, dialect } }: Filling): string {
  if (current !== 'unknown' && current !== undefined) {
    const isOwn = current.uid === dialect.uid && current.gid === dialect.gid
    return copied({ target, temporary, dialect }, [...isOwn ? [] : [giveTo(`${current.uid}:${current.gid}`, temporary)], `chmod -- ${octal(current.mode)} ${temporary}`])
  }
  const like = copied({ target, temporary, dialect }, [`set -- $(stat -c '%u:%g %a' -- ${target})`, giveTo('"$1"', temporary), `chmod -- "$2" ${temporary}`])
  // Without saying whose, chmod leaves out what the umask does.
  return `if [ -f ${target} ] && [ ! -L ${target} ]; then ${like}; else ${attributes.mode === undefined ? `chmod =rw ${temporary}` : ':'}; fi`
}

/** GNU's cp knows access lists, extended attributes and contexts, too; it must be able to read the file, though. */
function copied({ target, temporary, dialect }: { readonly target: string, readonly temporary: string, readonly dialect: Dialect }, ownerAndMode: readonly string[]): string {
  const byHand = ownerAndMode.join(' && ')
  return dialect.tools === 'gnu' ? `{ cp --attributes-only --preserve=all --no-preserve=timestamps -- ${target} ${temporary} 2>/dev/null || { ${byHand}; }; }` : byHand
}

/** Whoever may not give files away keeps the new one, as with any editor. */
function giveTo(owner: string, temporary: string): string {
  return `{ chown -- ${owner} ${temporary} 2>/dev/null || :; }`
}
