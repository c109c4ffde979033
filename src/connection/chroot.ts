import { accessSync, constants } from 'node:fs'
import { join } from 'node:path'
import { ConnectionError, type Connection, type ConnectionTarget } from './connection.ts'
import { dialHere } from './process/dial-here.ts'
import { plainEnd, ProcessConnection } from './process/process-connection.ts'

/** A folder of this machine that holds a system, entered by chroot(8); its network is this machine's. Needs root. */
export function connectChroot({ host, address, options = {}, timeout }: ConnectionTarget): Promise<Connection> {
  const root = address ?? host
  if (process.getuid?.() !== 0) throw new ConnectionError('authentication', `Cannot enter ${root}: only root may chroot`)
  refuseOthers(root)
  return Promise.resolve(new ProcessConnection({
    description: `chroot ${root}`,
    user: 'root',
    argv: (command) => [options['executable'] ?? 'chroot', root, '/bin/sh', '-c', command],
    dial: (target) => dialHere(target.kind === 'socket' ? { kind: 'socket', path: join(root, target.path) } : target, timeout),
    endOf: plainEnd,
  }))
}

function refuseOthers(root: string): void {
  try {
    accessSync(join(root, 'bin/sh'), constants.X_OK)
  } catch (error) {
    throw new ConnectionError('unsupported', `Cannot enter ${root}: it holds no /bin/sh`, { cause: error })
  }
}
