import type { Change } from '../../module/module.ts'
import type { Remote } from '../../remote/remote.ts'
import type { ScriptProbe } from '../../remote/probe.ts'
import { quote } from '../../text/shell-quote.ts'
import type { JsonObject } from '../../value/value.ts'
import { attributesBetween, hasAttributes, neededAttributes, withAttributes, type KnownStat, type WantedAttributes } from '../files/attributes.ts'
import { backUp } from '../files/backup.ts'
import { backupField } from '../files/text-file.ts'

/** A file that a program of the host makes: its content is random, so only what is said of it can be compared. */
export interface GeneratedFile<Found> {
  readonly path: string
  readonly exists: boolean
  readonly stat: KnownStat | undefined
  /** What was found; null where there is nothing, or nothing right. */
  readonly found: Found | null
  /** In a wanted state: it is made anew. */
  readonly isNew: boolean
}

export async function observeGenerated<Found>(path: string, probe: ScriptProbe<Found | null>, remote: Remote): Promise<GeneratedFile<Found>> {
  const [stat, found] = await Promise.all([remote.stat(path), remote.read(probe)])
  return { path, exists: stat !== undefined, stat, found, isNew: false }
}

interface WantedFile extends WantedAttributes {
  readonly state: 'absent' | 'present'
}

/** What must change; nothing is told of the content. */
export function generatedChange<Found>(wanted: WantedFile, before: GeneratedFile<Found>, { isRight }: { readonly isRight: boolean }): Change<GeneratedFile<Found>> | undefined {
  if (wanted.state === 'absent') return before.exists ? shown({ before, after: { ...before, exists: false, stat: undefined, found: null } }) : undefined
  const needed = neededAttributes(wanted, before.stat)
  const isSo = isRight && before.exists
  if (isSo && !hasAttributes(needed)) return undefined
  return shown({ before, after: { ...before, exists: true, stat: withAttributes(before.stat ?? {}, needed), found: isSo ? before.found : null, isNew: !isSo } })
}

function shown<Found>(change: Change<GeneratedFile<Found>>): Change<GeneratedFile<Found>> {
  const text = ({ path, exists, isNew, stat }: GeneratedFile<Found>): string => exists ? `${path}${isNew ? ' (new)' : ''}\n${stat?.mode === undefined ? '' : `mode: 0${stat.mode.toString(8)}\n`}` : ''
  return { ...change, diff: [{ before: text(change.before), after: text(change.after), beforeHeader: change.after.path, afterHeader: change.after.path }] }
}

interface Generation {
  readonly backup: boolean
  /** Shell source that makes the file `$t`, which only its owner can read. */
  readonly script: string
  /** Read by that source. */
  readonly stdin?: string
  /** Whether the content is wanted back: a private key stays on its host otherwise. */
  readonly return_content: boolean
}

export interface Generated {
  readonly backup: JsonObject
  /** What the source printed, with the new file behind it where that is wanted. */
  readonly stdout: string | undefined
}

/** Makes, removes or sets attributes. The new file is handed to whoever asked for its content. */
export async function applyGenerated<Found>(generation: Generation, { before, after }: Change<GeneratedFile<Found>>, remote: Remote): Promise<Generated> {
  const { path } = after
  const isReplaced = before.exists && (after.isNew || !after.exists)
  const saved = generation.backup && isReplaced ? await backUp(path, remote) : undefined
  const stdout = after.exists ? await makeSo(generation, { before, after }, remote) : await remote.remove(path)
  return { backup: backupField(saved), stdout: stdout ?? undefined }
}

async function makeSo<Found>(generation: Generation, { before, after }: Change<GeneratedFile<Found>>, remote: Remote): Promise<string | undefined> {
  const stdout = after.isNew ? await generate(after.path, generation, remote) : undefined
  const attributes = attributesBetween(after.isNew ? undefined : before.stat, after.stat ?? {})
  if (hasAttributes(attributes)) await remote.setAttributes(after.path, attributes)
  return stdout
}

async function generate(path: string, { script, stdin, return_content: returns }: Generation, remote: Remote): Promise<string | undefined> {
  const { stdout } = await remote.write({
    summary: `Generate ${path}`,
    command: { script: generateScript(path, script, { returns }), ...stdin === undefined ? {} : { stdin: Buffer.from(stdin) } },
    effects: { paths: [path] },
  })
  return stdout.length === 0 ? undefined : stdout.toString('utf8')
}

function generateScript(path: string, script: string, { returns }: { readonly returns: boolean }): string {
  const file = quote(path)
  return `t=${quote(`${path}.tsplay-part`)}; trap 'rm -f "$t" "$t".*' EXIT
(umask 077; ${script}) || exit
[ -e ${file} ] && chmod --reference=${file} "$t" 2>/dev/null && chown --reference=${file} "$t" 2>/dev/null
mv -f "$t" ${file}${returns ? ` && cat ${file}` : ''}`
}
