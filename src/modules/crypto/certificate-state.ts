import type { Remote } from '../../remote/remote.ts'
import type { JsonObject } from '../../value/value.ts'
import { isPem } from './asn1/pem.ts'
import { certificateMatches } from './certificate-matches.ts'
import { newContent, readParts } from './certificate-parts.ts'
import { parsedIfCan } from './parse-failure.ts'
import { shortened } from './request-state.ts'
import type { SeenParts } from './seen-certificate.ts'
import { validity, type WantedCertificate } from './wanted-certificate.ts'
import { certificateData, certificateInfo, readCertificate, signedInfo, type Certificate } from './x509/certificate.ts'
import { integerJson, timeText } from './x509/numbers.ts'
import { signedPem } from './x509/request.ts'
import { sign } from './x509/sign.ts'
import { signatureAlgorithm } from './x509/signature.ts'

/** A certificate that is there, if one is, and what it is to be made of. */
export interface SeenCertificate {
  readonly text: string | undefined
  readonly parts: SeenParts
}

/** Whether the certificate may stay as it is. Throws where a part that it depends on is missing. */
export function isCertificateRight(wanted: WantedCertificate, { text, parts }: SeenCertificate): boolean {
  const found = certificateIn(text)
  if (found === undefined && isOpen(parts)) return false
  const read = readParts(parts)
  signatureAlgorithm(read.signer, wanted.digest)
  return found !== undefined && certificateMatches(wanted, found, read)
}

/** Whether an earlier task of check mode would change a part: a certificate that is not there is made whatever it is. */
function isOpen({ request, key, authority }: SeenParts): boolean {
  return [request, key, authority?.certificate, authority?.key].some((part) => part?.kind === 'unknown')
}

function certificateIn(text = ''): Certificate | undefined {
  return isPem(text) ? parsedIfCan(() => readCertificate(text)) : undefined
}

interface Signing {
  readonly parts: SeenParts
  /** Files that check mode cannot tell then. */
  readonly paths: readonly string[]
}

/** A new certificate of PEM, signed by the key or by the CA. */
export async function newCertificateText(wanted: WantedCertificate, { parts, paths }: Signing, remote: Remote): Promise<string> {
  const read = readParts(parts)
  const { identifier, digest } = signatureAlgorithm(read.signer, wanted.digest)
  const data = certificateData(newContent(wanted, read), identifier)
  const key = wanted.authority?.key ?? wanted.key ?? { path: undefined, content: '', passphrase: undefined }
  return signedPem('CERTIFICATE', { data, identifier, signature: await sign({ data, digest, key, paths }, remote) })
}

/** What results tell of a certificate, be it one that is only wanted. */
export function certificateFields(wanted: WantedCertificate, { text, parts }: SeenCertificate): JsonObject {
  const found = certificateIn(text)
  const { notBefore, notAfter } = found ?? validity(wanted, new Date(parts.now))
  return { ...pathFields(wanted), notBefore: timeText(notBefore), notAfter: timeText(notAfter), serial_number: integerJson(found?.serial ?? wanted.serial) }
}

function pathFields({ key, request, authority }: WantedCertificate): JsonObject {
  return {
    privatekey: key?.path ?? null, csr: request?.path ?? null,
    ...authority === undefined ? {} : { ca_cert: authority.certificate.path ?? null, ca_privatekey: authority.key.path ?? null },
  }
}

/** What a diff says of the certificate that is there; undefined where none is. */
export function shownBefore({ text, parts }: SeenCertificate): JsonObject | undefined {
  if (text === undefined) return undefined
  const found = certificateIn(text)
  if (found === undefined) return { can_parse_certificate: false }
  const info = { ...certificateInfo(found, { now: new Date(parts.now) }), ...signedInfo(found) }
  return { ...info, public_key_fingerprints: shortened(info.public_key_fingerprints), fingerprints: shortened(info.fingerprints), can_parse_certificate: true }
}

/** What it says of a new one; its signature and what depends on it are left out. */
export function shownAfter(wanted: WantedCertificate, parts: SeenParts): JsonObject | undefined {
  return parsedIfCan(() => {
    const { public_key_fingerprints: fingerprints, ...info } = certificateInfo(newContent(wanted, readParts(parts)), { now: new Date(parts.now) })
    return { ...info, public_key_fingerprints: shortened(fingerprints), can_parse_certificate: true }
  })
}
