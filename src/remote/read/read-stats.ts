import { quoteAll } from '../../text/shell-quote.ts'
import type { FileStat } from '../files.ts'
import { CommandError } from '../remote.ts'
import type { FrameResult } from '../shell/shell.ts'
import { readExpectedName } from './busybox-name.ts'
import { BUSYBOX_FORMAT, FIND_FORMAT, GNU_FORMAT, parseRecord, withTarget } from './file-record.ts'
import { guarded, type Reader } from './reader.ts'

export type StatAnswer = FileStat | undefined | Error

/** What is at each path, by one process; links at their ends are followed. */
export async function readStats({ ask, dialect }: Reader, paths: readonly string[]): Promise<readonly StatAnswer[]> {
  if (dialect.tools === 'busybox') return readByBusybox(ask, paths, 'stat -L')
  const result = await ask(guarded(`LC_ALL=C stat -L --printf '${GNU_FORMAT}%n\\0' -- ${quoteAll(paths)}`))
  return answers(paths, result, parseNulRecords(result.stdout))
}

/** The same for links themselves, with their targets. */
export async function readLinkStats({ ask, dialect }: Reader, paths: readonly string[]): Promise<readonly StatAnswer[]> {
  if (dialect.tools === 'busybox') return readByBusybox(ask, paths, 'stat')
  const starts = paths.map(findStart)
  const result = await ask(guarded(`LC_ALL=C find -P ${quoteAll(starts)} -maxdepth 0 -printf '${FIND_FORMAT}%p\\0%l\\0'`))
  return answers(starts, result, parseFindRecords(result.stdout))
}

/** `find` takes words that start so for options. */
export function findStart(path: string): string {
  return /^[-(!]/.test(path) ? `./${path}` : path
}

/** Records of `find` with FIND_FORMAT, `%p` and `%l`, by path. */
export function parseFindRecords(output: Buffer): Map<string, FileStat> {
  const found = new Map<string, FileStat>()
  const parts = output.toString('utf8').split('\0')
  for (let index = 0; index + 1 < parts.length; index += 2) {
    const { stat, rest } = parseRecord(parts[index] ?? '')
    found.set(rest, withTarget(stat, parts[index + 1] ?? ''))
  }
  return found
}

function parseNulRecords(output: Buffer): Map<string, FileStat> {
  const found = new Map<string, FileStat>()
  for (const record of output.toString('utf8').split('\0')) {
    if (record === '') continue
    const { stat, rest } = parseRecord(record)
    // A dangling link is followed to nothing; some versions show the link then.
    if (stat.type !== 'link') found.set(rest, stat)
  }
  return found
}

/** busybox ends records with a newline, which a name may hold too; names come in the order asked. */
async function readByBusybox(ask: Reader['ask'], paths: readonly string[], command: string): Promise<readonly StatAnswer[]> {
  const result = await ask(guarded(`LC_ALL=C ${command} -c '${BUSYBOX_FORMAT}%n\t%N' -- ${quoteAll(paths)}`))
  let rest = result.stdout.toString('utf8')
  const found = new Map<string, FileStat>()
  for (const path of paths) {
    const record = parseRecord(rest)
    const name = readExpectedName(record.rest, path, record.stat.type)
    if (name === undefined) continue
    found.set(path, withTarget(record.stat, name.target))
    rest = record.rest.slice(name.length)
  }
  return answers(paths, result, found)
}

function answers(paths: readonly string[], result: FrameResult, found: ReadonlyMap<string, FileStat>): readonly StatAnswer[] {
  const denied = result.stderr.toString('utf8').split('\n').filter((line) => line.endsWith('Permission denied'))
  return paths.map((path) => {
    const stat = found.get(path)
    if (stat !== undefined) return stat
    const line = denied.find((text) => text.includes(path))
    return line === undefined ? undefined : new CommandError(`look at ${path}`, { ...result, stdout: Buffer.alloc(0), stderr: Buffer.from(line) })
  })
}

