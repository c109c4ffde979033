import { CommandError, type Remote } from '../../remote/remote.ts'

/** The checksum of a file; undefined for what is no file, where asking for it is an error of its own. */
export async function sha256OfFile(path: string, remote: Remote): Promise<string | undefined> {
  try {
    return await remote.sha256(path)
  } catch (error) {
    if (error instanceof CommandError && (await remote.stat(path))?.type !== 'file') return undefined
    throw error
  }
}
