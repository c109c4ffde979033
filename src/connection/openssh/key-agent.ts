import { createServer } from 'node:net'
import { join } from 'node:path'
import type { ParsedKey } from 'ssh2'
import { ConnectionError } from '../connection.ts'
import { privateKeyOf } from '../ssh/private-key.ts'

export interface KeyAgent {
  readonly socket: string
  close(): void
}

export interface GivenKey {
  readonly host: string
  readonly key: string
  readonly passphrase: string | undefined
}

/** An SSH agent for one key that is in no file: it signs for whoever may enter `folder`, which is its owner alone. Rejects when the key cannot be read. */
export async function openKeyAgent(folder: string, { host, key: text, passphrase }: GivenKey): Promise<KeyAgent> {
  const { default: { AgentProtocol, utils } } = await import('ssh2')
  const key = privateKeyOf(text, passphrase, utils.parseKey)
  if (typeof key === 'string') throw new ConnectionError('authentication', `Cannot connect to ${host}: ${key}`)
  const socket = join(folder, 'agent')
  const server = createServer((client) => {
    const agent = new AgentProtocol(false)
    agent.on('identities', (request) => { agent.getIdentitiesReply(request, [key]) })
    agent.on('sign', (...[request, wanted, data, { hash }]) => {
      const signature = isSame(wanted, key) ? key.sign(data, hash) : undefined
      if (Buffer.isBuffer(signature)) agent.signReply(request, key.type.startsWith('ecdsa-') ? ecdsaSignature(signature) : signature)
      else agent.failureReply(request)
    })
    client.on('error', () => undefined)
    agent.pipe(client)
    client.on('data', messages((message) => {
      // ssh2 loses its place at a message of another kind, such as the one by which ssh binds an agent to its session.
      if (UNDERSTOOD.has(message[LENGTH] ?? 0)) agent.write(message)
      else client.write(FAILURE)
    }))
  })
  await new Promise<void>((resolve) => { server.listen(socket, resolve) })
  server.unref()
  return { socket, close: () => { server.close() } }
}

function isSame(wanted: ParsedKey | Buffer | string, key: ParsedKey): boolean {
  return typeof wanted === 'object' && 'getPublicSSH' in wanted && wanted.getPublicSSH().equals(key.getPublicSSH())
}

/** Two integers as SSH writes them, from those in DER; the integers themselves are written alike (RFC 5656, 3.1.2). */
function ecdsaSignature(der: Buffer): Buffer {
  const first = der.indexOf(DER_INTEGER, (der[1] ?? 0) > 0x80 ? 3 : 2)
  const second = first + 2 + (der[first + 1] ?? 0)
  return Buffer.concat([first, second].flatMap((at) => {
    const integer = der.subarray(at + 2, at + 2 + (der[at + 1] ?? 0))
    const length = Buffer.alloc(LENGTH)
    length.writeUInt32BE(integer.length)
    return [length, integer]
  }))
}

const DER_INTEGER = 2
/** Bytes of a message's length, which its type follows. */
const LENGTH = 4
/** SSH_AGENTC_REQUEST_IDENTITIES and SSH_AGENTC_SIGN_REQUEST. */
const UNDERSTOOD: ReadonlySet<number> = new Set([11, 13])
/** SSH_AGENT_FAILURE. */
const FAILURE = Buffer.from([0, 0, 0, 1, 5])

/** Cuts a stream into messages of the agent protocol. */
function messages(take: (message: Buffer) => void): (chunk: Buffer) => void {
  let rest = Buffer.alloc(0)
  return (chunk) => {
    rest = Buffer.concat([rest, chunk])
    while (rest.length >= LENGTH && rest.length >= LENGTH + rest.readUInt32BE()) {
      const end = LENGTH + rest.readUInt32BE()
      take(rest.subarray(0, end))
      rest = rest.subarray(end)
    }
  }
}
