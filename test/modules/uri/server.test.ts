import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectLocal } from '../../../src/connection/local.ts'
import { coerceArguments } from '../../../src/module/arguments.ts'
import type { ActionModule, ModuleResult } from '../../../src/module/module.ts'
import { uri } from '../../../src/modules/uri.ts'
import { fromJson } from '../../../src/value/json.ts'
import type { JsonObject, Value } from '../../../src/value/value.ts'
import { fakeController } from '../../support/fake-controller.ts'
import { FakeRemote } from '../../support/fake-remote.ts'

describe('uri and a server', () => {
  let server: Server
  let base: string

  beforeAll(async () => {
    server = createServer(answer)
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(() => new Promise<void>((resolve) => { server.close(() => { resolve() }) }))

  it('tells status, headers and content', async () => {
    const { result } = await ask({ url: `${base}/text`, return_content: true })
    expect(result).toMatchObject({ changed: false, msg: 'OK (5 bytes)', fields: { status: 200, content: 'hello', content_type: 'text/plain', redirected: false, cookies: { a: '1', b: '2' }, cookies_string: 'a=1; b=2' } })
  })

  it('tells data of JSON even when its text is not wanted', async () => {
    const { result } = await ask({ url: `${base}/echo` })
    expect(result.fields).toMatchObject({ json: { method: 'GET', body: '' } })
    expect(result.fields).not.toHaveProperty('content')
  })

  it.each([
    { name: 'JSON', args: { body_format: 'json', body: { a: [1, 'ü'] } }, type: 'application/json', body: '{"a": [1, "\\u00fc"]}' },
    { name: 'a form', args: { body_format: 'form-urlencoded', body: { a: 'x y', b: ['1', '2'] } }, type: 'application/x-www-form-urlencoded', body: 'a=x+y&b=1&b=2' },
    { name: 'bytes without a type', args: { body: 'plain' }, type: 'application/x-www-form-urlencoded', body: 'plain' },
    { name: 'text', args: { body: 'plain', headers: { 'Content-Type': 'text/x' } }, type: 'text/x', body: 'plain' },
  ])('sends $name', async ({ args, type, body }) => {
    const { result } = await ask({ url: `${base}/echo`, method: 'POST', ...args })
    expect(result.fields?.['json']).toMatchObject({ method: 'POST', type, body })
  })

  it.each([
    ['JSON', { body_format: 'json' }, 'application/json'], ['a form', { body_format: 'form-urlencoded' }, 'application/x-www-form-urlencoded'], ['bytes without a type', {}, 'application/x-www-form-urlencoded'],
  ])('sends %s from a file', async (_what, args, type) => {
    const { result } = await ask({ url: `${base}/echo`, method: 'POST', src: 'body', ...args }, { body: '{"a": 1}' })
    expect(result.fields?.['json']).toMatchObject({ type, body: '{"a": 1}' })
  })

  it('sends a form of parts, with files of the role', async () => {
    const { result } = await ask({ url: `${base}/echo`, method: 'POST', body_format: 'form-multipart', body: { a: 'x', f: { filename: 'note.txt', mime_type: 'text/plain' } } }, { 'note.txt': 'from the role' })
    const { body } = result.fields?.['json'] as { body: string }
    expect(body).toMatch(/name="a"\r\n\r\nx\r\n/)
    expect(body).toMatch(/Content-Type: text\/plain\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: form-data; name="f"; filename="note.txt"\r\n\r\nZnJvbSB0aGUgcm9sZQ==\r\n/)
  })

  it('fails on another status, with the content', async () => {
    const { result } = await ask({ url: `${base}/missing` })
    expect(result).toMatchObject({ failed: true, msg: 'Status code was 404 and not [200]: HTTP Error 404: Not Found', fields: { status: 404, content: 'no' } })
  })

  it('takes other statuses for success when told so', async () => {
    expect((await ask({ url: `${base}/missing`, status_code: [404] })).result.failed).toBeUndefined()
  })

  it('follows a redirection of GET but not of POST', async () => {
    expect((await ask({ url: `${base}/away`, return_content: true })).result.fields).toMatchObject({ status: 200, content: 'hello', redirected: true, url: `${base}/text` })
    expect((await ask({ url: `${base}/away`, method: 'POST', status_code: [302] })).result.fields).toMatchObject({ status: 302, redirected: false })
    expect((await ask({ url: `${base}/away`, method: 'POST', follow_redirects: 'all' })).result.fields).toMatchObject({ status: 200, redirected: true })
    expect((await ask({ url: `${base}/away`, follow_redirects: 'yes' })).result.fields).toMatchObject({ status: 200, deprecations: [{ msg: "Using 'yes' or 'no' for 'follow_redirects' parameter is deprecated.", version: '2.22' }] })
  })

  it('logs in when it is asked to', async () => {
    expect((await ask({ url: `${base}/secret` })).result.fields).toMatchObject({ status: 401 })
    expect((await ask({ url: `${base}/secret`, url_username: 'u', url_password: 'p' })).result.fields).toMatchObject({ status: 200 })
  })

  it('logs in by digest', async () => {
    expect((await ask({ url: `${base}/digest`, user: 'u', password: 'p' })).result).toMatchObject({ fields: { status: 200 } })
    expect((await ask({ url: `${base}/digest`, user: 'u', password: 'x', status_code: 401 })).result).toMatchObject({ fields: { status: 401 } })
  })

  it('asks a proxy that the environment names', async () => {
    const proxies = `http_proxy=${base}\nno_proxy=kept.example\n`
    expect((await ask({ url: 'http://far.example/by-proxy', return_content: true }, {}, proxies)).result).toMatchObject({ fields: { content: 'http://far.example/by-proxy' } })
    expect((await ask({ url: `${base}/text`, use_proxy: false }, {}, 'http_proxy=http://nowhere.invalid\n')).result).toMatchObject({ fields: { status: 200 } })
  })

  it('tells a location as a whole address', async () => {
    expect((await ask({ url: `${base}/away`, follow_redirects: 'none', status_code: 302 })).result).toMatchObject({ fields: { location: `${base}/text`, body: '' } })
  })

  it('unpacks what is packed', async () => {
    expect((await ask({ url: `${base}/packed`, return_content: true })).result.fields).toMatchObject({ content: 'packed' })
  })

  it('saves into a folder, once', async () => {
    const { result, remote, again } = await ask({ url: `${base}/text`, dest: '/srv', mode: '0600' })
    expect(result).toMatchObject({ changed: true, fields: { path: '/srv/text' } })
    expect(remote.files.nodes.get('/srv/text')).toMatchObject({ mode: 0o600, content: Buffer.from('hello') })
    expect((await again()).changed).toBe(false)
  })

  it('leaves what is not newer as it is, but for its permissions', async () => {
    const { remote, again } = await ask({ url: `${base}/same`, dest: '/srv/same', mode: '0600', status_code: [200, 304] })
    expect(await again()).toMatchObject({ changed: false, fields: { status: 304, path: '/srv/same', mode: '0600' } })
    await remote.setAttributes('/srv/same', { mode: 0o644 })
    expect(await again()).toMatchObject({ changed: true, fields: { status: 304, mode: '0600' } })
    expect(remote.files.nodes.get('/srv/same')).toMatchObject({ mode: 0o600, content: Buffer.from('same') })
  })

  it('gives up a server that does not answer', async () => {
    const { result } = await ask({ url: `${base}/never`, timeout: 1 })
    expect(result).toMatchObject({ failed: true, msg: 'Status code was -1 and not [200]: Request failed: timed out', fields: { status: -1 } })
  })

  it('tells that nothing listens', async () => {
    const { result } = await ask({ url: 'http://127.0.0.1:1/' })
    expect(result).toMatchObject({ failed: true, fields: { status: -1 } })
    expect(result.msg).toContain('ECONNREFUSED')
  })
})

interface Asked { readonly result: ModuleResult, readonly remote: FakeRemote, readonly again: () => Promise<ModuleResult> }

async function ask(args: JsonObject, files: Readonly<Record<string, string>> = {}, proxies = ''): Promise<Asked> {
  const connection = await connectLocal({ kind: 'local', host: 'localhost', hostKeyChecking: true, timeout: 5 })
  const remote = new FakeRemote({ files: { '/srv': { type: 'directory' } }, probes: { netrc: {}, proxies: { stdout: proxies } } })
  remote.dial = (target?: Parameters<typeof connection.dial>[0]) => connection.dial(target ?? { kind: 'socket', path: '/nowhere' })
  const controller = fakeController({ files })
  const coerced = coerceArguments(uri, new Map(Object.entries(args).map(([name, value]): [string, Value] => [name, fromJson(value)])))
  if (coerced.kind === 'invalid') throw new Error(JSON.stringify(coerced.problems))
  const run = () => (uri as ActionModule<never>).run(coerced.args as never, { remote, controller })
  return { result: await run(), remote, again: run }
}

const PAGES: Readonly<Record<string, (request: IncomingMessage, response: ServerResponse) => void>> = {
  '/text': (_, response) => { response.writeHead(200, { 'content-type': 'text/plain', 'content-length': '5', 'set-cookie': ['a=1; Path=/', 'b=2'] }).end('hello') },
  '/same': ({ headers }, response) => { response.writeHead(headers['if-modified-since'] === undefined ? 200 : 304).end(headers['if-modified-since'] === undefined ? 'same' : undefined) },
  '/away': (_, response) => { response.writeHead(302, { location: '/text' }).end() },
  '/packed': (_, response) => { response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('packed')) },
  '/never': () => undefined,
  'http://far.example/by-proxy': ({ url }, response) => { response.end(url) },
  // RFC 2617 without qop: MD5(MD5(u:x:p):n:MD5(GET:/digest)).
  '/digest': ({ headers }, response) => {
    const md5 = (text: string): string => createHash('md5').update(text).digest('hex')
    const isRight = headers.authorization?.includes(`response="${md5(`${md5('u:x:p')}:n:${md5('GET:/digest')}`)}"`) ?? false
    response.writeHead(isRight ? 200 : 401, { 'www-authenticate': 'Digest realm="x", nonce="n", opaque="o"' }).end()
  },
  '/secret': ({ headers }, response) => {
    const isRight = headers.authorization === `Basic ${Buffer.from('u:p').toString('base64')}`
    response.writeHead(isRight ? 200 : 401, { 'www-authenticate': 'Basic realm="x"' }).end()
  },
  '/echo': (request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
      const said = { method: request.method, type: request.headers['content-type'], body: Buffer.concat(chunks).toString('utf8') }
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(said))
    })
  },
}

function answer(request: IncomingMessage, response: ServerResponse): void {
  const page = PAGES[request.url ?? '']
  if (page === undefined) response.writeHead(404).end('no')
  else page(request, response)
}
