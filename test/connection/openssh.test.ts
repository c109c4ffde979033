import { execFileSync, spawnSync } from 'node:child_process'
import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ConnectionTarget } from '../../src/connection/connection.ts'
import { connect } from '../../src/connection/index.ts'
import { openSession } from '../../src/remote/open-session.ts'
import { connectionContract } from './connection-contract.ts'
import { freePort, keygen, PASSWORD, startServer, type TestServer } from './test-server.ts'

let server: TestServer

beforeAll(async () => { server = await startServer() })
afterAll(async () => { await server.stop() })

const target = (changes: Partial<ConnectionTarget> = {}): ConnectionTarget => server.target({ kind: 'openssh', ...changes })

connectionContract('openssh', () => connect(target()))

/** Connects and tells who was logged in; or fails. */
async function login(changes: Partial<ConnectionTarget>): Promise<string> {
  const connection = await connect(target(changes))
  await connection.close()
  return connection.user
}

describe('openssh', () => {
  const asked = { user: 'asked', sshArgs: '-o IdentitiesOnly=yes -o PubkeyAuthentication=no' }

  it('takes a password, in no argument, environment or file', async () => {
    const connection = await connect(target({ ...asked, password: PASSWORD }))
    try {
      expect(connection.user).toBe('asked')
      expect(processesOf('ssh')).toContain(`Port=${server.port}`)
      expect(processesOf('ssh')).not.toContain(PASSWORD)
      expect(spawnSync('grep', ['-rl', PASSWORD, ...foldersOf()], { encoding: 'utf8' }).stdout).toBe('')
    } finally {
      await connection.close()
    }
  })

  it.each<[string, Partial<ConnectionTarget>, string, RegExp]>([
    ['a wrong password', { ...asked, password: 'very wrong' }, 'authentication', /^Cannot connect to box: (?!.*very wrong).*Permission denied/s],
    ['no password', asked, 'authentication', /Permission denied/],
    ['a name that nobody knows', { address: 'nowhere.invalid' }, 'resolve', /Could not resolve/],
    ['a jump host that is not there', { sshArgs: '-o ProxyCommand=false' }, 'lost', /^Cannot connect to box: /],
  ])('is refused with %s, saying so', async (...[, changes, kind, message]) => {
    await expect(login(changes)).rejects.toMatchObject({ name: 'ConnectionError', kind, message: expect.stringMatching(message) as unknown })
  })

  it('is refused where nothing listens', async () => {
    await expect(login({ port: await freePort() })).rejects.toMatchObject({ kind: 'refused' })
  })

  it('takes a locked key with its passphrase', async () => {
    expect(await login({ privateKeyFile: join(server.folder, 'locked'), privateKeyPassphrase: PASSWORD })).toBe('root')
  })

  it.each(['ed25519', 'ecdsa', 'rsa'])('takes a key that is in no file: %s', async (type) => {
    const file = join(server.folder, `given-${type}`)
    keygen('-t', type, '-N', PASSWORD, '-f', file)
    appendFileSync(join(server.folder, 'authorized'), readFileSync(`${file}.pub`))
    const privateKey = readFileSync(file, 'utf8').trim()
    // The file of another key, whose public half the server does not know.
    const connection = await connect(target({ privateKeyFile: join(server.folder, 'host'), privateKey, privateKeyPassphrase: PASSWORD }))
    try {
      expect(connection.user).toBe('root')
      const secret = privateKey.split('\n')[1] ?? ''
      expect(processesOf('ssh')).not.toContain(secret)
      expect(spawnSync('grep', ['-rlF', secret, ...foldersOf()], { encoding: 'utf8' }).stdout).toBe('')
    } finally {
      await connection.close()
    }
  })

  it('says that a key which is in no file cannot be used', async () => {
    await expect(login({ privateKey: 'no key' })).rejects.toMatchObject({ kind: 'authentication', message: expect.stringContaining('cannot use the private key that is given') as unknown })
  })

  it('knows an unknown host from one whose key has changed', async () => {
    const empty = join(server.folder, 'empty')
    writeFileSync(empty, '')
    await expect(login({ knownHostsFile: empty })).rejects.toMatchObject({ kind: 'host-key-unknown' })
    keygen('-t', 'ed25519', '-N', '', '-f', join(server.folder, 'other'))
    const other = join(server.folder, 'changed')
    writeFileSync(other, `[127.0.0.1]:${server.port} ${execFileSync('cat', [join(server.folder, 'other.pub')], { encoding: 'utf8' })}`)
    await expect(login({ knownHostsFile: other })).rejects.toMatchObject({ kind: 'host-key-changed' })
    expect(await login({ knownHostsFile: empty, hostKeyChecking: false })).toBe('root')
  })

  it('goes by a ProxyCommand', async () => {
    expect(await login({ address: 'behind.invalid', sshArgs: `-o ProxyCommand='${process.execPath} -e "const s=require(\\"net\\").connect(${server.port});process.stdin.pipe(s).pipe(process.stdout)"' -o HostKeyAlias=[127.0.0.1]:${server.port}` })).toBe('root')
  })

  it('shares a connection of the user\'s own between runs', async () => {
    const path = join(server.folder, 'own')
    const sshArgs = `-o ControlMaster=auto -o ControlPersist=20 -o ControlPath=${path}`
    expect(await login({ sshArgs })).toBe('root')
    expect(existsSync(path)).toBe(true)
    // The key is not needed any more: the connection is there.
    expect(await login({ sshArgs, privateKeyFile: '/nowhere/key' })).toBe('root')
    spawnSync('ssh', ['-O', 'exit', '-o', `ControlPath=${path}`, 'box'], { stdio: 'ignore' })
  })

  it('carries sessions as the other connections do, and leaves nothing behind', async () => {
    const before = foldersOf()
    const session = openSession(target(), connect)
    const { stdout } = await (await session.remote()).exec({ script: 'echo said' })
    expect(stdout.toString()).toBe('said\n')
    const { stdout: other } = await (await session.remote({ method: 'su', user: 'nobodys' })).exec({ script: 'id -un' })
    expect(other.toString()).toBe('nobodys\n')
    await session.close()
    expect(foldersOf()).toEqual(before)
  })
})

function foldersOf(): string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith('tsplay-ssh-')).map((name) => join(tmpdir(), name)).sort()
}

/** Arguments and environments of the processes of a program that are children of this one. */
function processesOf(program: string): string {
  return spawnSync('sh', ['-c', `for p in $(pgrep -P ${process.pid} -x ${program}); do cat /proc/$p/cmdline /proc/$p/environ; done`], { encoding: 'latin1' }).stdout
}
