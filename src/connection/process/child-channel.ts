import { spawn, type ChildProcessByStdio } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'
import type { Channel, ChannelEnd } from '../connection.ts'

export type Child = ChildProcessByStdio<Writable, Readable, Readable>

/** What the end of a program means for the command that it carried. */
export type EndOf = (status: number) => ChannelEnd

export interface ChildOptions {
  readonly environment?: Readonly<Record<string, string>>
  /** In a session of its own, away from the terminal of tsplay, so that it cannot ask there. */
  readonly detached?: boolean
  readonly folder?: string | undefined
}

/** Starts a program whose streams are those of a channel. */
export function startChild(argv: readonly string[], { environment, detached = false, folder }: ChildOptions = {}): Child {
  const [program = '', ...args] = argv
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'], detached, cwd: folder, ...environment && { env: { ...process.env, ...environment } } })
  // Writing to a program that has gone is told by its end.
  child.stdin.on('error', () => undefined)
  return child
}

/** The channel of a started program. */
export function channelOf(child: Child, endOf: EndOf): Channel {
  return { stdin: child.stdin, stdout: child.stdout, stderr: child.stderr, ended: whenEnded(child, endOf), kill: () => { endChild(child) } }
}

/** Closes its streams, and hangs up. */
export function endChild(child: Child): void {
  child.stdin.destroy()
  child.stdout.destroy()
  child.stderr.destroy()
  child.kill('SIGHUP')
}

function whenEnded(child: Child, endOf: EndOf): Promise<ChannelEnd> {
  return new Promise((resolve) => {
    child.once('error', (error) => { resolve({ kind: 'lost', reason: error.message }) })
    child.once('exit', (status, signal) => {
      resolve(status === null ? { kind: 'lost', reason: `ended by ${signal ?? 'a signal'}` } : endOf(status))
    })
  })
}
