import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createServer, type Server } from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { getCertificate } from '../../../src/modules/get-certificate.ts'
import { liveHost, type LiveHost } from '../../support/live-host.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

describe('get_certificate asks a real server', () => {
  const folder = temporaryFolder('get-certificate')
  const at = (name: string): string => join(folder, name)
  let host: LiveHost
  let server: Server
  let port = 0
  let asked: string | false | null = null

  beforeAll(async () => {
    for (const name of ['server', 'other']) execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', `/CN=${name}/O=Example`, '-addext', 'subjectAltName=DNS:localhost', '-keyout', at(`${name}.key`), '-out', at(`${name}.crt`)], { stdio: 'ignore' })
    server = createServer({ key: readFileSync(at('server.key')), cert: readFileSync(at('server.crt')) }, (socket) => {
      asked = (socket as unknown as { servername: string | false | null }).servername
      socket.on('error', () => undefined)
    })
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
    port = (server.address() as AddressInfo).port
    host = await liveHost()
  })
  afterAll(async () => {
    await host.close()
    server.close()
  })

  it('tells what it shows', async () => {
    const { changed, result } = await host.run(getCertificate, { host: '127.0.0.1', port, server_name: 'www.example.com', asn1_base64: true })
    expect(changed).toBe(false)
    expect(result).toMatchObject({ cert: readFileSync(at('server.crt'), 'utf8'), subject: { CN: 'server', O: 'Example' }, issuer: { CN: 'server', O: 'Example' }, expired: false, version: 2, signature_algorithm: 'sha256WithRSAEncryption' })
    expect(result.extensions).toContainEqual({ name: 'subjectAltName', critical: false, asn1_data: 'MAuCCWxvY2FsaG9zdA==' })
    expect(asked).toBe('www.example.com')
  })

  it('verifies it against a CA, where one is told', async () => {
    expect(await host.run(getCertificate, { host: '127.0.0.1', port, ca_cert: at('server.crt') })).toMatchObject({ result: { subject: { CN: 'server' } } })
    await expect(host.run(getCertificate, { host: '127.0.0.1', port, ca_cert: at('other.crt') })).rejects.toThrow(`Failed to get cert from 127.0.0.1:${port}, error: `)
    await expect(host.run(getCertificate, { host: '127.0.0.1', port, ca_cert: at('none.crt') })).rejects.toThrow('ca_cert file does not exist')
  })

  it('fails where there is no server', async () => {
    await expect(host.run(getCertificate, { host: '127.0.0.1', port: 1 })).rejects.toThrow('Failed to get cert from 127.0.0.1:1, error: ')
  })
})
