import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Remote } from '../../src/remote/remote.ts'
import type { HostSession } from '../../src/remote/session.ts'
import { commandContract } from './contract/commands.ts'
import { readContract } from './contract/reads.ts'
import type { TestedHost } from './contract/tested-host.ts'
import { writeContract } from './contract/writes.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/** What every remote must do that is on this machine, whatever its shell, tools and connection. */
export function remoteContract(name: string, open: () => Promise<HostSession>): void {
  describe(`remote ${name}`, () => {
    let session: HostSession
    let remote: Remote
    let folder: string

    const host: TestedHost = {
      get session() { return session },
      get remote() { return remote },
      get folder() { return folder },
      coarseTimes: name.includes('busybox'),
      otherShell: name.includes('dropbear') ? ['/bin/ash', ''] : ['/bin/bash', '5.'],
      here: (...parts) => join(folder, ...parts),
    }

    beforeAll(async () => {
      session = await open()
      remote = await session.remote()
    })
    afterAll(async () => { await session.close() })
    beforeEach(() => { folder = temporaryFolder('remote') })

    commandContract(host)
    readContract(host)
    writeContract(host)

    it('dials what the host can reach', async () => {
      await expect(remote.dial({ kind: 'tcp', host: '127.0.0.1', port: 1 })).rejects.toMatchObject({ kind: 'refused' })
    })

    it('starts programs that are spoken to', async () => {
      const program = await remote.start()
      const said: string[] = []
      program.stdout.on('data', (chunk: Buffer) => { said.push(chunk.toString()) })
      program.stdin.write('echo ready; exec cat\n')
      await expect.poll(() => said.join('')).toContain('ready\n')
      program.stdin.write('hello\n')
      await expect.poll(() => said.join('')).toContain('hello\n')
      expect(program.connected()).toBe(true)
      program.stdin.end()
      expect(await program.ended).toEqual({ kind: 'exited', status: 0 })
    })

    it('keeps resources until it is reset, then connects anew', async () => {
      let disposed = 0
      const create = (): Promise<{ value: string, dispose: () => Promise<void> }> => Promise.resolve({ value: 'thing', dispose: () => { disposed++; return Promise.resolve() } })
      expect([await remote.resource('key', create), await remote.resource('key', () => Promise.reject(new Error('made twice')))]).toEqual(['thing', 'thing'])
      await session.reset()
      expect(disposed).toBe(1)
      expect((await remote.exec({ script: 'echo again' })).stdout.toString()).toBe('again\n')
      expect(await session.remote()).toBe(remote)
    })
  })
}
