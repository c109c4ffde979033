import { createHash, randomBytes } from 'node:crypto'

export interface DigestRequest {
  readonly method: string
  readonly url: URL
  readonly user: string
  readonly password: string
}

const ALGORITHMS: Readonly<Record<string, string>> = { MD5: 'md5', SHA: 'sha1', 'SHA-256': 'sha256' }

/** The Authorization header that answers a server's `WWW-Authenticate: Digest ...`; undefined where it asks for something else. */
export function digestAuthorization(challenge: string, { method, url, user, password }: DigestRequest): string | undefined {
  const asked = fieldsOf(challenge)
  const algorithm = ALGORITHMS[(asked.get('algorithm') ?? 'MD5').toUpperCase()]
  const [realm = '', nonce = ''] = [asked.get('realm'), asked.get('nonce')]
  if (!/^digest\b/i.test(challenge) || algorithm === undefined || nonce === '') return undefined
  const hash = (...parts: readonly string[]): string => createHash(algorithm).update(parts.join(':')).digest('hex')
  const [uri, client, count] = [`${url.pathname}${url.search}`, randomBytes(8).toString('hex'), '00000001']
  const [secret, place] = [hash(user, realm, password), hash(method, uri)]
  const isCounted = /(?:^|,)\s*auth\s*(?:,|$)/.test(asked.get('qop') ?? '')
  const response = isCounted ? hash(secret, nonce, count, client, 'auth', place) : hash(secret, nonce, place)
  const fields = [`Digest username="${user}", realm="${realm}", nonce="${nonce}", uri="${uri}", response="${response}"`, ...repeated(asked)]
  return [...fields, ...isCounted ? [`qop=auth, nc=${count}, cnonce="${client}"`] : []].join(', ')
}

function repeated(asked: ReadonlyMap<string, string>): readonly string[] {
  const [opaque, algorithm] = [asked.get('opaque'), asked.get('algorithm')]
  return [...opaque === undefined ? [] : [`opaque="${opaque}"`], ...algorithm === undefined ? [] : [`algorithm=${algorithm}`]]
}

function fieldsOf(challenge: string): ReadonlyMap<string, string> {
  return new Map([...challenge.matchAll(/([\w-]+)=(?:"([^"]*)"|([^\s,]+))/g)].map(([, name = '', quoted, plain]) => [name.toLowerCase(), quoted ?? plain ?? '']))
}
