import { execFileSync } from 'node:child_process'
import { connect } from '../../src/connection/index.ts'
import type { Connection, ConnectionTarget } from '../../src/connection/connection.ts'
import { openSession } from '../../src/remote/open-session.ts'
import type { HostSession } from '../../src/remote/session.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const LOCAL: ConnectionTarget = { kind: 'local', host: 'here', hostKeyChecking: true, timeout: 10 }

/** A session with this machine whose shell is another program: `dash`, `bash --posix`. */
export function localSession(shell = '/bin/sh'): HostSession {
  return openSession(LOCAL, async (target) => withShell(await connect(target), shell))
}

/** The same with busybox's shell, and its tools before all others. */
export function busyboxSession(): HostSession {
  const folder = temporaryFolder('busybox')
  const busybox = execFileSync('sh', ['-c', 'command -v busybox'], { encoding: 'utf8' }).trim()
  execFileSync(busybox, ['--install', '-s', folder])
  return localSession(`/usr/bin/env PATH=${folder} ${busybox} sh`)
}

/** The connection with another program in place of sh. */
function withShell(connection: Connection, shell: string): Connection {
  return new Proxy(connection, {
    get(target, name) {
      if (name === 'start') return (command: string) => target.start(command.replace(/^exec \/bin\/sh$/, `exec ${shell}`))
      const value: unknown = Reflect.get(target, name, target)
      return typeof value === 'function' ? (value as (...args: unknown[]) => unknown).bind(target) : value
    },
  })
}
