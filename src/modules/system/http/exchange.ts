import type * as Http from 'node:http'
import { createRequire } from 'node:module'
import type { ClientRequest, IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { ConnectionOptions } from 'node:tls'
import { gunzipSync, inflateSync } from 'node:zlib'
import type { Remote } from '../../../remote/remote.ts'

export interface HttpRequest {
  readonly url: URL
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array | undefined
  /** Seconds. */
  readonly timeout: number
  readonly unixSocket: string | undefined
  /** Asked instead of the server itself, or for a tunnel to it. */
  readonly proxy?: URL | undefined
  /** Whether packed content is unpacked; on unless off. */
  readonly decompress?: boolean
  readonly tls: Pick<ConnectionOptions, 'rejectUnauthorized' | 'ca' | 'cert' | 'key' | 'ciphers'>
}

export interface HttpAnswer {
  readonly url: URL
  readonly status: number
  readonly reason: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>
  readonly body: Buffer
}

/** No answer came: nothing listens, a name is unknown, a certificate is not trusted, time was over. */
export class HttpProblem extends Error {
  readonly kind = 'http'
}

/** One request and its answer, over a stream that is opened from the host. */
export async function exchange(request: HttpRequest, remote: Remote): Promise<HttpAnswer> {
  const stream = await openStream(request, remote)
  try {
    return await within(request.timeout, send(request, stream))
  } finally {
    stream.destroy()
  }
}

async function openStream({ url, unixSocket, timeout, tls, proxy }: HttpRequest, remote: Remote): Promise<Duplex> {
  const host = hostOf(url)
  const dialled = remote.dial(unixSocket === undefined ? { kind: 'tcp', host: hostOf(proxy ?? url), port: portOf(proxy ?? url) } : { kind: 'socket', path: unixSocket })
  const opened = await within(timeout, dialled)
  const stream = proxy !== undefined && url.protocol === 'https:' ? await within(timeout, tunnel(opened, url, proxy)) : opened
  return url.protocol === 'https:' ? within(timeout, secured(stream, { host, ...tls })) : stream
}

function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '')
}

function portOf(url: URL): number {
  return Number(url.port || (url.protocol === 'https:' ? 443 : 80))
}

/** A stream to the server, which the proxy passes on. */
async function tunnel(stream: Duplex, url: URL, proxy: URL): Promise<Duplex> {
  const { request: start } = http()
  const place = `${url.hostname}:${portOf(url)}`
  return new Promise((resolve, reject) => {
    const outgoing = start({ method: 'CONNECT', path: place, host: proxy.hostname, createConnection: () => stream, headers: { host: place, ...proxyLogin(proxy) } })
    outgoing.once('error', reject).once('connect', ({ statusCode = 0, statusMessage = '' }) => {
      if (statusCode === 200) resolve(stream)
      else reject(new HttpProblem(`Tunnel connection failed: ${statusCode} ${statusMessage}`))
    })
    outgoing.end()
  })
}

function proxyLogin({ username, password }: URL): Readonly<Record<string, string>> {
  if (username === '') return {}
  return { 'proxy-authorization': `Basic ${Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')}` }
}

async function secured(socket: Duplex, { host, ...options }: ConnectionOptions & { readonly host: string }): Promise<Duplex> {
  const [{ connect }, { isIP }] = await Promise.all([import('node:tls'), import('node:net')])
  return new Promise((resolve, reject) => {
    const secure = connect({ ...options, socket, ...isIP(host) === 0 ? { servername: host } : {} })
    secure.once('secureConnect', () => { resolve(secure) }).once('error', (error: NodeJS.ErrnoException) => { reject(certificateProblem(host, error)) })
  })
}

function certificateProblem(host: string, error: NodeJS.ErrnoException): Error {
  if (!/CERT|SIGNATURE|ISSUER/.test(error.code ?? '')) return error
  return new HttpProblem(`Failed to validate the SSL certificate for ${host}: certificate verify failed (${error.message})`, { cause: error })
}

async function send(request: HttpRequest, stream: Duplex): Promise<HttpAnswer> {
  const { request: start } = http()
  const { url, method, headers, body, proxy } = request
  const isForwarded = proxy !== undefined && url.protocol === 'http:'
  return new Promise((resolve, reject) => {
    const outgoing: ClientRequest = start({
      method, path: isForwarded ? `${url.origin}${url.pathname}${url.search}` : `${url.pathname}${url.search}`, host: url.hostname, createConnection: () => stream,
      headers: { host: url.host, connection: 'close', 'accept-encoding': 'identity', ...isForwarded ? proxyLogin(proxy) : {}, ...headers, ...body === undefined ? {} : { 'content-length': String(body.length) } },
    })
    outgoing.once('error', reject).once('response', (incoming) => { collect(incoming, request).then(resolve, reject) })
    outgoing.end(body)
  })
}

async function collect(incoming: IncomingMessage, { url, decompress = true }: HttpRequest): Promise<HttpAnswer> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  const headers = Object.fromEntries(Object.entries(incoming.headers).flatMap(([name, value]) => value === undefined ? [] : [[name, value] as const]))
  const sent = Buffer.concat(chunks)
  const body = decompress ? decoded(sent, incoming.headers['content-encoding']) : sent
  return { url, status: incoming.statusCode ?? 0, reason: incoming.statusMessage ?? '', headers, body }
}

function decoded(body: Buffer, encoding: string | undefined): Buffer {
  if (body.length === 0) return body
  if (encoding === 'gzip') return gunzipSync(body)
  return encoding === 'deflate' ? inflateSync(body) : body
}

async function within<T>(seconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => { timer = setTimeout(() => { reject(new HttpProblem('timed out')) }, seconds * 1000) })
  try {
    return await Promise.race([work, late])
  } catch (error) {
    if (error instanceof HttpProblem || !isProblem(error)) throw error
    throw new HttpProblem(error.message, { cause: error })
  } finally {
    clearTimeout(timer)
  }
}

// A lost connection to the host itself is not the server's doing.
function isProblem(error: unknown): error is Error {
  return error instanceof Error && !('kind' in error && error.kind === 'lost')
}

/** Loaded when it is needed; not by `import()`, which code that was kept from an earlier start cannot do. */
function http(): typeof Http {
  return createRequire(import.meta.url)('node:http') as typeof Http
}
