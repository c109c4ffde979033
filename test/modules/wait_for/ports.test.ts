import { createServer, type AddressInfo, type Server } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { connectLocal } from '../../../src/connection/local.ts'
import type { Remote } from '../../../src/remote/remote.ts'
import { askPort } from '../../../src/modules/system/waiting/port.ts'

describe('a port that is waited for', () => {
  let server: Server | undefined
  afterEach(() => new Promise<void>((resolve) => { if (server?.listening) server.close(() => { resolve() }); else resolve() }))

  async function listen(greeting: string): Promise<number> {
    server = createServer((socket) => { socket.on('error', () => undefined).end(greeting) })
    await new Promise<void>((resolve) => { server?.listen(0, '127.0.0.1', resolve) })
    return (server.address() as AddressInfo).port
  }

  async function dialler(): Promise<Remote> {
    const connection = await connectLocal({ kind: 'local', host: 'localhost', hostKeyChecking: true, timeout: 5 })
    return { dial: (target) => connection.dial(target) } as Remote
  }

  it('answers', async () => {
    const port = await listen('')
    expect(await askPort({ host: '127.0.0.1', port, timeout: 2, pattern: undefined }, await dialler())).toBe(true)
  })

  it('says what is asked for', async () => {
    const port = await listen('220 mail ESMTP\r\n')
    const match = await askPort({ host: '127.0.0.1', port, timeout: 2, pattern: /^220 (\w+)/g }, await dialler())
    expect(match).toMatchObject({ 1: 'mail' })
  })

  it('says something else', async () => {
    const port = await listen('SSH-2.0-x\r\n')
    expect(await askPort({ host: '127.0.0.1', port, timeout: 2, pattern: /^220/ }, await dialler())).toBe(false)
  })

  it('is closed', async () => {
    const port = await listen('')
    await new Promise<void>((resolve) => { server?.close(() => { resolve() }) })
    expect(await askPort({ host: '127.0.0.1', port, timeout: 2, pattern: undefined }, await dialler())).toBe(false)
  })
})
