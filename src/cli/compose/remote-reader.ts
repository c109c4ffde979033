import { basename } from 'node:path'
import { connect } from '../../connection/index.ts'
import type { RemoteReader } from '../../inventory/settings/read-settings.ts'
import { openSession } from '../../remote/open-session.ts'
import type { Remote } from '../../remote/remote.ts'
import type { Config } from '../../config/config.ts'
import { connectionDefaults, type Passwords } from './connection-options.ts'

/** Reads files that an inventory source names on a host, in two round trips: what is there, then all of it. */
export function remoteReader(config: Config, passwords: Passwords): RemoteReader {
  return async (host, path) => {
    const session = openSession({ ...connectionDefaults(config, passwords.login), host }, connect)
    try {
      return await readFiles(await session.remote(), path)
    } finally {
      await session.close()
    }
  }
}

async function readFiles(remote: Remote, path: string): Promise<ReadonlyMap<string, string>> {
  const entries = await remote.list(path, { depth: 1 })
  const paths = entries ? entries.filter(({ type }) => type === 'file').map((entry) => entry.path) : [path]
  const texts = await Promise.all(paths.map(async (file) => [basename(file), await remote.readText(file)] as const))
  return new Map(texts.flatMap(([name, text]) => text === undefined ? [] : [[name, text] as const]))
}
