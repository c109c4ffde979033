import type { JsonObject } from '../../../value/value.ts'
import { requirePem, writePem } from '../asn1/pem.ts'
import { bitStringBytes, child, DerError, readAll, readDer, readOid } from '../asn1/read-der.ts'
import { bitString, der, integer, oid, sequence, setOf } from '../asn1/write-der.ts'
import { orderedName, readName, writeName, type NameAttribute } from './distinguished-name.ts'
import { findExtension, readExtensions, writeExtensions, type Extension } from './extension.ts'
import { extensionInfo, readNameConstraints } from './extension-info.ts'
import type { NameEncoding } from './general-name.ts'
import { publicKeyInfo, publicKeyPem, type PublicKeyBytes } from './public-key.ts'
import { isSignedBy, type Signed } from './signature.ts'

/** A certificate signing request. */
export interface Request extends Signed {
  readonly subject: readonly NameAttribute[]
  /** The subject as it stands. */
  readonly subjectBytes: Buffer
  readonly publicKey: PublicKeyBytes
  readonly extensions: readonly Extension[]
}

const EXTENSION_REQUESTS: ReadonlySet<string> = new Set(['1.2.840.113549.1.9.14', '1.3.6.1.4.1.311.2.1.14'])

/** Throws a `DerError` for what is none. */
export function readRequest(text: string): Request {
  const whole = readDer(requirePem(text, { name: 'CSR', labels: ['CERTIFICATE REQUEST', 'NEW CERTIFICATE REQUEST'] }))
  const data = child(whole, 0)
  return { data: data.whole, algorithm: child(whole, 1), signature: bitStringBytes(child(whole, 2)), ...readContent(data.whole) }
}

function readContent(data: Buffer): Pick<Request, 'subject' | 'subjectBytes' | 'publicKey' | 'extensions'> {
  const [, subject, publicKey, attributes] = readAll(readDer(data))
  if (subject === undefined || publicKey === undefined) throw new DerError('there is no subject or no key in it')
  const asked = attributes === undefined ? undefined : readAll(attributes).find((attribute) => EXTENSION_REQUESTS.has(readOid(child(attribute, 0))))
  return { subject: readName(subject), subjectBytes: subject.whole, publicKey: publicKey.whole, extensions: asked === undefined ? [] : readExtensions(child(child(asked, 1), 0)) }
}

/** What is signed of a request. */
export function requestData({ subject, publicKey, extensions }: Pick<Request, 'subject' | 'publicKey' | 'extensions'>): Buffer {
  const attributes = extensions.length === 0 ? [] : [sequence(oid('1.2.840.113549.1.9.14'), setOf(writeExtensions(extensions)))]
  return sequence(integer(0), writeName(subject), publicKey, der(0xa0, ...attributes))
}

/** PEM of something that was signed. */
export function signedPem(label: string, parts: { readonly data: Buffer, readonly identifier: Buffer, readonly signature: Buffer }): string {
  return writePem(label, sequence(parts.data, parts.identifier, bitString(parts.signature)))
}

export function isRequestSigned(request: Request): boolean {
  return isSignedBy(request.publicKey, request)
}

/** What results tell of a request, besides whether it is signed well. */
export function requestInfo({ subject, publicKey, extensions }: Pick<Request, 'subject' | 'publicKey' | 'extensions'>, encoding: NameEncoding = 'ignore'): JsonObject {
  const constraints = findExtension(extensions, 'nameConstraints')
  const { permitted, excluded } = constraints === undefined ? { permitted: null, excluded: null } : readNameConstraints(constraints.value, encoding)
  const key = publicKeyInfo(publicKey)
  const ordered = orderedName(subject)
  return {
    subject: Object.fromEntries(ordered), subject_ordered: ordered,
    ...extensionInfo(extensions, encoding),
    name_constraints_permitted: permitted, name_constraints_excluded: excluded, name_constraints_critical: constraints?.critical ?? false,
    public_key: publicKeyPem(publicKey), public_key_type: key.type, public_key_data: key.public_data, public_key_fingerprints: key.fingerprints,
  }
}
