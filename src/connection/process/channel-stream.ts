import { Duplex, type Readable, type Writable } from 'node:stream'

export interface ChannelStreams {
  readonly stdin: Writable
  readonly stdout: Readable
  /** Called once when nobody needs the streams any more. */
  readonly release: () => void
}

/** The standard streams of a program as a connection. That the program stops reading is no error: what it has written before still counts. */
export function channelStream({ stdin, stdout, release }: ChannelStreams): Duplex {
  const stream = new Duplex({
    read: () => { stdout.resume() },
    write: (chunk: Buffer, _encoding, done) => {
      if (stdin.destroyed) done(new Error('The other side has closed the connection'))
      else stdin.write(chunk, () => { done() })
    },
    final: (done) => { stdin.end(); done() },
    destroy: (error, done) => { release(); done(error) },
  })
  stdout.on('data', (chunk: Buffer) => { if (!stream.push(chunk)) stdout.pause() })
  stdout.once('end', () => { stream.push(null) })
  stdout.once('close', () => { if (!stdout.readableEnded) stream.push(null) })
  return stream
}
