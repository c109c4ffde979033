import { dirname, join } from 'node:path/posix'
import type { Remote } from '../../remote/remote.ts'

/** Where a path leads once the links at its end are followed; the last need not be there. Folders above are left to the host. */
export async function realPath(path: string, remote: Remote, depth = 0): Promise<string> {
  const stat = await remote.lstat(path)
  if (stat?.type !== 'link' || stat.target === undefined || depth > MOST_LINKS) return path
  return realPath(besides(path, stat.target), remote, depth + 1)
}

/** As many as Linux follows. */
const MOST_LINKS = 40

/** A `..` is left as it is written: behind a folder that is a link itself it means another folder than it seems to. */
function besides(path: string, target: string): string {
  if (target.startsWith('/')) return target
  return target.split('/').includes('..') ? `${dirname(path)}/${target}` : join(dirname(path), target)
}
