import { isUtf8 } from 'node:buffer'
import { ModuleFailure, type Change, type TextDiff } from '../../module/module.ts'
import { CommandError, type Remote } from '../../remote/remote.ts'
import type { JsonObject } from '../../value/value.ts'
import { attributesBetween, hasAttributes, neededAttributes, withAttributes, type KnownStat, type WantedAttributes } from './attributes.ts'
import { attributesDiff } from './attributes-diff.ts'
import { backUp } from './backup.ts'
import { fileFacts, knownFacts } from './file-facts.ts'
import { UMASK } from './mode.ts'
import { realPath } from './real-path.ts'
import { validateContent } from './validate.ts'

/** A text file as modules that edit it see it. */
export interface TextFile {
  /** Links followed: an edit never replaces a link by a file. */
  readonly path: string
  /** Undefined when there is no file. */
  readonly text: string | undefined
  /** Bytes that are no UTF-8 are kept as they are, one character each. */
  readonly encoding: 'utf8' | 'latin1'
  readonly stat: KnownStat | undefined
}

/** Content, owner and permissions in one round trip (three where the path is a link). */
export async function observeTextFile(path: string, remote: Remote): Promise<TextFile> {
  const [stat, content] = await Promise.all([remote.lstat(path), contentOf(path, remote)])
  const encoding = content === undefined || isUtf8(content) ? 'utf8' : 'latin1'
  const file = { path, text: content?.toString(encoding), encoding, stat } as const
  if (stat?.type !== 'link') return file
  const real = await realPath(path, remote)
  return { ...file, path: real, stat: await remote.stat(real) }
}

async function contentOf(path: string, remote: Remote): Promise<Buffer | undefined> {
  try {
    return await remote.readFile(path)
  } catch (error) {
    if (!(error instanceof CommandError)) throw error
    const type = (await remote.stat(path))?.type
    if (type === 'directory') throw new ModuleFailure(`Path ${path} is a directory !`, { rc: 256 })
    // What /dev/null and its like hold; they cannot be written, see `textChange`.
    if (type === 'character') return Buffer.alloc(0)
    throw error
  }
}

/** The change to a new text (undefined: no file) and the wanted attributes; undefined when all is so already. */
export function textChange<File extends TextFile>(before: File, text: string | undefined, wanted: WantedAttributes = {}): Change<File> | undefined {
  if (text === undefined) return before.text === undefined ? undefined : { before, after: { ...before, text, stat: undefined }, diff: [textDiff(before, '')] }
  if (before.stat?.type === 'character' && text !== before.text) throw new ModuleFailure(`Cannot write to ${before.path}: it is a device`)
  const needed = neededAttributes(wanted, before.stat)
  const after: File = { ...before, text, stat: withAttributes(before.stat ?? {}, needed) }
  if (text !== before.text) return { before, after, diff: [textDiff(before, text)] }
  return hasAttributes(needed) ? { before, after, diff: [attributesDiff(before.path, before.stat, after.stat)] } : undefined
}

/** The same change, whose differences tell owner and permissions besides the text. */
export function withAttributesDiff<File extends TextFile>(change: Change<File>): Change<File> {
  const { before, after, diff = [] } = change
  const isBoth = before.text !== undefined && before.text !== after.text && hasAttributes(attributesBetween(before.stat, after.stat ?? {}))
  return isBoth ? { ...change, diff: [...diff, attributesDiff(before.path, before.stat, after.stat)] } : change
}

function textDiff(before: TextFile, after: string): TextDiff {
  const header = `${before.path} (content)`
  return { before: before.text ?? '', after, beforeHeader: header, afterHeader: header }
}

export interface WriteOptions {
  readonly backup?: boolean
  readonly validate?: string | undefined
}

/** Makes a text change, either way; the path of the backup when one was made. */
export async function applyTextChange({ before, after }: Change<TextFile>, remote: Remote, { backup = false, validate }: WriteOptions = {}): Promise<string | undefined> {
  if (after.text === undefined) {
    await remote.remove(after.path)
    return undefined
  }
  const attributes = attributesBetween(before.stat, after.stat ?? {})
  if (after.text === before.text) {
    await remote.setAttributes(after.path, attributes)
    return undefined
  }
  const content = Buffer.from(after.text, after.encoding)
  if (validate !== undefined) await validateContent(validate, content, remote)
  const saved = backup && before.text !== undefined ? await backUp(after.path, remote) : undefined
  await remote.writeFile(after.path, content, attributes)
  return saved
}

/** The file, where there is or is to be one. */
export function textPaths({ path, text }: TextFile): readonly string[] {
  return text === undefined ? [] : [path]
}

/** Paths whose content a text change destroys. */
export function textDestroyed(change: Change<TextFile>): readonly string[] {
  return change.before.text !== undefined && change.before.text !== change.after.text ? [change.before.path] : []
}

/** Ansible's message: what was done to the text, and whether owner or permissions change. */
export function textMessage(message: string, { before, after }: Change<TextFile>): string {
  // Ansible makes a file and then sets its attributes, so it tells of them.
  const from = before.text === undefined ? { mode: 0o666 & ~UMASK } : before.stat
  const attributes = after.stat !== undefined && hasAttributes(attributesBetween(from, after.stat))
  return [message, attributes ? 'ownership, perms or SE linux context changed' : ''].filter((part) => part !== '').join(' and ')
}

/** What is known of owner, permissions and size, for results that name the file. */
export function textFacts({ text, encoding, stat }: TextFile): JsonObject {
  return text === undefined ? {} : { ...knownFacts(stat), size: Buffer.byteLength(text, encoding) }
}

/** The same of a file that a change made: who owns it, and what the umask left of its mode, only the host can tell. */
export async function madeFacts({ before, after }: Change<TextFile>, remote: Remote): Promise<JsonObject> {
  const stat = before.text === undefined && after.text !== undefined ? await remote.stat(after.path) : undefined
  return stat === undefined ? {} : fileFacts(stat)
}

/** Results of `applyTextChange` as fields. */
export function backupField(path: string | undefined): JsonObject {
  return path === undefined ? {} : { backup_file: path }
}
