import { octetString } from './asn1/write-der.ts'
import { authorityIdentifier, isSameKey, type Parts } from './certificate-parts.ts'
import { validity, type WantedCertificate } from './wanted-certificate.ts'
import type { Certificate } from './x509/certificate.ts'
import { isSameName } from './x509/distinguished-name.ts'
import { findExtension, withoutExtension, type Extension } from './x509/extension.ts'
import { keyIdentifier } from './x509/public-key.ts'
import { isRequestSigned } from './x509/request.ts'
import { isSignedBy } from './x509/signature.ts'

/** Whether a certificate is what is wanted: for this key, as the request asks, by this CA. */
export function certificateMatches(wanted: WantedCertificate, found: Certificate, parts: Parts): boolean {
  return (parts.key === undefined || isSameKey(found.publicKey, parts.key))
    && isAsAsked(wanted, found, parts) && isIdentified(wanted, found, parts) && isInTime(wanted, found, parts)
    && isSignedBy(parts.signer, found) && isByAuthority(wanted, found, parts)
}

/** Without a request, one for the key alone stands in its place: no name, no extensions. */
function isAsAsked(wanted: WantedCertificate, found: Certificate, { request }: Parts): boolean {
  if (request !== undefined && !(isRequestSigned(request) && isSameKey(request.publicKey, found.publicKey))) return false
  const { subject, extensions } = request ?? { subject: [], extensions: [] }
  return isSameName(subject, found.subject) && hasSameExtensions(compared(extensions, wanted), compared(found.extensions, wanted))
}

function hasSameExtensions(asked: readonly Extension[], found: readonly Extension[]): boolean {
  return asked.length === found.length && found.every((one) => asked.some((other) => isSameExtension(one, other)))
}

/** Those that are made for a certificate are compared otherwise. */
function compared(extensions: readonly Extension[], { identifier, identifiesAuthority }: WantedCertificate): readonly Extension[] {
  const others = identifier === 'never_create' ? extensions : withoutExtension(extensions, 'subjectKeyIdentifier')
  return identifiesAuthority ? withoutExtension(others, 'authorityKeyIdentifier') : others
}

function isSameExtension(one: Extension, other: Extension): boolean {
  return one.oid === other.oid && one.critical === other.critical && one.value.equals(other.value)
}

function isIdentified({ identifier }: WantedCertificate, { extensions, publicKey }: Certificate, { request }: Parts): boolean {
  if (identifier === 'never_create') return true
  const asked = identifier === 'create_if_not_provided' ? findExtension(request?.extensions ?? [], 'subjectKeyIdentifier') : undefined
  return findExtension(extensions, 'subjectKeyIdentifier')?.value.equals(asked?.value ?? octetString(keyIdentifier(publicKey))) === true
}

function isInTime(wanted: WantedCertificate, found: Certificate, { now }: Parts): boolean {
  if (wanted.ignoresTimes) return true
  const { notBefore, notAfter } = validity(wanted, now)
  return found.notBefore.getTime() === notBefore.getTime() && found.notAfter.getTime() === notAfter.getTime()
}

function isByAuthority({ identifiesAuthority }: WantedCertificate, found: Certificate, { authority }: Parts): boolean {
  if (authority === undefined) return true
  const isNamed = isSameName(authority.subject, found.issuer)
  return isNamed && (!identifiesAuthority || findExtension(found.extensions, 'authorityKeyIdentifier')?.value.equals(authorityIdentifier(authority)) === true)
}
