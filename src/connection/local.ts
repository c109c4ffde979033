import { userInfo } from 'node:os'
import type { Connection, ConnectionTarget } from './connection.ts'
import { dialHere } from './process/dial-here.ts'
import { plainEnd, ProcessConnection } from './process/process-connection.ts'

/** This machine, as the user that runs tsplay. */
export function connectLocal({ folder, timeout }: ConnectionTarget): Promise<Connection> {
  return Promise.resolve(new ProcessConnection({
    description: 'local',
    user: userInfo().username,
    argv: (command, { terminal }) => terminal === true ? ['script', '-q', '-e', '-f', '-c', command, '/dev/null'] : ['/bin/sh', '-c', command],
    dial: (target) => dialHere(target, timeout),
    endOf: plainEnd,
    ...folder !== undefined && { folder },
  }))
}
