import { basename } from 'node:path'
import type { Config } from '../../config/config.ts'
import type { ConnectionTarget } from '../../connection/connection.ts'
import { connect } from '../../connection/index.ts'
import { joinSshArguments } from '../../connection/ssh/ssh-arguments.ts'
import type { ConnectionDefaults } from '../../engine/run-request.ts'
import type { RemoteReader } from '../../inventory/settings/read-settings.ts'
import { openSession } from '../../remote/open-session.ts'
import type { Remote } from '../../remote/remote.ts'
import { connectionDefaults, type Passwords } from './connection-options.ts'

/** Reads files that an inventory source names on a host, in two round trips: what is there, then all of it. */
export function remoteReader(config: Config, passwords: Passwords): RemoteReader {
  return async (host, path) => {
    const session = openSession(targetOf(host, connectionDefaults(config, passwords.login)), connect)
    try {
      return await readFiles(await session.remote(), path)
    } finally {
      await session.close()
    }
  }
}

function targetOf(host: string, { sshArgs, sshCommonArgs, sshExtraArgs, ...defaults }: ConnectionDefaults): ConnectionTarget {
  const all = joinSshArguments([sshArgs, sshCommonArgs, sshExtraArgs])
  return { ...defaults, host, ...all === undefined ? {} : { sshArgs: all } }
}

async function readFiles(remote: Remote, path: string): Promise<ReadonlyMap<string, string>> {
  const entries = await remote.list(path, { depth: 1 })
  const paths = entries ? entries.filter(({ type }) => type === 'file').map((entry) => entry.path) : [path]
  const texts = await Promise.all(paths.map(async (file) => [basename(file), await remote.readText(file)] as const))
  return new Map(texts.flatMap(([name, text]) => text === undefined ? [] : [[name, text] as const]))
}
