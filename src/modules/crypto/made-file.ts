import { dirname } from 'node:path/posix'
import { ModuleFailure, type Change } from '../../module/module.ts'
import type { Remote } from '../../remote/remote.ts'
import type { JsonObject } from '../../value/value.ts'
import { neededAttributes, withAttributes, type WantedAttributes } from '../files/attributes.ts'
import { backUp } from '../files/backup.ts'
import { applyTextChange, backupField, observeTextFile, type TextFile } from '../files/text-file.ts'

/** A file whose new content only its making can tell: what is signed is never the same twice. */
export interface MadeFile extends TextFile {
  readonly hasFolder: boolean
  /** In a wanted state: it is made anew, and `text` is not yet known. */
  readonly isMade?: true
}

export async function observeMadeFile(path: string, remote: Remote): Promise<MadeFile> {
  const [file, folder] = await Promise.all([observeTextFile(path, remote), remote.stat(dirname(path))])
  return { ...file, hasFolder: folder?.type === 'directory' }
}

export function refuseWithoutFolder({ hasFolder }: MadeFile, path: string): void {
  const name = dirname(path)
  if (!hasFolder) throw new ModuleFailure(`The directory ${name} does not exist or the file is not a directory`, { name })
}

/** What is said of a file before and after, for its diff. */
export interface ShownInfo {
  readonly before: JsonObject | undefined
  readonly after: JsonObject | undefined
}

/** The change to a file that is made anew. */
export function madeChange<File extends MadeFile>(before: File, wanted: WantedAttributes, shown: ShownInfo): Change<File> {
  const stat = withAttributes(before.stat ?? {}, neededAttributes(wanted, before.stat))
  const header = before.path
  return {
    before, after: { ...before, text: '(made when the change is applied)', stat, isMade: true },
    diff: [{ before: infoText(shown.before), after: infoText(shown.after), beforeHeader: header, afterHeader: header }],
  }
}

function infoText(info: JsonObject | undefined): string {
  return info === undefined ? '' : `${JSON.stringify(Object.fromEntries(Object.entries(info).sort(([one], [other]) => one < other ? -1 : 1)), null, 4)}\n`
}

interface Making {
  readonly backup: boolean
  readonly make: () => Promise<string>
}

interface Made {
  /** The new text. */
  readonly text: string | undefined
  /** Where the old one was kept. */
  readonly fields: JsonObject
}

/** Makes such a change, either way: undo writes the text that was there. */
export async function applyMadeFile<File extends MadeFile>({ before, after }: Change<File>, remote: Remote, { backup, make }: Making): Promise<Made> {
  const text = after.isMade === true ? await make() : after.text
  // What is removed is backed up too.
  const removed = backup && text === undefined && before.text !== undefined ? await backUp(before.path, remote) : undefined
  const saved = await applyTextChange({ before, after: { ...after, text } }, remote, { backup })
  return { text, fields: backupField(removed ?? saved) }
}
