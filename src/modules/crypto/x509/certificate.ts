import { longName } from '../asn1/oid-names.ts'
import { requirePem } from '../asn1/pem.ts'
import { bitStringBytes, child, DerError, readAll, readDer, readInteger, readOid, readTime, type DerValue } from '../asn1/read-der.ts'
import { der, integer, sequence, time } from '../asn1/write-der.ts'
import type { JsonObject } from '../../../value/value.ts'
import { fingerprintsOf } from '../fingerprints.ts'
import { orderedName, readName, type NameAttribute } from './distinguished-name.ts'
import { findExtension, readExtensions, writeExtensions, type Extension } from './extension.ts'
import { extensionInfo } from './extension-info.ts'
import type { NameEncoding } from './general-name.ts'
import { integerJson, timeText } from './numbers.ts'
import { publicKeyInfo, publicKeyPem, type PublicKeyBytes } from './public-key.ts'
import type { Signed } from './signature.ts'

/** What a certificate says. */
export interface CertificateContent {
  readonly version: number
  readonly serial: bigint
  readonly issuer: readonly NameAttribute[]
  readonly issuerBytes: Buffer
  readonly subject: readonly NameAttribute[]
  readonly subjectBytes: Buffer
  readonly notBefore: Date
  readonly notAfter: Date
  readonly publicKey: PublicKeyBytes
  readonly extensions: readonly Extension[]
}

export interface Certificate extends CertificateContent, Signed {
  readonly whole: Buffer
}

/** Reads the first certificate of PEM; throws a `DerError` for what is none. */
export function readCertificate(text: string): Certificate {
  return readCertificateBytes(requirePem(text, { name: 'certificate', labels: ['CERTIFICATE', 'X509 CERTIFICATE', 'TRUSTED CERTIFICATE'] }))
}

export function readCertificateBytes(bytes: Buffer): Certificate {
  const whole = readDer(bytes)
  const data = child(whole, 0)
  return { whole: whole.whole, data: data.whole, algorithm: child(whole, 1), signature: bitStringBytes(child(whole, 2)), ...readContent(data.whole) }
}

const VERSION = 0xa0
const EXTENSIONS = 0xa3

function readContent(data: Buffer): CertificateContent {
  const parts = readAll(readDer(data))
  const [version] = parts
  const body = version?.tag === VERSION ? parts.slice(1) : parts
  const part = (index: number): DerValue => body[index] ?? missing()
  const [serial, issuer, validity, subject, publicKey] = [part(0), part(2), part(3), part(4), part(5)]
  const extensions = body.slice(6).find(({ tag }) => tag === EXTENSIONS)
  return {
    version: version?.tag === VERSION ? Number(readInteger(child(version, 0))) + 1 : 1,
    serial: readInteger(serial),
    issuer: readName(issuer), issuerBytes: issuer.whole, subject: readName(subject), subjectBytes: subject.whole,
    notBefore: readTime(child(validity, 0)), notAfter: readTime(child(validity, 1)),
    publicKey: publicKey.whole,
    extensions: extensions === undefined ? [] : readExtensions(child(extensions, 0)),
  }
}

function missing(): never {
  throw new DerError('parts of the certificate are missing')
}

/** What is signed of a certificate, of version 3. */
export function certificateData({ serial, issuerBytes, subjectBytes, notBefore, notAfter, publicKey, extensions }: CertificateContent, identifier: Buffer): Buffer {
  const said = extensions.length === 0 ? [] : [der(EXTENSIONS, writeExtensions(extensions))]
  return sequence(der(VERSION, integer(2)), integer(serial), identifier, issuerBytes, sequence(time(notBefore), time(notAfter)), subjectBytes, publicKey, ...said)
}

/** What results tell of a certificate's content. */
export function certificateInfo(content: CertificateContent, { now, encoding = 'ignore' }: { readonly now: Date, readonly encoding?: NameEncoding }): JsonObject {
  const [subject, issuer, key] = [orderedName(content.subject), orderedName(content.issuer), publicKeyInfo(content.publicKey)]
  return {
    subject: Object.fromEntries(subject), subject_ordered: subject, issuer: Object.fromEntries(issuer), issuer_ordered: issuer,
    version: content.version,
    ...extensionInfo(content.extensions, encoding),
    not_before: timeText(content.notBefore), not_after: timeText(content.notAfter), expired: content.notAfter.getTime() < now.getTime(),
    public_key: publicKeyPem(content.publicKey), public_key_type: key.type, public_key_data: key.public_data, public_key_fingerprints: key.fingerprints,
    serial_number: integerJson(content.serial),
    ocsp_uri: accessUri(content.extensions, '1.3.6.1.5.5.7.48.1'), issuer_uri: accessUri(content.extensions, '1.3.6.1.5.5.7.48.2'),
  }
}

/** What results tell of a certificate as a whole. */
export function signedInfo({ whole, algorithm }: Certificate): JsonObject {
  return { signature_algorithm: longName(readOid(child(algorithm, 0))), fingerprints: fingerprintsOf(whole) }
}

const URI = 0x86

function accessUri(extensions: readonly Extension[], method: string): string | null {
  const access = findExtension(extensions, 'authorityInformation')
  const found = access === undefined ? undefined : readAll(readDer(access.value)).find((one) => readOid(child(one, 0)) === method && child(one, 1).tag === URI)
  return found === undefined ? null : child(found, 1).content.toString('latin1')
}
