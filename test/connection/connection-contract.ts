import { once } from 'node:events'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Duplex, Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Connection } from '../../src/connection/connection.ts'
import { freePort } from './test-server.ts'

/** A folder for sockets, by its path here and there; undefined where the host has no means to reach them. */
export type SocketFolder = { readonly here: string, readonly there: string } | undefined

/** What every connection must do. */
export function connectionContract(name: string, open: () => Promise<Connection>, sockets = (): SocketFolder => ({ here: tmpdir(), there: tmpdir() })): void {
  describe(`connection ${name}`, () => {
    let connection: Connection

    beforeAll(async () => { connection = await open() })
    afterAll(async () => { await connection.close() })

    it('gives a command separate streams and tells its status', async () => {
      const channel = await connection.start('cat; echo said >&2; exit 7')
      channel.stdin.end('given')
      const [stdout, stderr, ended] = await Promise.all([text(channel.stdout), text(channel.stderr), channel.ended])
      expect({ stdout, stderr, ended }).toEqual({ stdout: 'given', stderr: 'said\n', ended: { kind: 'exited', status: 7 } })
    })

    it('carries any bytes both ways', async () => {
      const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * 7919) % 256))
      const channel = await connection.start('cat')
      const echoed = collect(channel.stdout)
      channel.stdin.end(bytes)
      expect((await echoed).equals(bytes)).toBe(true)
    })

    it('runs several commands at once', async () => {
      const channels = await Promise.all(['one', 'two', 'three'].map((word) => connection.start(`sleep 0.05; echo ${word}`)))
      expect(await Promise.all(channels.map((channel) => text(channel.stdout)))).toEqual(['one\n', 'two\n', 'three\n'])
    })

    it('tells a command that is ended by a signal from one that exits', async () => {
      const channel = await connection.start('sleep 0.05; kill -9 $$')
      expect((await channel.ended).kind).toBe('lost')
    })

    it('tells that a killed channel has ended', async () => {
      const channel = await connection.start('exec sleep 60')
      channel.kill()
      expect((await channel.ended).kind).toBe('lost')
    })

    it('opens TCP connections seen from the host', async () => {
      const server = await shouting(createServer().listen(0, '127.0.0.1'))
      const stream = await connection.dial({ kind: 'tcp', host: '127.0.0.1', port: (server.address() as AddressInfo).port })
      expect(await exchange(stream)).toBe('HELLO')
      server.close()
    })

    it('opens Unix sockets seen from the host', async () => {
      const file = `tsplay-socket-${process.pid}-${name.replaceAll(/\W/g, '')}`
      const folder = sockets()
      if (folder === undefined) return expect(connection.dial({ kind: 'socket', path: `/tmp/${file}` })).rejects.toMatchObject({ kind: 'unsupported', message: expect.stringContaining('none of perl') as unknown })
      const server = await shouting(createServer().listen(join(folder.here, file)))
      const stream = await connection.dial({ kind: 'socket', path: join(folder.there, file) })
      expect(await exchange(stream)).toBe('HELLO')
      server.close()
      return undefined
    })

    it('refuses to dial what does not listen', async () => {
      await expect(connection.dial({ kind: 'tcp', host: '127.0.0.1', port: await freePort() })).rejects.toMatchObject({ name: 'ConnectionError', kind: 'refused' })
      await expect(connection.dial({ kind: 'socket', path: '/nowhere/socket' })).rejects.toMatchObject({ name: 'ConnectionError', kind: sockets() === undefined ? 'unsupported' : 'refused' })
    })

    it('is usable until it is closed, and says so afterwards', async () => {
      const other = await open()
      expect(other.failure).toBeUndefined()
      const channel = await other.start('exec sleep 60')
      await other.close()
      expect((await channel.ended).kind).toBe('lost')
    })
  })
}

async function collect(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

async function text(stream: Readable): Promise<string> {
  return (await collect(stream)).toString()
}

async function shouting(server: Server): Promise<Server> {
  server.on('connection', (socket) => { socket.on('data', (chunk) => { socket.end(chunk.toString().toUpperCase()) }) })
  await once(server, 'listening')
  return server
}

async function exchange(stream: Duplex): Promise<string> {
  stream.write('hello')
  return text(stream)
}
