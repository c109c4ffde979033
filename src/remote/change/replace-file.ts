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

export interface Replacement {
  /** Attributes asked for; those of the file that is there count for the rest. */
  readonly attributes: FileAttributes
  readonly place: Place
  /** Command that puts the content into the temporary file, whose quoted name it is given. */
  readonly fill: (temporary: string) => string
}

/**
 * Commands that put a new file in place of whatever file or link is at the path: an empty file beside it gets the final owner and mode, then its
 * content, is synced, and renamed. A status other than 0 means that the path is as it was.
 */
export function replaceFile(path: string, { attributes, place, fill }: Replacement): string {
  const [target, temporary, folder] = [quote(path), quote(temporaryName(path)), quote(parentOf(path))]
  const { modified, accessed, ...permissions } = attributes
  const times = attributeLines(temporary, { ...(modified === undefined ? {} : { modified }), ...(accessed === undefined ? {} : { accessed }) })
  const steps = [create({ path, temporary, permissions, place }), fill(temporary), ...times, renameLine(temporary, target, place.dialect)]
  return `${unless(`[ -d ${folder} ]`, `there is no folder ${parentOf(path)}`)}
${unless(`[ ! -d ${target} ] || [ -L ${target} ]`, `${path} is a folder`)}
{ ${steps.join(' &&\n')}; } || { rm -f -- ${temporary}; exit 1; }`
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

interface Creation {
  readonly path: string
  readonly temporary: string
  readonly permissions: FileAttributes
  readonly place: Place
}

function create({ path, temporary, permissions, place }: Creation): string {
  const { current, dialect } = place
  if (current === 'unknown') {
    const target = quote(path)
    const like = dialect.tools === 'gnu' ? `cp --attributes-only --preserve=mode,ownership -- ${target} ${temporary}` : `cp -p -- ${target} ${temporary} && : >${temporary}`
    return `if [ -f ${target} ] && [ ! -L ${target} ]; then ${[like, ...attributeLines(temporary, permissions)].join(' && ')}
else ${createEmpty(temporary, permissions)}; fi`
  }
  if (current?.type !== 'file') return createEmpty(temporary, permissions)
  // Whoever may not give files away keeps the new one, as with any editor.
  const given = current.uid === dialect.uid && current.gid === dialect.gid
  const keep = given ? [] : [`{ chown -- ${current.uid}:${current.gid} ${temporary} 2>/dev/null || :; }`]
  return createEmpty(temporary, { ...permissions, mode: permissions.mode ?? current.mode }, keep)
}

function createEmpty(temporary: string, permissions: FileAttributes, keep: readonly string[] = []): string {
  const { mode } = permissions
  if (mode === undefined) return [`: >${temporary}`, ...keep, ...attributeLines(temporary, permissions)].join(' && ')
  // A mode that everyone may read and no one execute comes from the umask, which saves a process.
  const isPublic = (mode & ~0o666) === 0 && (mode & 0o004) !== 0
  if (isPublic && keep.length === 0 && ownerWord(permissions) === undefined) return `( umask ${octal(0o777 & ~mode)}; : >${temporary} )`
  return [`( umask 077; : >${temporary} )`, ...keep, ...attributeLines(temporary, permissions)].join(' && ')
}
