import { spawn, type ChildProcess } from 'node:child_process'
import { createServer, type AddressInfo } from 'node:net'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ConnectionTarget } from '../../src/connection/connection.ts'
import { connect } from '../../src/connection/index.ts'
import { connectionContract } from './connection-contract.ts'
import { freePort, keygen, PASSWORD, startServer, type TestServer } from './test-server.ts'

let server: TestServer

beforeAll(async () => { server = await startServer() })
afterAll(async () => { await server.stop() })

connectionContract('ssh', () => connect(server.target()))

/** Connects and tells who was logged in; or fails. */
async function login(changes: Partial<ConnectionTarget>): Promise<string> {
  const connection = await connect(server.target(changes))
  await connection.close()
  return connection.user
}

describe('ssh login', () => {
  it('fails with what was tried', async () => {
    keygen('-t', 'ed25519', '-N', '', '-f', join(server.folder, 'stranger'))
    await expect(login({ privateKeyFile: join(server.folder, 'stranger') })).rejects.toMatchObject({ kind: 'authentication', message: expect.stringContaining('tried publickey') as unknown })
  })

  it('says that a key cannot be read', async () => {
    await expect(login({ privateKeyFile: '/nowhere/key' })).rejects.toMatchObject({ kind: 'authentication', message: expect.stringContaining('cannot read the key /nowhere/key') as unknown })
  })

  it('takes a locked key with its passphrase, and says when that is wrong', async () => {
    const privateKeyFile = join(server.folder, 'locked')
    expect(await login({ privateKeyFile, privateKeyPassphrase: PASSWORD })).toBe('root')
    await expect(login({ privateKeyFile, privateKeyPassphrase: 'wrong' })).rejects.toMatchObject({ kind: 'authentication', message: expect.stringContaining(`cannot use the key ${privateKeyFile}`) as unknown })
  })

  it('takes a key that is in no file, first of all, and says when it is none', async () => {
    const [privateKey, locked] = ['user', 'locked'].map((name) => readFileSync(join(server.folder, name), 'utf8'))
    const sshArgs = '-o IdentityFile=none'
    await expect(login({ sshArgs })).rejects.toMatchObject({ kind: 'authentication' })
    expect(await login({ sshArgs, privateKey: privateKey?.trim() ?? '' })).toBe('root')
    expect(await login({ sshArgs, privateKey: locked ?? '', privateKeyPassphrase: PASSWORD })).toBe('root')
    const error: unknown = await login({ sshArgs, privateKey: privateKey?.slice(0, 200) ?? '' }).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ kind: 'authentication', message: expect.stringContaining('cannot use the private key that is given: ') as unknown })
    expect(String(error)).not.toContain(privateKey?.split('\n')[1])
  })

  it('takes a password', async () => {
    const changes = { user: 'asked', sshArgs: '-o IdentityFile=none' }
    expect(await login({ ...changes, password: PASSWORD })).toBe('asked')
    await expect(login({ ...changes, password: 'wrong' })).rejects.toMatchObject({ kind: 'authentication' })
  })

  it('never shows a password in its errors', async () => {
    const error: unknown = await login({ user: 'asked', password: 'very wrong', sshArgs: '-o IdentityFile=none' }).catch((reason: unknown) => reason)
    expect(String(error)).not.toContain('very wrong')
  })

  it('asks an agent', async () => {
    const { agent, socket } = await startAgent(join(server.folder, 'user'))
    try {
      expect(await login({ sshArgs: `-o IdentityFile=none -o IdentityAgent=${socket}` })).toBe('root')
    } finally {
      agent.kill()
    }
  })
})

describe('ssh host keys', () => {
  const known = (text: string): string => {
    const file = join(server.folder, `known-${Math.random()}`)
    writeFileSync(file, text)
    return file
  }

  it('refuses a host whose key is not known, and shows the key', async () => {
    await expect(login({ knownHostsFile: known('') })).rejects.toMatchObject({ kind: 'host-key-unknown', message: expect.stringMatching(/no key of \[127\.0\.0\.1\]:\d+ .*ssh-ed25519 SHA256:/) as unknown })
  })

  it('refuses a host whose key has changed, and names the line', async () => {
    keygen('-t', 'ed25519', '-N', '', '-f', join(server.folder, 'other'))
    const other = readFileSync(join(server.folder, 'other.pub'), 'utf8')
    const file = known(`# old\n[127.0.0.1]:${server.port} ${other}`)
    await expect(login({ knownHostsFile: file })).rejects.toMatchObject({ kind: 'host-key-changed', message: expect.stringContaining(`${file}:2`) as unknown })
  })

  it('refuses a revoked key even where it is known', async () => {
    const name = `[127.0.0.1]:${server.port}`
    const file = known(`${name} ${server.hostKey}\n@revoked * ${server.hostKey}\n`)
    await expect(login({ knownHostsFile: file })).rejects.toMatchObject({ kind: 'host-key-changed', message: expect.stringContaining(`revoked at ${file}:2`) as unknown })
  })

  it('finds hashed entries', async () => {
    const file = known(`[127.0.0.1]:${server.port} ${server.hostKey}\n`)
    keygen('-H', '-f', file)
    expect(readFileSync(file, 'utf8')).toMatch(/^\|1\|/)
    expect(await login({ knownHostsFile: file })).toBe('root')
  })

  it('takes any key when checking is off, and new ones when those are accepted', async () => {
    expect(await login({ knownHostsFile: known(''), hostKeyChecking: false })).toBe('root')
    expect(await login({ knownHostsFile: known(''), sshArgs: '-o StrictHostKeyChecking=accept-new' })).toBe('root')
  })
})

