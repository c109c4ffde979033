import type { Remote } from '../../../remote/remote.ts'
import { quote } from '../../../text/shell-quote.ts'
import { UnknownValueError } from '../../../value/unknown.ts'
import { fetchedFile } from '../http/fetched-file.ts'

/** Where an archive comes from. */
export type ArchiveSource =
  | { readonly kind: 'host', readonly path: string }
  | { readonly kind: 'address', readonly address: string, readonly checked: boolean }
  | { readonly kind: 'content', readonly path: string, readonly content: Buffer, readonly sha256: string }

/** Shell source that sets `$src` to the archive's path on the host. */
export interface ArchivePlace {
  /** Tells archives apart. */
  readonly key: string
  readonly script: string
  /** Path on the host, if it is the user's own. */
  readonly path?: string
}

/** Greatest archive, in bytes, that travels with a question where nothing may be put on the host. */
const INLINE_LIMIT = 8 << 20

/** Brings the archive to the host, once a run; it is taken away when the run ends. */
export async function archivePlace(source: ArchiveSource, remote: Remote): Promise<ArchivePlace> {
  if (source.kind === 'host') return { key: source.path, script: `src=${quote(source.path)}`, path: source.path }
  const key = source.kind === 'address' ? source.address : source.sha256
  const content = source.kind === 'address' ? await fetchedFile(source.address, remote, { checked: source.checked, failing: 'Failure downloading' }) : source.content
  try {
    const path = await remote.resource(`archive:${key}`, async () => {
      const made = await upload(content, remote)
      return { value: made, dispose: () => remote.remove(made) }
    })
    return { key, script: `src=${quote(path)}` }
  } catch (error) {
    // Check mode puts nothing on the host, but a question may use a file of its own.
    if (!(error instanceof UnknownValueError) || content.length > INLINE_LIMIT) throw error
    return { key, script: `src=$(mktemp) && trap 'rm -f -- "$src"' EXIT && base64 -d >"$src" <<'TSPLAY_END'\n${content.toString('base64')}\nTSPLAY_END` }
  }
}

async function upload(content: Buffer, remote: Remote): Promise<string> {
  const { stdout } = await remote.exec({ script: 'f=$(mktemp) && cat >"$f" && echo "$f"', stdin: content }, {})
  return stdout.toString('utf8').trim()
}
