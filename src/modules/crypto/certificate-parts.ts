import { ModuleFailure } from '../../module/module.ts'
import { der, octetString, sequence } from './asn1/write-der.ts'
import { readDer } from './asn1/read-der.ts'
import { parsed } from './parse-failure.ts'
import { seenText, type SeenParts } from './seen-certificate.ts'
import { validity, type WantedCertificate } from './wanted-certificate.ts'
import { readCertificate, type Certificate, type CertificateContent } from './x509/certificate.ts'
import { EXTENSIONS, findExtension, withoutExtension, type Extension } from './x509/extension.ts'
import { publicPart } from './x509/key-source.ts'
import { keyIdentifier, keyObject, type PublicKeyBytes } from './x509/public-key.ts'
import { readRequest, type Request } from './x509/request.ts'

/** All that a certificate is made of, read. */
export interface Parts {
  /** Undefined: nothing is asked for but the key. */
  readonly request: Request | undefined
  /** The key that it is to be for, where that is told. */
  readonly key: PublicKeyBytes | undefined
  readonly authority: Certificate | undefined
  /** The key that signs. */
  readonly signer: PublicKeyBytes
  readonly now: Date
}

/** Throws where a part is not there, or is not what it should be. */
export function readParts({ request, key, authority, now }: SeenParts): Parts {
  const readRequestOf = request === undefined ? undefined : parsed(() => readRequest(seenText(request)))
  const readKey = key === undefined ? undefined : publicPart(key)
  const readAuthority = authority === undefined ? undefined : { certificate: parsed(() => readCertificate(seenText(authority.certificate))), key: publicPart(authority.key) }
  if (readAuthority !== undefined && !readAuthority.certificate.publicKey.equals(readAuthority.key)) throw new ModuleFailure('The CA private key does not belong to the CA certificate')
  const signer = readAuthority?.key ?? readKey
  if (signer === undefined) throw new ModuleFailure('There is no private key')
  return { request: readRequestOf, key: readKey, authority: readAuthority?.certificate, signer, now: new Date(now) }
}

const NOTHING_ASKED = { subject: [], subjectBytes: sequence(), extensions: [] }

/** What a new certificate says. */
export function newContent(wanted: WantedCertificate, parts: Parts): CertificateContent {
  const { request, key, authority, now } = parts
  const publicKey = wanted.provider === 'selfsigned' ? key : request?.publicKey
  if (publicKey === undefined) throw new ModuleFailure('csr_path or csr_content is required for ownca provider')
  const { subject, subjectBytes, extensions } = request ?? NOTHING_ASKED
  const issuer = authority ?? { subject, subjectBytes }
  return {
    version: 3, serial: wanted.serial, ...validity(wanted, now), publicKey, subject, subjectBytes, issuer: issuer.subject, issuerBytes: issuer.subjectBytes,
    extensions: newExtensions(wanted, { asked: extensions, publicKey, authority }),
  }
}

interface Asked {
  readonly asked: readonly Extension[]
  readonly publicKey: PublicKeyBytes
  readonly authority: Certificate | undefined
}

function newExtensions({ identifier, identifiesAuthority }: WantedCertificate, { asked, publicKey, authority }: Asked): readonly Extension[] {
  const ownIdentifier = identifier === 'always_create' ? withoutExtension(asked, 'subjectKeyIdentifier') : asked
  const kept = identifiesAuthority ? withoutExtension(ownIdentifier, 'authorityKeyIdentifier') : ownIdentifier
  const isIdentified = identifier === 'never_create' || findExtension(kept, 'subjectKeyIdentifier') !== undefined
  return [
    ...kept,
    ...isIdentified ? [] : [{ oid: EXTENSIONS.subjectKeyIdentifier, critical: false, value: octetString(keyIdentifier(publicKey)) }],
    ...identifiesAuthority && authority !== undefined ? [{ oid: EXTENSIONS.authorityKeyIdentifier, critical: false, value: authorityIdentifier(authority) }] : [],
  ]
}

/** What a certificate says of the key of the CA: its identifier, or its hash where it has none. */
export function authorityIdentifier({ extensions, publicKey }: Certificate): Buffer {
  const own = findExtension(extensions, 'subjectKeyIdentifier')
  return sequence(der(0x80, own === undefined ? keyIdentifier(publicKey) : readDer(own.value).content))
}

/** Whether two are the same key, however they are written. */
export function isSameKey(one: PublicKeyBytes, other: PublicKeyBytes): boolean {
  return one.equals(other) || keyObject(one).equals(keyObject(other))
}
