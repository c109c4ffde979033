import { randomBytes } from 'node:crypto'
import { Duplex } from 'node:stream'
import { quote } from '../text/shell-quote.ts'
import { BRIDGE_SCRIPT } from './bridge-script.ts'
import { ConnectionError, type Channel, type DialTarget } from './connection.ts'

/**
 * A stream to a place that only the host can reach, carried by a shell there: for connections that cannot open one themselves, and for users other than the one
 * who logged in. `channel` runs a POSIX sh that reads its script from stdin; it is used up.
 */
export async function bridge(channel: Channel, target: DialTarget, { timeout }: { readonly timeout: number }): Promise<Duplex> {
  const token = randomBytes(12).toString('hex')
  const words = target.kind === 'tcp' ? ['tcp', target.host, String(target.port)] : ['socket', target.path]
  const place = words.slice(1).join(':')
  channel.stdin.write(`set -- ${[token, ...words].map(quote).join(' ')}\n${BRIDGE_SCRIPT}\n`)
  try {
    await opened(channel, token, { place, timeout })
  } catch (error) {
    channel.kill()
    throw error
  }
  channel.stderr.resume()
  const stream = Duplex.from({ readable: channel.stdout, writable: channel.stdin })
  stream.once('close', () => { channel.kill() })
  return stream
}

interface Wait {
  readonly place: string
  readonly timeout: number
}

/** Resolves when the host says that it is through; what it says after that belongs to the stream. */
async function opened(channel: Channel, token: string, { place, timeout }: Wait): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  let said = Buffer.alloc(0)
  let complaint = ''
  const complain = (chunk: Buffer): void => { complaint += chunk.toString('utf8') }
  channel.stderr.on('data', complain)
  try {
    await new Promise<void>((resolve, reject) => {
      const fail = (reason: string): void => { reject(new ConnectionError('refused', `Cannot reach ${place}: ${reason}`)) }
      timer = setTimeout(() => { fail(`no answer within ${timeout} s`) }, timeout * 1000)
      channel.stdout.on('data', (chunk: Buffer) => {
        said = Buffer.concat([said, chunk])
        const answer = answerIn(said, token)
        if (answer === undefined) return
        if (answer.reason !== undefined) return fail(answer.reason)
        channel.stdout.removeAllListeners('data').pause()
        if (answer.rest.length > 0) channel.stdout.unshift(answer.rest)
        resolve()
      })
      void channel.ended.then((end) => { fail(end.kind === 'lost' ? end.reason : complaint.trim() || 'the shell ended') })
    })
  } finally {
    clearTimeout(timer)
    channel.stderr.removeListener('data', complain)
  }
}

/** `TOKEN ok`, or `TOKEN why not`, on a line of its own. */
function answerIn(said: Buffer, token: string): { readonly reason?: string, readonly rest: Buffer } | undefined {
  const at = said.indexOf(`${token} `)
  const end = at < 0 ? -1 : said.indexOf('\n', at)
  if (end < 0) return undefined
  const words = said.toString('utf8', at + token.length + 1, end).trim()
  return words === 'ok' ? { rest: said.subarray(end + 1) } : { reason: words, rest: Buffer.alloc(0) }
}
