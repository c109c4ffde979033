import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, symlinkSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Connection, DialTarget } from '../../src/connection/connection.ts'
import { connect } from '../../src/connection/index.ts'
import { dialByRelay } from '../../src/connection/process/relay.ts'
import { freePort } from './test-server.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

let folder: string
let here: Connection

beforeAll(async () => {
  folder = temporaryFolder('relay')
  here = await connect({ kind: 'local', host: 'here', hostKeyChecking: true, timeout: 10 })
})

describe.each(['perl', 'python3', 'socat'])('a relay by %s', (program) => {
  /** As where only this program is. */
  const dial = (target: DialTarget) => dialByRelay(target, (command) => here.start(`PATH=${only(program)}; ${command}`), 'there')

  it.each(['tcp', 'socket'] as const)('carries any bytes both ways by %s, and ends with the peer', async (kind) => {
    const server = createServer((socket) => { socket.on('data', (chunk) => socket.end(Buffer.concat([Buffer.from([0, 255]), chunk]))) })
    const path = join(folder, `${program}.sock`)
    server.listen(kind === 'tcp' ? { port: 0, host: '127.0.0.1' } : { path })
    await once(server, 'listening')
    const stream = await dial(kind === 'tcp' ? { kind, host: '127.0.0.1', port: (server.address() as AddressInfo).port } : { kind, path })
    stream.write(Buffer.from([10, 13, 200]))
    const chunks: Buffer[] = []
    for await (const chunk of stream) chunks.push(chunk as Buffer)
    expect([...Buffer.concat(chunks)]).toEqual([0, 255, 10, 13, 200])
    server.close()
  })

  it('is refused where nothing listens', async () => {
    await expect(dial({ kind: 'tcp', host: '127.0.0.1', port: await freePort() })).rejects.toMatchObject({ kind: 'refused', message: expect.stringMatching(/refused/i) as unknown })
    await expect(dial({ kind: 'socket', path: '/nowhere/socket' })).rejects.toMatchObject({ kind: 'refused' })
  })
})

it('without any program is unsupported', async () => {
  await expect(dialByRelay({ kind: 'socket', path: '/x' }, (command) => here.start(`PATH=/nowhere; ${command}`), 'there')).rejects.toMatchObject({ kind: 'unsupported', message: 'Cannot reach /x from there: it has none of perl, python3 and socat' })
})

/** A folder with this program alone. */
function only(program: string): string {
  const path = execFileSync('sh', ['-c', `PATH=/usr/bin:$PATH command -v ${program}`], { encoding: 'utf8' }).trim()
  const made = mkdtempSync(join(folder, 'bin-'))
  symlinkSync(path, join(made, program))
  return made
}
