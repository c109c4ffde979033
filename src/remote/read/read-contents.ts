import { CommandError } from '../remote.ts'
import { classifySource, readClasses, readError } from './classify.ts'
import { guarded, type Ask } from './reader.ts'

export interface ContentRequest {
  readonly path: string
  readonly limit?: number
}

export type ContentAnswer = Buffer | undefined | Error

/** From this many on, three processes for all are cheaper than one for each. */
const WORTH_GROUPING = 4

/** The content of each file. */
export async function readContents(ask: Ask, requests: readonly ContentRequest[]): Promise<readonly ContentAnswer[]> {
  const grouped = requests.filter(canBeGrouped)
  const together = grouped.length < WORTH_GROUPING ? undefined : readTogether(ask, grouped.map(({ path }) => path))
  return Promise.all(requests.map(async (request) => {
    const answer = together === undefined || !canBeGrouped(request) ? 'alone' : (await together).get(request.path)
    return answer === 'alone' ? readAlone(ask, request) : answer
  }))
}

/** The sizes of what the kernel makes up are not told by stat. */
function canBeGrouped({ path, limit }: ContentRequest): boolean {
  return limit === undefined && !/^\/(?:proc|sys)\//.test(path)
}

async function readAlone(ask: Ask, { path, limit }: ContentRequest): Promise<ContentAnswer> {
  const command = limit === undefined ? 'cat --' : `head -c ${limit + 1} --`
  const result = await ask(guarded(`${classifySource([path])}; [ $# = 0 ] || ${command} "$1"`))
  const { classes: [kind = 'missing'], rest } = readClasses(result.stdout)
  if (kind === 'missing') return undefined
  if (kind !== 'file') return readError(path, kind)
  if (result.status !== 0) return new CommandError(`read ${path}`, { ...result, stdout: Buffer.alloc(0) })
  if (limit !== undefined && rest.length > limit) return tooLarge(path, limit)
  return rest
}

function tooLarge(path: string, limit: number): CommandError {
  return new CommandError(`read ${path}`, { status: 1, stdout: Buffer.alloc(0), stderr: Buffer.from(`it is larger than ${limit} bytes`) })
}

/**
 * All files by one `cat`, cut apart by their sizes. The sizes, times and inodes before and after must be the same; if they are not, or do not
 * add up, the files are to be read alone.
 */
async function readTogether(ask: Ask, paths: readonly string[]): Promise<ReadonlyMap<string, ContentAnswer | 'alone'>> {
  const stat = `stat -L -c '%s %y %i' -- "$@"`
  const result = await ask(guarded(`${classifySource(paths)}; [ $# = 0 ] || { ${stat}; cat -- "$@"; ${stat}; }`))
  const { classes, rest } = readClasses(result.stdout)
  const contents = cut(rest, classes.filter((kind) => kind === 'file').length)
  let next = 0
  return new Map(paths.map((path, index) => {
    const kind = classes[index] ?? 'missing'
    if (kind === 'missing') return [path, undefined]
    return [path, kind === 'file' ? (contents?.[next++] ?? 'alone') : readError(path, kind)]
  }))
}

function cut(data: Buffer, count: number): readonly Buffer[] | undefined {
  let end = 0
  for (let line = 0; line < count; line++) end = data.indexOf('\n', end) + 1
  const before = data.subarray(0, end)
  if (!data.subarray(-end || data.length).equals(before)) return undefined
  const sizes = before.toString('latin1').split('\n').slice(0, count).map((line) => Number.parseInt(line, 10))
  if (sizes.reduce((sum, size) => sum + size, 0) !== data.length - 2 * end) return undefined
  return sizes.map((size) => {
    const content = data.subarray(end, end + size)
    end += size
    return content
  })
}
