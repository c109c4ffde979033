import type { Duplex } from 'node:stream'
import { ConnectionError } from '../../../connection/connection.ts'
import type { Remote } from '../../../remote/remote.ts'

export interface PortQuestion {
  readonly host: string
  readonly port: number
  /** Seconds. */
  readonly timeout: number
  /** Text that the server must say. */
  readonly pattern: RegExp | undefined
}

/** Whether something answers at a port, as seen from the host; with a pattern, what matched of what it says. */
export async function askPort(question: PortQuestion, remote: Remote): Promise<RegExpExecArray | boolean> {
  const stream = await dialWithin(question, remote)
  if (stream === undefined) return false
  try {
    return question.pattern === undefined ? true : await matchOf(stream, question.pattern, question.timeout) ?? false
  } finally {
    stream.destroy()
  }
}

async function dialWithin({ host, port, timeout }: PortQuestion, remote: Remote): Promise<Duplex | undefined> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>((resolve) => { timer = setTimeout(resolve, timeout * 1000, undefined) })
  const dialled = remote.dial({ kind: 'tcp', host, port })
  try {
    const stream = await Promise.race([dialled, late])
    // One that comes too late is not wanted any more.
    if (stream === undefined) dialled.then((open) => { open.destroy() }, () => undefined)
    return stream
  } catch (error) {
    if (error instanceof ConnectionError && error.kind === 'lost') throw error
    return undefined
  } finally {
    clearTimeout(timer)
  }
}

function matchOf(stream: Duplex, pattern: RegExp, timeout: number): Promise<RegExpExecArray | undefined> {
  return new Promise((resolve) => {
    let text = ''
    const finish = (match: RegExpExecArray | undefined) => { clearTimeout(timer); resolve(match) }
    const timer = setTimeout(finish, timeout * 1000, undefined)
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8')
      const match = new RegExp(pattern.source, pattern.flags.replace('g', '')).exec(text)
      if (match !== null) finish(match)
    })
    stream.once('end', () => { finish(undefined) }).once('close', () => { finish(undefined) }).once('error', () => { finish(undefined) })
  })
}
