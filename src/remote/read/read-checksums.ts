import { CommandError } from '../remote.ts'
import { classifySource, readClasses, readError } from './classify.ts'
import { guarded, type Ask } from './reader.ts'

export type ChecksumAnswer = string | undefined | Error

/** The SHA-256 of each file, by one process. */
export async function readChecksums(ask: Ask, paths: readonly string[]): Promise<readonly ChecksumAnswer[]> {
  const result = await ask(guarded(`${classifySource(paths)}; [ $# = 0 ] || sha256sum -- "$@"`))
  const { classes, rest } = readClasses(result.stdout)
  // One line a file, in order, with odd names escaped; busybox does not escape, hence the search.
  const sums = [...rest.toString('latin1').matchAll(/^\\?([0-9a-f]{64}) [ *]/gm)].map((match) => match[1])
  const complete = sums.length === classes.filter((kind) => kind === 'file').length
  if (!complete && paths.length > 1) return (await Promise.all(paths.map((path) => readChecksums(ask, [path])))).flat()
  let next = 0
  return paths.map((path, index) => {
    const kind = classes[index] ?? 'missing'
    if (kind === 'missing') return undefined
    if (kind !== 'file') return readError(path, kind)
    return sums[next++] ?? new CommandError(`take the checksum of ${path}`, result)
  })
}
