import type { Remote } from '../../remote/remote.ts'
import type { JsonObject } from '../../value/value.ts'
import { isPem } from './asn1/pem.ts'
import { parsedIfCan } from './parse-failure.ts'
import { requestMatches } from './request-matches.ts'
import { extensionsFor, type WantedRequest } from './wanted-request.ts'
import { publicPart, type SeenKey } from './x509/key-source.ts'
import { readRequest, requestData, requestInfo, signedPem, type Request } from './x509/request.ts'
import { sign } from './x509/sign.ts'
import { signatureAlgorithm } from './x509/signature.ts'

/** A request that is there, if one is, and the key that it is to be for. */
export interface SeenRequest {
  readonly text: string | undefined
  readonly key: SeenKey
}

/** Whether the request may stay as it is. Throws where that depends on a key that cannot be read. */
export function isRequestRight(wanted: WantedRequest, { text = '', key }: SeenRequest): boolean {
  const found = isPem(text) ? parsedIfCan(() => readRequest(text)) : undefined
  if (found !== undefined) return requestMatches(wanted, found, publicPart(key))
  // It is made anew whatever the key is, but one that signs there has to be.
  if (key.kind !== 'unknown') signatureAlgorithm(publicPart(key), wanted.digest)
  return false
}

interface Making {
  readonly key: SeenKey
  /** Files that check mode cannot tell then. */
  readonly paths: readonly string[]
}

/** A new request of PEM, signed by the key. */
export async function newRequestText(wanted: WantedRequest, { key, paths }: Making, remote: Remote): Promise<string> {
  const content = newContent(wanted, key)
  const { identifier, digest } = signatureAlgorithm(content.publicKey, wanted.digest)
  const data = requestData(content)
  return signedPem('CERTIFICATE REQUEST', { data, identifier, signature: await sign({ data, digest, key: wanted.key, paths }, remote) })
}

function newContent(wanted: WantedRequest, key: SeenKey): Pick<Request, 'subject' | 'publicKey' | 'extensions'> {
  const publicKey = publicPart(key)
  return { subject: wanted.subject, publicKey, extensions: extensionsFor(wanted, publicKey) }
}

/** What a diff says of a request: of the one that is there, or of a new one. */
export function requestShown(text: string | undefined, made?: { readonly wanted: WantedRequest, readonly key: SeenKey }): JsonObject {
  const content = made === undefined ? readRequest(text ?? '') : newContent(made.wanted, made.key)
  const { public_key_fingerprints: fingerprints, ...info } = requestInfo(content)
  return { ...info, public_key_fingerprints: shortened(fingerprints), can_parse_csr: true }
}

/** The hash that most know. */
export function shortened(fingerprints: JsonObject[string] | undefined): JsonObject {
  const { sha256 = null } = fingerprints as JsonObject
  return { sha256 }
}