describe('ssh configuration', () => {
  it('takes host name, port, user, key and known hosts from it', async () => {
    const sshConfigFile = join(server.folder, 'config')
    writeFileSync(sshConfigFile, `Host b?x !bix
  HostName 127.0.0.1
  Port ${server.port}
  User trusted
  IdentityFile "${server.privateKeyFile}"
  UserKnownHostsFile ${server.knownHostsFile}
Host *
  User somebody
  Port 1
`)
    const connection = await connect({ kind: 'ssh', host: 'box', sshConfigFile, hostKeyChecking: true, timeout: 5 })
    expect(connection.description).toBe(`ssh://trusted@127.0.0.1:${server.port}`)
    await connection.close()
  })

  it('goes through jump hosts, checking the key of each', async () => {
    const second = await startServer({ accounts: false })
    try {
      const sshConfigFile = join(server.folder, 'jump-config')
      writeFileSync(sshConfigFile, `Host inner
  ProxyJump middle,root@127.0.0.1:${server.port}
Host middle
  HostName 127.0.0.1
  Port ${second.port}
  User root
  IdentityFile ${second.privateKeyFile}
  UserKnownHostsFile ${second.knownHostsFile}
Host *
  IdentityFile ${server.privateKeyFile}
  UserKnownHostsFile ${server.knownHostsFile}
`)
      const connection = await connect({ kind: 'ssh', host: 'inner', address: 'inner', sshConfigFile, sshArgs: '-o HostName=127.0.0.1', port: server.port, user: 'root', hostKeyChecking: true, timeout: 5 })
      const channel = await connection.start('echo arrived')
      expect(String((await channel.stdout.toArray())[0])).toBe('arrived\n')
      await connection.close()
    } finally {
      await second.stop()
    }
  })
})

describe('ssh failures', () => {
  it('tells a refused port', async () => {
    await expect(login({ port: await freePort() })).rejects.toMatchObject({ kind: 'refused', message: expect.stringContaining('nothing listens there') as unknown })
  })

  it('tells a name that is not known', async () => {
    await expect(login({ address: 'no-such-host.invalid' })).rejects.toMatchObject({ kind: 'resolve' })
  })

  it('gives a server that says nothing up after the timeout', async () => {
    const silent = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => silent.once('listening', resolve))
    const started = Date.now()
    await expect(login({ port: (silent.address() as AddressInfo).port, timeout: 1 })).rejects.toMatchObject({ kind: 'timeout' })
    expect(Date.now() - started).toBeLessThan(2500)
    silent.close()
  })
})

describe('ssh traffic', () => {
  it('counts the bytes of the connection', async () => {
    const connection = await connect(server.target())
    const before = connection.traffic.bytesReceived
    const channel = await connection.start('head -c 100000 /dev/zero')
    await channel.stdout.toArray()
    expect(connection.traffic.bytesReceived - before).toBeGreaterThan(100_000)
    expect(connection.traffic.bytesSent).toBeGreaterThan(0)
    await connection.close()
  })
})

async function startAgent(key: string): Promise<{ readonly agent: ChildProcess, readonly socket: string }> {
  const socket = join(server.folder, 'agent')
  const agent = spawn('/usr/bin/ssh-agent', ['-D', '-a', socket], { stdio: ['ignore', 'pipe', 'inherit'] })
  await new Promise((resolve) => agent.stdout.once('data', resolve))
  const add = spawn('/usr/bin/ssh-add', ['-q', key], { env: { ...process.env, SSH_AUTH_SOCK: socket }, stdio: 'ignore' })
  await new Promise((resolve) => add.once('exit', resolve))
  return { agent, socket }
}
