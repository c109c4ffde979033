import type { Remote } from '../../../remote/remote.ts'
import { digestAuthorization } from './digest.ts'
import { HttpProblem, type HttpAnswer, type HttpRequest } from './exchange.ts'
import { proxyFor } from './proxy.ts'
import { trustedExchange } from './trusted.ts'

export interface FetchRequest extends HttpRequest {
  readonly user: string | undefined
  readonly password: string | undefined
  /** Send the password without being asked for it. */
  readonly forceBasic: boolean
  readonly follow: 'all' | 'safe' | 'none' | 'urllib2'
  /** Headers, in lower case, that no redirection takes along. */
  readonly unredirected?: readonly string[]
  /** Whether the environment may name a proxy. */
  readonly useProxy: boolean
}

export interface Fetched {
  readonly answer: HttpAnswer
  readonly redirected: boolean
}

const MOST_REDIRECTS = 10

/** Asks, logs in where it must, and follows redirections as far as it may. */
export async function fetchOver(request: FetchRequest, remote: Remote): Promise<Fetched> {
  let current = request.forceBasic ? withPassword(request) : request
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    const answer = await authenticated(await throughProxy(current, remote), remote)
    const next = redirection(current, answer)
    if (next === undefined) return { answer, redirected: redirects > 0 }
    current = next
  }
  throw new HttpProblem(`more than ${MOST_REDIRECTS} redirections`)
}

async function throughProxy(request: FetchRequest, remote: Remote): Promise<FetchRequest> {
  const proxy = request.useProxy && request.unixSocket === undefined ? await proxyFor(request.url, remote) : undefined
  return { ...request, proxy }
}

async function authenticated(request: FetchRequest, remote: Remote): Promise<HttpAnswer> {
  const answer = await trustedExchange(request, remote)
  const asked = String(answer.headers['www-authenticate'] ?? '')
  if (answer.status !== 401 || request.forceBasic || request.user === undefined || request.headers['authorization'] !== undefined) return answer
  if (/^basic\b/i.test(asked)) return trustedExchange(withPassword(request), remote)
  const authorization = digestAuthorization(asked, { ...request, user: request.user, password: request.password ?? '' })
  return authorization === undefined ? answer : trustedExchange({ ...request, headers: { ...withCookies(request.headers, answer), authorization } }, remote)
}

/** Servers may know by a cookie what they have asked. */
function withCookies(headers: FetchRequest['headers'], { headers: { 'set-cookie': given } }: HttpAnswer): FetchRequest['headers'] {
  if (given === undefined) return headers
  const pairs = (typeof given === 'string' ? [given] : given).map((line) => line.replace(/;.*/s, '').trim())
  return { ...headers, cookie: [headers['cookie'], ...pairs].filter((one) => one !== undefined).join('; ') }
}

function withPassword(request: FetchRequest): FetchRequest {
  if (request.user === undefined) return request
  const token = Buffer.from(`${request.user}:${request.password ?? ''}`).toString('base64')
  return { ...request, headers: { ...request.headers, authorization: `Basic ${token}` } }
}

function redirection(request: FetchRequest, { status, headers, url }: HttpAnswer): FetchRequest | undefined {
  const location = headers['location']
  if (![301, 302, 303, 307, 308].includes(status) || typeof location !== 'string' || !mayFollow(request, status)) return undefined
  const target = new URL(location, url)
  // A password is for the server that it was given for.
  const { authorization, ...others } = withoutHeaders(request.headers, request.unredirected ?? [])
  const kept = target.host === url.host && authorization !== undefined ? { ...others, authorization } : others
  if (!becomesGet(request, status)) return { ...request, url: target, headers: kept }
  const bare = Object.entries(kept).filter(([name]) => name !== 'content-type')
  return { ...request, url: target, method: 'GET', body: undefined, headers: Object.fromEntries(bare) }
}

function withoutHeaders(headers: FetchRequest['headers'], names: readonly string[]): FetchRequest['headers'] {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)))
}

function mayFollow({ follow, method }: FetchRequest, status: number): boolean {
  if (follow === 'all') return true
  const isSafe = method === 'GET' || method === 'HEAD'
  return follow === 'safe' ? isSafe : follow === 'urllib2' && (isSafe || (method === 'POST' && status <= 303))
}

/** As Python's own handler has it, everything; else as browsers do it. */
function becomesGet({ method, follow }: FetchRequest, status: number): boolean {
  if (follow === 'urllib2') return method !== 'GET'
  if (method === 'GET' || method === 'HEAD') return false
  return status === 303 || (method === 'POST' && (status === 301 || status === 302))
}
