import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { opensslCsr } from '../../../src/modules/openssl-csr.ts'
import { opensslCsrInfo } from '../../../src/modules/openssl-csr-info.ts'
import { opensslCsrPipe } from '../../../src/modules/openssl-csr-pipe.ts'
import { opensslPrivatekeyInfo } from '../../../src/modules/openssl-privatekey-info.ts'
import { opensslPublickeyInfo } from '../../../src/modules/openssl-publickey-info.ts'
import { x509Certificate } from '../../../src/modules/x509-certificate.ts'
import { x509CertificateInfo } from '../../../src/modules/x509-certificate-info.ts'
import { x509CertificatePipe } from '../../../src/modules/x509-certificate-pipe.ts'
import { liveHost, type LiveHost } from '../../support/live-host.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const PASSPHRASE = 'it\'s a "secret" $HOME'
const KEYS = ['rsa', 'ec', 'ed25519', 'ed448', 'dsa', 'encrypted'] as const

/** What the openssl program of this machine says of what the modules make. */
describe('requests and certificates by the real openssl', () => {
  const folder = temporaryFolder('x509')
  const at = (name: string): string => join(folder, name)
  const openssl = (...words: readonly string[]): string => execFileSync('openssl', words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  const passphraseOf = (key: string, name = 'privatekey_passphrase'): Record<string, string> => key === 'encrypted' ? { [name]: PASSPHRASE } : {}
  let host: LiveHost

  beforeAll(async () => {
    host = await liveHost()
    writeFileSync(at('pass'), PASSPHRASE)
    openssl('genrsa', '-out', at('rsa.pem'), '2048')
    openssl('genrsa', '-aes256', '-passout', `file:${at('pass')}`, '-out', at('encrypted.pem'), '2048')
    openssl('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-384', '-out', at('ec.pem'))
    for (const kind of ['ed25519', 'ed448']) openssl('genpkey', '-algorithm', kind, '-out', at(`${kind}.pem`))
    openssl('dsaparam', '-out', at('dsa.param'), '1024')
    openssl('gendsa', '-out', at('dsa.pem'), at('dsa.param'))
  })
  afterAll(async () => { await host.close() })

  const asked = (key: string): Record<string, string | boolean | string[]> => ({
    path: at(`${key}.csr`), privatekey_path: at(`${key}.pem`), ...passphraseOf(key), common_name: key, organization_name: 'Bücher, "A"',
    subject_alt_name: ['DNS:www.example.com', 'DNS:bücher.example', 'IP:2001:db8::1', 'dirName:CN=a,O=b'], key_usage: ['digitalSignature', 'keyCertSign'], key_usage_critical: true,
    extended_key_usage: ['serverAuth'], basic_constraints: ['CA:TRUE', 'pathlen:2'], basic_constraints_critical: true, create_subject_key_identifier: true,
  })

  it.each(KEYS)('asks with a key of %s', async (key) => {
    const made = await host.run(opensslCsr, asked(key))
    expect(made).toMatchObject({ changed: true, predicted: true, changedAgain: false })
    expect(openssl('req', '-in', at(`${key}.csr`), '-noout', '-verify', '-subject', '-nameopt', 'utf8,sep_comma_plus_space')).toContain(`subject=O=Bücher, "A", CN=${key}`)
    const text = openssl('req', '-in', at(`${key}.csr`), '-noout', '-text')
    for (const said of ['DNS:xn--bcher-kva.example', 'IP Address:2001:DB8:0:0:0:0:0:1', 'Digital Signature, Certificate Sign', 'TLS Web Server Authentication', 'CA:TRUE, pathlen:2']) expect(text).toContain(said)
    expect(await host.run(opensslCsrInfo, { path: at(`${key}.csr`) })).toMatchObject({ result: { signature_valid: true, subject: { commonName: key }, key_usage: ['Certificate Sign', 'Digital Signature'] } })
  })

  it.each(KEYS)('signs with a key of %s', async (key) => {
    const shared = { path: at(`${key}.crt`), provider: 'selfsigned', privatekey_path: at(`${key}.pem`), ...passphraseOf(key), csr_path: at(`${key}.csr`) }
    expect(await host.run(x509Certificate, shared)).toMatchObject({ changed: true, predicted: true, changedAgain: false })
    expect(openssl('verify', '-CAfile', at(`${key}.crt`), at(`${key}.crt`))).toContain('OK')
    const info = await host.run(x509CertificateInfo, { path: at(`${key}.crt`), valid_at: { later: '+3649d', never: '+3651d' } })
    const serial = openssl('x509', '-in', at(`${key}.crt`), '-noout', '-serial').trim().replace('serial=', '')
    expect(info.result).toMatchObject({ serial_number: BigInt(`0x${serial}`).toString(), expired: false, valid_at: { later: true, never: false } })
  })

  it.each(KEYS)('is a CA with a key of %s', async (key) => {
    const leaf = { path: at('leaf.csr'), privatekey_path: at('rsa.pem'), common_name: 'leaf' }
    await host.run(opensslCsr, leaf)
    const shared = { path: at(`by-${key}.crt`), provider: 'ownca', csr_path: at('leaf.csr'), ownca_path: at(`${key}.crt`), ownca_privatekey_path: at(`${key}.pem`), ...passphraseOf(key, 'ownca_privatekey_passphrase') }
    expect(await host.run(x509Certificate, shared)).toMatchObject({ changed: true, predicted: true, changedAgain: false })
    expect(openssl('verify', '-CAfile', at(`${key}.crt`), at(`by-${key}.crt`))).toContain('OK')
  })

  it('leaves what openssl made and what is as wanted', async () => {
    openssl('req', '-new', '-key', at('rsa.pem'), '-subj', '/CN=other', '-addext', 'subjectAltName=DNS:other', '-out', at('other.csr'))
    expect(await host.run(opensslCsr, { path: at('other.csr'), privatekey_path: at('rsa.pem'), common_name: 'other' })).toMatchObject({ changed: false })
    expect(await host.run(opensslCsr, { path: at('other.csr'), privatekey_path: at('ec.pem'), common_name: 'other' })).toMatchObject({ changed: true })
  })

  it('brings back what it replaced', async () => {
    const before = readFileSync(at('rsa.crt'), 'utf8')
    const replaced = await host.run(x509Certificate, { path: at('rsa.crt'), provider: 'selfsigned', privatekey_path: at('rsa.pem') })
    expect(replaced.changed).toBe(true)
    expect(readFileSync(at('rsa.crt'), 'utf8')).not.toBe(before)
    expect(await replaced.undo()).toBe(true)
    expect(readFileSync(at('rsa.crt'), 'utf8')).toBe(before)
  })

  it('returns what is kept nowhere', async () => {
    const { result } = await host.run(opensslCsrPipe, { privatekey_path: at('ec.pem'), common_name: 'pipe' })
    const made = await host.run(x509CertificatePipe, { provider: 'selfsigned', privatekey_path: at('ec.pem'), csr_content: String(result.csr) })
    writeFileSync(at('pipe.crt'), String(made.result.certificate))
    expect(openssl('x509', '-in', at('pipe.crt'), '-noout', '-subject')).toContain('CN = pipe')
    expect(await host.run(opensslCsrPipe, { privatekey_path: at('ec.pem'), common_name: 'pipe', content: String(result.csr) })).toMatchObject({ changed: false })
  })

  it.each(KEYS)('finds a key of %s consistent, and tells its public part', async (key) => {
    const passphrase = key === 'encrypted' ? { passphrase: PASSPHRASE } : {}
    const { result } = await host.run(opensslPrivatekeyInfo, { path: at(`${key}.pem`), ...passphrase, check_consistency: true })
    expect(result).toMatchObject({ can_parse_key: true, key_is_consistent: true, public_key: openssl('pkey', '-in', at(`${key}.pem`), '-passin', `file:${at('pass')}`, '-pubout') })
    const { result: publicPart } = await host.run(opensslPublickeyInfo, { content: String(result.public_key) })
    expect(publicPart).toMatchObject({ type: result.type, fingerprints: result.public_key_fingerprints })
  })

  it('does not sign without the passphrase', async () => {
    await expect(host.run(opensslCsr, { ...asked('encrypted'), privatekey_passphrase: 'another one' })).rejects.toThrow('Wrong passphrase provided for private key')
  })
})
