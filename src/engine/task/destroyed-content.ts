import { posix } from 'node:path'
import type { FileStat } from '../../remote/files.ts'
import type { ScriptProbe } from '../../remote/probe.ts'
import { CommandError, type Remote } from '../../remote/remote.ts'
import type { Journal } from '../../run/journal.ts'
import type { DestroyedContent } from '../../run/run-event.ts'
import { quote } from '../../text/shell-quote.ts'

/** Stores what is at a path; undefined when nothing is there whose content could be lost. */
export async function destroyedContent(path: string, remote: Remote, journal: Journal): Promise<DestroyedContent | undefined> {
  const stat = await remote.lstat(path)
  const content = stat && await contentOf(path, stat, remote)
  if (!content) return undefined
  const { mode, owner, group } = stat
  return { path, blob: await journal.storeBlob(content), form: stat.type === 'directory' ? 'tar' : 'file', mode, owner, group }
}

async function contentOf(path: string, stat: FileStat, remote: Remote): Promise<Uint8Array | undefined> {
  if (stat.type === 'file') return remote.readFile(path)
  return stat.type === 'directory' ? remote.read(tarProbe(path)) : undefined
}

/** The folder itself is the first entry. */
function tarProbe(path: string): ScriptProbe<Buffer> {
  return {
    kind: 'script',
    key: `tar:${path}`,
    script: `tar -cf - -C ${quote(posix.dirname(path))} -- ${quote(posix.basename(path))}`,
    readsPaths: [path],
    parse(result) {
      if (result.status !== 0) throw new CommandError(`keep a copy of ${path}`, result)
      return result.stdout
    },
  }
}
