import { posix } from 'node:path'
import type { Remote } from '../../remote/remote.ts'
import { quote } from '../../text/shell-quote.ts'

/** Whether anything is at a path, or matches a glob pattern; relative to `folder`, or to the home folder of the remote's user. */
export async function globExists(pattern: string, folder: string | undefined, remote: Remote): Promise<boolean> {
  const full = folder === undefined || pattern.startsWith('/') ? pattern : posix.join(folder, pattern)
  if (full.startsWith('/') && !/[*?[]/.test(full)) return await remote.lstat(full) !== undefined
  return await remote.read({
    kind: 'script',
    key: `glob:${full}`,
    // An unmatched pattern stays as it is, and then nothing is there.
    script: `cd -- ${folder === undefined ? '"$HOME"' : quote(folder)} 2>/dev/null && for f in ${unquotedGlob(pattern)}; do if [ -e "$f" ] || [ -L "$f" ]; then exit 0; fi; done; exit 1`,
    parse: ({ status }) => status === 0,
    readsPaths: [fixedPart(full)],
  })
}

/** Quotes everything but the glob characters. */
export function unquotedGlob(pattern: string): string {
  return pattern.replace(/[^*?[\]]+/g, (text) => quote(text))
}

function fixedPart(pattern: string): string {
  const fixed = pattern.slice(0, pattern.search(/[*?[]|$/))
  return fixed.startsWith('/') ? posix.dirname(`${fixed}x`) : '/'
}
