import { readAll, readOid, type DerValue } from '../asn1/read-der.ts'
import { booleanValue, octetString, oid, sequence } from '../asn1/write-der.ts'

/** An extension of a certificate, request or revocation list. */
export interface Extension {
  readonly oid: string
  readonly critical: boolean
  /** DER of what it says. */
  readonly value: Buffer
}

/** Identifiers of the extensions that are understood. */
export const EXTENSIONS = {
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  crlNumber: '2.5.29.20',
  reasonCode: '2.5.29.21',
  invalidityDate: '2.5.29.24',
  certificateIssuer: '2.5.29.29',
  nameConstraints: '2.5.29.30',
  crlDistributionPoints: '2.5.29.31',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  authorityInformation: '1.3.6.1.5.5.7.1.1',
  tlsFeature: '1.3.6.1.5.5.7.1.24',
} as const

const BOOLEAN = 0x01

export function readExtensions(value: Pick<DerValue, 'content'>): readonly Extension[] {
  return readAll(value).map((extension) => {
    const parts = readAll(extension)
    const [id, second] = parts
    const data = parts.at(-1)
    return { oid: id === undefined ? '' : readOid(id), critical: second?.tag === BOOLEAN && second.content[0] !== 0, value: data?.content ?? Buffer.alloc(0) }
  })
}

export function writeExtensions(extensions: readonly Extension[]): Buffer {
  return sequence(...extensions.map(({ oid: id, critical, value }) => sequence(oid(id), ...critical ? [booleanValue(true)] : [], octetString(value))))
}

export function findExtension(extensions: readonly Extension[], name: keyof typeof EXTENSIONS): Extension | undefined {
  return extensions.find(({ oid: id }) => id === EXTENSIONS[name])
}

export function withoutExtension(extensions: readonly Extension[], name: keyof typeof EXTENSIONS): readonly Extension[] {
  return extensions.filter(({ oid: id }) => id !== EXTENSIONS[name])
}
