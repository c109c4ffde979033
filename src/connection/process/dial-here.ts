import { connect } from 'node:net'
import type { Duplex } from 'node:stream'
import { ConnectionError, type DialTarget } from '../connection.ts'

/** Opens a TCP connection or a Unix socket of this machine, in at most `timeout` seconds. */
export function dialHere(target: DialTarget, timeout: number): Promise<Duplex> {
  const socket = target.kind === 'tcp' ? connect(target.port, target.host) : connect(target.path)
  return new Promise((resolve, reject) => {
    const fail = (kind: 'timeout' | 'refused', reason: string): void => {
      socket.destroy()
      reject(new ConnectionError(kind, `Cannot reach ${placeOf(target)}: ${reason}`))
    }
    const timer = setTimeout(() => { fail('timeout', `no answer within ${timeout} s`) }, timeout * 1000)
    socket.once('error', (error) => { clearTimeout(timer); fail('refused', error.message) })
    socket.once('connect', () => {
      clearTimeout(timer)
      socket.removeAllListeners('error')
      resolve(socket)
    })
  })
}

/** For messages. */
export function placeOf(target: DialTarget): string {
  return target.kind === 'tcp' ? `${target.host}:${target.port}` : target.path
}
