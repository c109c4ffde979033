import type { Constraints } from '../../module/module.ts'
import { ModuleFailure } from '../../module/module.ts'
import { CommandError, type Remote } from '../../remote/remote.ts'

/** What a module is given as a file of the host or as text. */
export interface Given {
  readonly path: string | undefined
  readonly content: string | undefined
}

export const pathOrContent: Constraints = { exclusive: [['path', 'content']], oneOf: [['path', 'content']] }

/** Asks for it ahead of the task's turn. */
export function lookAtGiven({ path }: Given, remote: Remote): Promise<unknown> {
  return path === undefined ? Promise.resolve() : remote.readFile(path)
}

/** The bytes; `what` names them where there are none. */
export async function readGiven({ path = '', content }: Given, { remote, what }: { readonly remote: Remote, readonly what: string }): Promise<Buffer> {
  if (content !== undefined) return Buffer.from(content)
  const found = await remote.readFile(path).catch((error: unknown) => refused(error, path))
  if (typeof found === 'string') throw new ModuleFailure(`Error while reading ${what} file from disk: ${found}`)
  if (found === undefined) throw new ModuleFailure(`Error while reading ${what} file from disk: [Errno 2] No such file or directory: '${path}'`)
  return found
}

function refused(error: unknown, path: string): string {
  if (!(error instanceof CommandError)) throw error
  const said = error.message
  if (said.includes('Permission denied')) return `[Errno 13] Permission denied: '${path}'`
  return /is a directory/i.test(said) ? `[Errno 21] Is a directory: '${path}'` : said
}
