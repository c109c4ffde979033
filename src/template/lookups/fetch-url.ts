import type * as FileSystem from 'node:fs'
import type * as Https from 'node:https'
import type * as Tls from 'node:tls'
import type { LoadModule } from './in-worker.ts'

export interface UrlRequest {
  readonly url: string
  readonly seconds: number
  readonly headers: Readonly<Record<string, string>>
  readonly agent: string
  readonly user: string | undefined
  readonly password: string | undefined
  readonly forceBasicAuth: boolean
  /** The file of logins to look into. */
  readonly netrc: string | undefined
  readonly noCache: boolean
  readonly validate: boolean
  /** `all`, `yes`, `safe`, `urllib2`, `none`, `no`. */
  readonly redirects: string
  readonly socket: string | undefined
  readonly ca: string | undefined
  readonly certificate: string | undefined
  readonly key: string | undefined
}

interface Login {
  readonly user: string
  readonly password: string
}

interface Answer {
  readonly status: number
  readonly reason: string
  readonly location: string | undefined
  readonly wantsLogin: boolean
  readonly text: string
}

/** Fetches a text. Runs in a thread of its own, hence all in one function that loads what it needs. */
export async function fetchUrl(request: UrlRequest, load: LoadModule): Promise<string> {
  const fs = load<typeof FileSystem>('node:fs')
  const contents = (path: string | undefined): string[] => path !== undefined && fs.existsSync(path) ? [fs.readFileSync(path, 'utf8')] : []

  function given(): Login | undefined {
    return request.user === undefined ? undefined : { user: request.user, password: request.password ?? '' }
  }

  function loginFor(host: string): Login | undefined {
    const [, user, password] = new RegExp(`machine\\s+${host.replaceAll('.', '\\.')}\\s+login\\s+(\\S+)\\s+password\\s+(\\S+)`).exec(contents(request.netrc).join('\n')) ?? []
    return user === undefined || password === undefined ? given() : { user, password }
  }

  function trusted(): string[] {
    if (request.ca !== undefined) return contents(request.ca)
    const { rootCertificates } = load<typeof Tls>('node:tls')
    return [...rootCertificates, ...['/etc/ssl/certs/ca-certificates.crt', '/etc/pki/tls/certs/ca-bundle.crt'].flatMap(contents)]
  }

  function optionsFor(sent: string | undefined): Https.RequestOptions {
    const headers = { 'user-agent': request.agent, ...request.noCache ? { 'cache-control': 'no-cache' } : {}, ...request.headers, ...sent === undefined ? {} : { authorization: sent } }
    const [cert] = contents(request.certificate)
    const [key] = contents(request.key ?? request.certificate)
    return {
      headers, timeout: request.seconds * 1000, rejectUnauthorized: request.validate, ca: trusted(),
      ...cert === undefined || key === undefined ? {} : { cert, key }, ...request.socket === undefined ? {} : { socketPath: request.socket },
    }
  }

  const failure = ({ code = '', message }: NodeJS.ErrnoException) => new Error(/CERT|SELF_SIGNED|UNABLE_TO|ALTNAME/.test(code)
    ? `Error validating the server's certificate for ${request.url}: ${message}`
    : `Failed lookup url for ${request.url} : ${message}`)

  const get = (url: URL, sent: string | undefined) => new Promise<Answer>((resolve, reject) => {
    const made = load<typeof Https>(url.protocol === 'https:' ? 'node:https' : 'node:http').get(url, optionsFor(sent), (response) => {
      const chunks: Buffer[] = []
      const { statusCode: status = 0, statusMessage: reason = '', headers } = response
      response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', reject)
      response.on('end', () => { resolve({ status, reason, location: headers.location, wantsLogin: headers['www-authenticate'] !== undefined, text: Buffer.concat(chunks).toString('utf8') }) })
    })
    made.on('timeout', () => { made.destroy(new Error('timed out')) }).on('error', (error) => { reject(failure(error)) })
  })

  async function ask(url: URL): Promise<Answer> {
    const login = loginFor(url.hostname)
    if (login === undefined) return get(url, undefined)
    const basic = `Basic ${Buffer.from(`${login.user}:${login.password}`).toString('base64')}`
    const answer = await get(url, request.forceBasicAuth || login.user !== request.user ? basic : undefined)
    return answer.status === 401 && answer.wantsLogin ? get(url, basic) : answer
  }

  const follows = !['none', 'no'].includes(request.redirects)
  let url = new URL(request.url)
  for (let turn = 0; turn < 10; turn++) {
    const { status, reason, location, text } = await ask(url)
    if (status >= 400) throw new Error(`Received HTTP error for ${request.url} : HTTP Error ${status}: ${reason}`)
    if (!follows || location === undefined || status < 300) return text
    url = new URL(location, url)
  }
  throw new Error(`Failed lookup url for ${request.url} : it redirects without end`)
}
