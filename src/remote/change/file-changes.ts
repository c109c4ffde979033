import { quote, quoteAll } from '../../text/shell-quote.ts'
import type { FileAttributes } from '../files.ts'
import { ancestorsOf, parentOf } from '../paths.ts'
import { printSource } from '../shell/payload-source.ts'
import type { Dialect } from '../shell/prelude.ts'
import { attributeLines, octal, ownerWord } from './attributes.ts'
import { renameLine, replaceFile, temporaryName, unless, type Place } from './replace-file.ts'

/** A typed change of files as sh source, to be run in a subshell. */
export interface FileChange {
  /** For errors: "write /etc/hosts". */
  readonly summary: string
  readonly source: string
  /** The changed paths, the one that was named last. */
  readonly touches: readonly string[]
  /** Bytes for stdin, when they are too many to be part of the source. */
  readonly payload?: Uint8Array
}

export interface FileOptions {
  readonly attributes: FileAttributes
  readonly place: Place
}

/** Writes a file; content whose source would be longer than `inlineLimit` is sent as stdin. */
export function writeChange(path: string, content: Uint8Array, options: FileOptions & { readonly inlineLimit: number }): FileChange {
  const printed = content.length <= options.inlineLimit ? printSource(content) : undefined
  const inline = printed !== undefined && printed.length <= options.inlineLimit
  const printing = inline ? { print: printed, sync: (temporary: string) => `sync -- ${temporary}` } : { print: syncedCopy() }
  return { summary: `write ${path}`, source: replaceFile(path, { ...options, content: printing }), touches: [path], ...(inline ? {} : { payload: content }) }
}

/** Copies a file's bytes; or a folder with all that is in it, to where nothing is. */
export function copyChange(from: string, to: string, options: FileOptions): FileChange {
  const [source, target, temporary] = [quote(from), quote(to), quote(temporaryName(to))]
  const file = replaceFile(to, { ...options, content: { print: syncedCopy(from) } })
  const folder = [`cp -RP -- ${source} ${temporary}`, ...attributeLines(temporary, options.attributes), renameLine(temporary, target, options.place.dialect)]
  return {
    summary: `copy ${from} to ${to}`,
    source: `if [ -d ${source} ]; then
${unless(`[ ! -e ${target} ]`, `${to} exists`)}
{ ${folder.join(' &&\n')}; } || { rm -rf -- ${temporary}; exit 1; }
else
${file}
fi`,
    touches: [to],
  }
}

/** Sets owner, group, mode and times of what is there. */
export function attributesChange(path: string, attributes: FileAttributes, options: { readonly recursive?: boolean, readonly followLink?: boolean } = {}): FileChange {
  const lines = attributeLines(quote(path), attributes, { recursive: options.recursive === true, link: options.followLink === false })
  return { summary: `set the attributes of ${path}`, source: [':', ...lines].join(' &&\n'), touches: [path] }
}

/** Makes a folder and those above it that are missing, and gives all these the attributes. */
export function directoryChange(path: string, attributes: FileAttributes): FileChange {
  const above = ancestorsOf(path)
  const mode = attributes.mode === undefined ? '' : `-m ${octal(attributes.mode)} `
  const owner = ownerWord(attributes)
  const existing = attributeLines(quote(path), attributes)
  return {
    summary: `make the folder ${path}`,
    source: `if [ -d ${quote(path)} ]; then ${[':', ...existing].join(' && ')}; else
set --; for p in ${quoteAll([...above, path])}; do [ -d "$p" ] || set -- "$@" "$p"; done
mkdir ${mode}-- "$@"${owner === undefined ? '' : ` && chown -- ${quote(owner)} "$@"`}${specialMode(attributes)}
fi`,
    touches: [...above, path],
  }
}

/** chown takes setuid and setgid bits away that mkdir gave. */
function specialMode(attributes: FileAttributes): string {
  const { mode } = attributes
  return mode !== undefined && (mode & 0o6000) !== 0 && ownerWord(attributes) !== undefined ? ` && chmod -- ${octal(mode)} "$@"` : ''
}

/** Makes a link beside the path and renames it over whatever file or link is there. */
export function linkChange(path: string, target: string, options: { readonly symbolic: boolean, readonly dialect: Dialect }): FileChange {
  const [link, temporary] = [quote(path), quote(temporaryName(path))]
  const make = `ln ${options.symbolic ? '-s ' : ''}-- ${quote(target)} ${temporary}`
  // Renaming one of two names of the same file over the other does nothing and leaves both.
  const finish = options.symbolic ? '' : `; rm -f -- ${temporary}`
  return {
    summary: `link ${path} to ${target}`,
    source: `${unless(`[ ! -d ${link} ] || [ -L ${link} ]`, `${path} is a folder`)}
{ ${make} && ${renameLine(temporary, link, options.dialect)}${finish}; } || { rm -f -- ${temporary}; exit 1; }`,
    touches: [path],
  }
}

/** Removes whatever is at the path, links themselves. */
export function removeChange(path: string): FileChange {
  return { summary: `remove ${path}`, source: `rm -rf -- ${quote(path)}`, touches: [path] }
}

/** Renames over a file or link; a folder goes only where nothing is or an empty folder. */
export function moveChange(from: string, to: string, dialect: Dialect): FileChange {
  return {
    summary: `move ${from} to ${to}`,
    source: `${unless(`[ -d ${quote(parentOf(to))} ]`, `there is no folder ${parentOf(to)}`)}\n${renameLine(quote(from), quote(to), dialect)}`,
    touches: [from, to],
  }
}

/** Prints stdin or a file and syncs where that goes, in one process. */
function syncedCopy(from?: string): string {
  return `dd ${from === undefined ? '' : `if=${quote(from)} `}bs=65536 conv=fsync status=none`
}
