import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectLocal } from '../../../src/connection/local.ts'
import type { HttpRequest } from '../../../src/modules/system/http/exchange.ts'
import { trustedExchange } from '../../../src/modules/system/http/trusted.ts'
import { FakeRemote, type FakeHost } from '../../support/fake-remote.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

describe('an https server with a certificate of one\'s own', () => {
  const folder = temporaryFolder('https')
  let server: Server
  let certificate: string

  beforeAll(async () => {
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
    execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', key, '-out', cert, '-days', '2', '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'], { stdio: 'ignore' })
    certificate = readFileSync(cert, 'utf8')
    server = createServer({ key: readFileSync(key), cert: certificate }, (_request, response) => { response.end('secret') })
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  })
  afterAll(async () => { await new Promise<void>((resolve) => { server.close(() => { resolve() }) }) })

  async function ask(host: FakeHost, tls: HttpRequest['tls'] = {}): Promise<string> {
    const connection = await connectLocal({ kind: 'local', host: 'localhost', hostKeyChecking: true, timeout: 5 })
    const remote = new FakeRemote(host)
    remote.dial = (target?: Parameters<typeof connection.dial>[0]) => connection.dial(target ?? { kind: 'socket', path: '/nowhere' })
    const { port } = server.address() as AddressInfo
    const answer = await trustedExchange({ url: new URL(`https://127.0.0.1:${port}/`), method: 'GET', headers: {}, body: undefined, timeout: 5, unixSocket: undefined, tls }, remote)
    return answer.body.toString('utf8')
  }

  it('is not trusted', async () => {
    await expect(ask({})).rejects.toThrow('self-signed certificate')
  })

  it('is trusted by a host that has it among its authorities', async () => {
    expect(await ask({ files: { '/etc/ssl/certs/ca-certificates.crt': certificate } })).toBe('secret')
  })

  it('is not asked for its certificate when the task says so', async () => {
    expect(await ask({}, { rejectUnauthorized: false })).toBe('secret')
  })
})
