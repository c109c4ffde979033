import type { FileEntry } from '../../../remote/files.ts'
import { CommandError, type Remote } from '../../../remote/remote.ts'

/** What is below a folder, and the folders that may not be looked into, with the reason. */
export interface Walked {
  readonly entries: readonly FileEntry[]
  readonly refused: Readonly<Record<string, string>>
}

/** Lists a folder in one go, or, where some folder in it may not be read, one after another. Undefined when there is no such folder. */
export async function walk(path: string, depth: number | undefined, remote: Remote): Promise<Walked | undefined> {
  try {
    const entries = await remote.list(path, depth === undefined ? {} : { depth })
    return entries === undefined ? undefined : { entries, refused: {} }
  } catch (error) {
    if (error instanceof CommandError) return walkEach(path, depth ?? Infinity, remote)
    throw error
  }
}

async function walkEach(path: string, depth: number, remote: Remote): Promise<Walked> {
  const listed = await remote.list(path, { depth: 1 }).catch((error: unknown) => {
    if (error instanceof CommandError) return error
    throw error
  })
  if (listed instanceof CommandError) return { entries: [], refused: { [path.replace(/(.)\/+$/, '$1')]: listed.message } }
  const entries = listed ?? []
  const folders = depth > 1 ? entries.filter(({ type }) => type === 'directory') : []
  const below = await Promise.all(folders.map((folder) => walkEach(folder.path, depth - 1, remote)))
  return { entries: [...entries, ...below.flatMap((walked) => walked.entries)], refused: Object.assign({}, ...below.map(({ refused }) => refused)) as Record<string, string> }
}
