import { randomBytes } from 'node:crypto'
import { quote } from '../../text/shell-quote.ts'
import type { FileEntry, ListOptions } from '../files.ts'
import { CommandError } from '../remote.ts'
import type { FrameResult } from '../shell/shell.ts'
import { readName } from './busybox-name.ts'
import { BUSYBOX_FORMAT, FIND_FORMAT, parseRecord, withTarget } from './file-record.ts'
import { findStart, parseFindRecords } from './read-stats.ts'
import { guarded, type Reader } from './reader.ts'

/** The entries below a folder, in the order of their paths. */
export async function readList({ ask, dialect }: Reader, path: string, { depth }: ListOptions): Promise<readonly FileEntry[] | undefined> {
  const mark = `tsplay-${randomBytes(9).toString('base64url')}`
  const how = dialect.tools === 'gnu' ? `-printf '${FIND_FORMAT}%p\\0%l\\0'` : `-exec stat -c '${mark}${BUSYBOX_FORMAT}%n\t%N' {} +`
  const find = `LC_ALL=C find -H ${quote(findStart(path))} -mindepth 1${depth === undefined ? '' : ` -maxdepth ${depth}`} ${how}`
  const result = await ask(guarded(`[ -d ${quote(path)} ] || exit 99; ${find}`))
  if (result.status === 99) return undefined
  if (result.status !== 0 && !onlyVanished(result)) throw new CommandError(`list ${path}`, { ...result, stdout: Buffer.alloc(0) })
  const entries = dialect.tools === 'gnu' ? gnuEntries(result.stdout) : busyboxEntries(result.stdout, mark)
  return entries.sort((one, other) => (one.path < other.path ? -1 : 1))
}

/** What is removed while it is being listed is not there. */
function onlyVanished({ stderr }: FrameResult): boolean {
  const lines = stderr.toString('utf8').split('\n').filter((line) => line !== '')
  return lines.length > 0 && lines.every((line) => line.endsWith('No such file or directory'))
}

function gnuEntries(output: Buffer): FileEntry[] {
  return [...parseFindRecords(output)].map(([path, stat]) => ({ path, ...stat }))
}

function busyboxEntries(output: Buffer, mark: string): FileEntry[] {
  return output.toString('utf8').split(mark).slice(1).map((record) => {
    const { stat, rest } = parseRecord(record)
    const { path, target } = readName(rest.slice(0, -1), stat.type)
    return { path, ...withTarget(stat, target) }
  })
}
