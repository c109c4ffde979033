import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { connect } from '../../src/connection/index.ts'
import { openSession } from '../../src/remote/open-session.ts'
import type { Remote } from '../../src/remote/remote.ts'
import type { HostSession } from '../../src/remote/session.ts'
import { startServer, type TestServer } from '../connection/test-server.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const TIMEOUT = 2

let server: TestServer
let session: HostSession
let remote: Remote

beforeEach(async () => {
  server = await startServer({ accounts: false })
  session = openSession(server.target({ timeout: TIMEOUT }), connect)
  remote = await session.remote()
})
afterEach(async () => {
  await session.close()
  await server.stop()
})

/** The sshd processes that serve the connection. */
function servants(): readonly number[] {
  const lines = execFileSync('ps', ['-e', '-o', 'pid=,ppid=,comm='], { encoding: 'utf8' }).trim().split('\n').map((line) => line.trim().split(/\s+/))
  const parents = new Map(lines.map(([pid, parent]) => [Number(pid), Number(parent)]))
  const isBelow = (pid: number): boolean => {
    const parent = parents.get(pid)
    return parent !== undefined && (parent === server.process.pid || isBelow(parent))
  }
  return lines.filter(([pid, , command]) => command?.startsWith('sshd') === true && isBelow(Number(pid))).map(([pid]) => Number(pid))
}

async function failing(work: Promise<unknown>): Promise<{ readonly error: unknown, readonly seconds: number }> {
  const started = Date.now()
  const error: unknown = await work.then(() => undefined, (reason: unknown) => reason)
  return { error, seconds: (Date.now() - started) / 1000 }
}

describe('a host that is lost', () => {
  it('in the midst of a command rejects all that waits, at once', async () => {
    const folder = temporaryFolder('test')
    const waiting = ['a', 'b'].map((name) => remote.exec({ script: `>${folder}/${name}; sleep 60` }))
    await vi.waitUntil(() => existsSync(`${folder}/a`) && existsSync(`${folder}/b`), { timeout: 10_000 })
    const pids = servants()
    const all = Promise.all(waiting.map(failing))
    for (const pid of pids) process.kill(pid, 'SIGKILL')
    for (const { error, seconds } of await all) {
      expect(error).toMatchObject({ name: 'ConnectionError', kind: 'lost' })
      expect(seconds).toBeLessThan(TIMEOUT)
    }
  })

  it('is connected anew at the next use, with nothing remembered', async () => {
    await remote.stat('/etc/hostname')
    const command = failing(remote.exec({ script: 'sleep 60' }))
    for (const pid of servants()) process.kill(pid, 'SIGKILL')
    expect((await command).error).toMatchObject({ kind: 'lost' })
    const before = session.traffic.roundTrips
    expect((await remote.exec({ script: 'echo back' })).stdout.toString()).toBe('back\n')
    expect(session.traffic.roundTrips - before).toBeGreaterThan(1)
  })

  it('stays lost while it does not answer any more', async () => {
    const command = failing(remote.exec({ script: 'sleep 60' }))
    const pids = servants()
    await server.stop()
    for (const pid of pids) if (existsSync(`/proc/${pid}`)) process.kill(pid, 'SIGKILL')
    expect((await command).error).toMatchObject({ kind: 'lost' })
    expect((await failing(remote.exec({ script: 'echo back' }))).error).toMatchObject({ kind: 'refused' })
  })

  it('by falling silent is given up within the timeout', async () => {
    const pids = servants()
    try {
      for (const pid of pids) process.kill(pid, 'SIGSTOP')
      const { error, seconds } = await failing(remote.exec({ script: 'echo never' }))
      expect(error).toMatchObject({ name: 'ConnectionError', kind: 'timeout', message: `box has not answered for ${TIMEOUT} s` })
      expect(seconds).toBeLessThan(TIMEOUT + 2)
    } finally {
      for (const pid of pids) process.kill(pid, 'SIGKILL')
    }
  })

  it('while a large file is sent is given up too', async () => {
    const pids = servants()
    try {
      for (const pid of pids) process.kill(pid, 'SIGSTOP')
      const { error, seconds } = await failing(remote.writeFile(`${server.folder}/large`, Buffer.alloc(30_000_000)))
      expect(error).toMatchObject({ name: 'ConnectionError', kind: 'timeout' })
      expect(seconds).toBeLessThan(TIMEOUT + 2)
    } finally {
      for (const pid of pids) process.kill(pid, 'SIGKILL')
    }
  })

  it('is not taken for lost while a command is merely quiet', async () => {
    expect((await remote.exec({ script: `sleep ${TIMEOUT + 1}; echo still there` })).stdout.toString()).toBe('still there\n')
  })

  it('when only the shell has ended loses just what ran there', async () => {
    expect((await failing(remote.exec({ script: 'kill -9 $$' }))).error).toMatchObject({ kind: 'lost', message: expect.stringContaining('The shell on box ended') as unknown })
    expect((await remote.exec({ script: 'echo next' })).stdout.toString()).toBe('next\n')
  })
})
