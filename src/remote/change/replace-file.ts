import { randomBytes } from 'node:crypto'
import { posix } from 'node:path'
import { quote } from '../../text/shell-quote.ts'
import type { FileAttributes, FileStat } from '../files.ts'
import { parentOf } from '../paths.ts'
import type { Dialect } from '../shell/prelude.ts'
import { attributeLines, octal, ownerWord } from './attributes.ts'

/** What is known about the place of a new file. */
export interface Place {
  readonly dialect: Dialect
  /** What the cache says is at the path; `unknown` when it does not say. */
  readonly current: FileStat | undefined | 'unknown'
}

/** How the content gets into the temporary file, whose quoted name the commands are made for. */
export interface Content {
  readonly fill: (temporary: string) => string
  /** Absent when `fill` syncs by itself. */
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
 * shall read it, gets its owner and mode, is synced, and renamed. A status other than 0 means that the path is as it was.
 */
export function replaceFile(path: string, { attributes, place, content }: Replacement): string {
  const [target, temporary, folder] = [quote(path), quote(temporaryName(path)), quote(parentOf(path))]
  const sync = content.sync === undefined ? [] : [content.sync(temporary)]
  const steps = [...filled({ target, temporary, attributes, place, fill: content.fill(temporary) }), ...sync, renameLine(temporary, target, place.dialect)]
  return `${unless(`[ -d ${folder} ]`, `there is no folder ${parentOf(path)}`)}
${unless(`[ ! -d ${target} ] || [ -L ${target} ]`, `${path} is a folder`)}
{ ${steps.join(' &&\n')}; } || { ${attributes.inPlace === true ? writeOver({ target, temporary, attributes, fill: content.fill(target) }) : 'false'}; } || { rm -f -- ${temporary}; exit 1; }`
}

/** What was filled goes into the file that is there; where not even that was possible, the file is filled itself. */
function writeOver({ target, temporary, attributes, fill }: Pick<Filling, 'target' | 'temporary' | 'attributes' | 'fill'>): string {
  const content = `if [ -e ${temporary} ]; then cat -- ${temporary} >${target} && rm -f -- ${temporary}; else : >${target} && ${fill}; fi`
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
  readonly fill: string
}

/** Commands that fill the temporary file and give it its attributes. */
function filled(filling: Filling): readonly string[] {
  const { temporary, attributes, place: { current, dialect } } = filling
  if (current === 'unknown') return filledLikeUnknown(filling)
  if (current?.type !== 'file') return filledAnew(filling)
  const isOwn = current.uid === dialect.uid && current.gid === dialect.gid
  return filledAnew({ ...filling, attributes: { ...attributes, mode: attributes.mode ?? current.mode } }, isOwn ? [] : [giveTo(`${current.uid}:${current.gid}`, temporary)])
}

function filledAnew({ temporary, attributes, fill }: Filling, keep: readonly string[] = []): readonly string[] {
  const { mode, ...others } = attributes
  if (mode === undefined) return [fill, ...keep, ...attributeLines(temporary, others)]
  // A mode that everyone may read and no one execute comes from the umask, which saves a process.
  const isPublic = (mode & ~0o666) === 0 && (mode & 0o004) !== 0
  if (isPublic && keep.length === 0 && ownerWord(attributes) === undefined) return [`umask ${octal(0o777 & ~mode)}`, fill, ...attributeLines(temporary, others)]
  return ['umask 077', fill, ...keep, ...attributeLines(temporary, attributes)]
}

/** The host finds out whether there is a file whose attributes are to be kept. */
function filledLikeUnknown({ target, temporary, attributes, fill }: Filling): readonly string[] {
  // Without saying whose, chmod leaves out what the umask does.
  const usual = attributes.mode === undefined ? `chmod =rw ${temporary}` : ':'
  const old = `set -- $(stat -c '%u:%g %a' -- ${target}) && ${giveTo('"$1"', temporary)} && chmod -- "$2" ${temporary}`
  return [
    `( umask 077; ${fill} )`,
    `if [ -f ${target} ] && [ ! -L ${target} ]; then ${old}; else ${usual}; fi`,
    ...attributeLines(temporary, attributes),
  ]
}

/** Whoever may not give files away keeps the new one, as with any editor. */
function giveTo(owner: string, temporary: string): string {
  return `{ chown -- ${owner} ${temporary} 2>/dev/null || :; }`
}
