import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { opensshKeypair } from '../../../src/modules/openssh-keypair.ts'
import { opensslPublickey } from '../../../src/modules/openssl-publickey.ts'
import { liveHost, type LiveHost } from '../../support/live-host.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const PASSPHRASE = 'it\'s "$HOME" here'

describe('key pairs by the real ssh-keygen', () => {
  const folder = temporaryFolder('keypair')
  const at = (name: string): string => join(folder, name)
  const keygen = (...words: readonly string[]): string => execFileSync('ssh-keygen', words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim()
  let host: LiveHost

  beforeAll(async () => { host = await liveHost() })
  afterAll(async () => { await host.close() })

  it.each([['rsa', 2048], ['ecdsa', 384], ['ed25519', 256]] as const)('makes a key of %s', async (type, size) => {
    const made = await host.run(opensshKeypair, { path: at(type), type, size, comment: 'a b' })
    expect(made).toMatchObject({ changed: true, predicted: true, changedAgain: false, result: { type, size, comment: 'a b' } })
    expect(keygen('-l', '-f', at(`${type}.pub`))).toBe(`${size} ${String(made.result.fingerprint)} a b (${type.toUpperCase()})`)
    expect([at(type), at(`${type}.pub`)].map((path) => statSync(path).mode & 0o777)).toEqual([0o600, 0o644])
    expect(await host.run(opensshKeypair, { path: at(type), type, size })).toMatchObject({ changed: false, result: made.result })
  })

  it('has the public key again, and sets another comment, which can be taken back', async () => {
    const before = readFileSync(at('ed25519.pub'), 'utf8')
    rmSync(at('ed25519.pub'))
    host.remote.forget()
    expect(await host.run(opensshKeypair, { path: at('ed25519'), type: 'ed25519', comment: 'a b' })).toMatchObject({ changed: true, changedAgain: false })
    expect(readFileSync(at('ed25519.pub'), 'utf8')).toBe(before)
    const other = await host.run(opensshKeypair, { path: at('ed25519'), type: 'ed25519', comment: 'c' })
    expect(other).toMatchObject({ changed: true, result: { comment: 'c' } })
    expect(keygen('-l', '-f', at('ed25519'))).toContain(' c (')
    expect(await other.undo()).toBe(true)
    expect(readFileSync(at('ed25519.pub'), 'utf8')).toBe(before)
  })

  it('keeps a key with a passphrase', async () => {
    const given = { path: at('secret'), type: 'ed25519', passphrase: PASSPHRASE, comment: 'x' }
    expect(await host.run(opensshKeypair, given)).toMatchObject({ changed: true, changedAgain: false })
    expect(keygen('-y', '-P', PASSPHRASE, '-f', at('secret'))).toBe(readFileSync(at('secret.pub'), 'utf8').trim())
    expect(await host.run(opensshKeypair, { ...given, comment: 'y' })).toMatchObject({ changed: true, changedAgain: false })
    expect(keygen('-y', '-P', PASSPHRASE, '-f', at('secret'))).toMatch(/ y$/)
    for (const passphrase of ['another one', '']) await expect(host.run(opensshKeypair, { ...given, passphrase })).rejects.toThrow('Unable to read the key')
  })

  it('replaces what is of another kind, and says that it cannot be taken back', async () => {
    writeFileSync(at('other'), 'no key')
    await expect(host.run(opensshKeypair, { path: at('other'), type: 'ed25519' })).rejects.toThrow('Unable to read the key')
    expect(await host.run(opensshKeypair, { path: at('other'), type: 'ed25519', regenerate: 'full_idempotence' })).toMatchObject({ changed: true, changedAgain: false })
    await expect(host.run(opensshKeypair, { path: at('other'), type: 'ecdsa', regenerate: 'fail' })).rejects.toThrow('Key has wrong type and/or size')
    const replaced = await host.run(opensshKeypair, { path: at('other'), type: 'ecdsa', private_key_format: 'pkcs8' })
    expect(replaced).toMatchObject({ changed: true, changedAgain: false, result: { size: 256 } })
    expect(readFileSync(at('other'), 'utf8')).toContain('BEGIN PRIVATE KEY')
    expect(await replaced.undo()).toBe(false)
  })

  it.each(['rsa', 'ecdsa', 'ed25519'])('tells the public part of a key of %s as ssh-keygen does', async (type) => {
    execFileSync('openssl', ['genpkey', '-algorithm', { rsa: 'RSA', ecdsa: 'EC', ed25519: 'ed25519' }[type] ?? '', ...type === 'ecdsa' ? ['-pkeyopt', 'ec_paramgen_curve:P-256'] : [], '-out', at(`${type}.pem`)], { stdio: 'ignore' })
    const given = { path: at(`${type}.ssh`), privatekey_path: at(`${type}.pem`), format: 'OpenSSH', return_content: true }
    const made = await host.run(opensslPublickey, given)
    expect(made).toMatchObject({ changed: true, predicted: true, changedAgain: false })
    expect(made.result.publickey).toBe(readFileSync(at(`${type}.ssh`), 'utf8'))
    if (type !== 'ed25519') expect(keygen('-y', '-f', at(`${type}.pem`))).toBe(made.result.publickey)
    writeFileSync(at(`${type}.ssh`), `${String(made.result.publickey)} comment\n`)
    host.remote.forget()
    expect(await host.run(opensslPublickey, given)).toMatchObject({ changed: false })
    expect(await host.run(opensslPublickey, { ...given, format: 'PEM' })).toMatchObject({ changed: true, changedAgain: false })
    expect(readFileSync(at(`${type}.ssh`), 'utf8')).toBe(execFileSync('openssl', ['pkey', '-in', at(`${type}.pem`), '-pubout'], { encoding: 'utf8' }))
  })

  it('removes both', async () => {
    expect(await host.run(opensshKeypair, { path: at('rsa'), state: 'absent' })).toMatchObject({ changed: true, changedAgain: false })
    expect([at('rsa'), at('rsa.pub')].filter((path) => existsSync(path))).toEqual([])
  })
})
