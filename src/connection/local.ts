import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { connect as connectSocket } from 'node:net'
import { userInfo } from 'node:os'
import type { Duplex, Readable, Writable } from 'node:stream'
import { ConnectionError, type Channel, type ChannelEnd, type Connection, type ConnectionTarget, type DialTarget, type Traffic } from './connection.ts'

type Child = ChildProcessByStdio<Writable, Readable, Readable>

/** This machine, as the user that runs tsplay. */
export function connectLocal(target: ConnectionTarget): Promise<Connection> {
  return Promise.resolve(new LocalConnection(target.timeout))
}

class LocalConnection implements Connection {
  readonly description = 'local'
  readonly user = userInfo().username
  readonly failure = undefined
  readonly traffic: Traffic = { bytesSent: 0, bytesReceived: 0, roundTrips: 0 }
  readonly #timeout: number
  readonly #children = new Set<Child>()

  constructor(timeout: number) {
    this.#timeout = timeout
  }

  start(command: string): Promise<Channel> {
    const child = spawn('/bin/sh', ['-c', command], { stdio: ['pipe', 'pipe', 'pipe'] })
    this.#children.add(child)
    const ended = whenEnded(child).finally(() => this.#children.delete(child))
    // Writing to a shell that has gone is told by `ended`.
    child.stdin.on('error', () => undefined)
    return Promise.resolve({ stdin: child.stdin, stdout: child.stdout, stderr: child.stderr, ended, kill: () => { end(child) } })
  }

  dial(target: DialTarget): Promise<Duplex> {
    const socket = target.kind === 'tcp' ? connectSocket(target.port, target.host) : connectSocket(target.path)
    const place = target.kind === 'tcp' ? `${target.host}:${target.port}` : target.path
    return new Promise((resolve, reject) => {
      const fail = (kind: 'timeout' | 'refused', reason: string): void => {
        socket.destroy()
        reject(new ConnectionError(kind, `Cannot reach ${place}: ${reason}`))
      }
      const timer = setTimeout(() => { fail('timeout', `no answer within ${this.#timeout} s`) }, this.#timeout * 1000)
      socket.once('error', (error) => { clearTimeout(timer); fail('refused', error.message) })
      socket.once('connect', () => {
        clearTimeout(timer)
        socket.removeAllListeners('error')
        resolve(socket)
      })
    })
  }

  close(): Promise<void> {
    for (const child of this.#children) end(child)
    return Promise.resolve()
  }
}

function end(child: Child): void {
  child.stdin.destroy()
  child.stdout.destroy()
  child.stderr.destroy()
  child.kill('SIGHUP')
}

function whenEnded(child: Child): Promise<ChannelEnd> {
  return new Promise((resolve) => {
    child.once('error', (error) => { resolve({ kind: 'lost', reason: error.message }) })
    child.once('exit', (status, signal) => {
      resolve(status === null ? { kind: 'lost', reason: `ended by ${signal ?? 'a signal'}` } : { kind: 'exited', status })
    })
  })
}
