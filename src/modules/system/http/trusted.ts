import type { Remote } from '../../../remote/remote.ts'
import { exchange, HttpProblem, type HttpAnswer, type HttpRequest } from './exchange.ts'

/**
 * An exchange that trusts whom the host trusts. The authorities that Node knows are tried first: those of the host are a file of 200 kB
 * that has to be read, and matter only for certificates of one's own.
 */
export async function trustedExchange(request: HttpRequest, remote: Remote): Promise<HttpAnswer> {
  try {
    return await exchange(request, remote)
  } catch (error) {
    const ca = isUntrusted(request, error) ? await authoritiesOf(remote) : undefined
    if (ca === undefined) throw error
    return exchange({ ...request, tls: { ...request.tls, ca } }, remote)
  }
}

const UNTRUSTED = new Set(['SELF_SIGNED_CERT_IN_CHAIN', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'UNABLE_TO_GET_ISSUER_CERT', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'])

function isUntrusted({ tls }: HttpRequest, error: unknown): boolean {
  if (tls.ca !== undefined || tls.rejectUnauthorized === false || !(error instanceof HttpProblem)) return false
  const { cause } = error
  return cause instanceof Error && 'code' in cause && UNTRUSTED.has(String(cause.code))
}

/** Debian and Alpine, Red Hat, SUSE, others. */
const STORES = ['/etc/ssl/certs/ca-certificates.crt', '/etc/pki/tls/certs/ca-bundle.crt', '/etc/ssl/ca-bundle.pem', '/etc/ssl/cert.pem']

async function authoritiesOf(remote: Remote): Promise<Buffer | undefined> {
  const found = await Promise.all(STORES.map((path) => remote.stat(path)))
  const store = STORES.find((_, index) => found[index] !== undefined)
  return store === undefined ? undefined : remote.readFile(store)
}
