import type { ArgumentSpec } from '../../module/argument-spec.ts'
import { quote } from '../../text/shell-quote.ts'

/** Arguments of modules that run PostgreSQL's own programs on the host. */
export const PROGRAM_ARGUMENTS = {
  os_user: { type: 'str', default: 'postgres', description: 'Account that the programs run as.' },
  bin_dir: { type: 'path', description: 'Folder of the programs, where they are not in the PATH.' },
} as const satisfies ArgumentSpec

interface Programs {
  readonly os_user: string
  readonly bin_dir: string | undefined
}

/** A sh script as the account of the server, with its programs in the PATH. */
export function asServerUser({ os_user: user, bin_dir: folder }: Programs, script: string): string {
  const path = folder === undefined ? '' : `PATH=${quote(folder)}:$PATH; export PATH; `
  return `(cd / && exec runuser -u ${quote(user)} -- sh -c ${quote(`${path}${script}`)})`
}
