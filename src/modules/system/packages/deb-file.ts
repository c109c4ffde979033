import { dirname } from 'node:path/posix'
import type { Remote } from '../../../remote/remote.ts'
import { fetchedFile } from '../http/fetched-file.ts'

/**
 * The path of a .deb file on the host. One at an address is fetched first, to a temporary file that stays for the rest of the run:
 * what it holds cannot be told otherwise.
 */
export function debPath(deb: string, remote: Remote): Promise<string> {
  if (!/^https?:/.test(deb)) return Promise.resolve(deb)
  return remote.resource(`deb:${deb}`, async () => {
    const path = await temporaryPath(remote)
    await remote.exec({ script: 'cat >"$TSPLAY_DEB"', stdin: await fetchedFile(deb, remote), environment: { TSPLAY_DEB: path } }, { paths: [path] })
    return { value: path, dispose: () => remote.remove(dirname(path)) }
  })
}

/** In a folder of its own, since its name must end in .deb. */
async function temporaryPath(remote: Remote): Promise<string> {
  const { stdout } = await remote.exec({ script: 'd=$(mktemp -d) && chmod 755 "$d" && echo "$d/package.deb"' }, {})
  return stdout.toString('utf8').trim()
}
