import type { Json, JsonObject } from '../../../value/value.ts'
import { longName } from '../asn1/oid-names.ts'
import { readAll, readDer, readInteger, readOid, type DerValue } from '../asn1/read-der.ts'
import { hexText, integerJson } from './numbers.ts'
import { findExtension, type Extension, type EXTENSIONS } from './extension.ts'
import { readGeneralName, readGeneralNames, type NameEncoding } from './general-name.ts'
import { readKeyUsage } from './key-usage.ts'

/** What the extensions of a request or certificate say, as results tell it. */
export function extensionInfo(extensions: readonly Extension[], encoding: NameEncoding): JsonObject {
  const identifier = findExtension(extensions, 'subjectKeyIdentifier')
  return {
    ...told(extensions, 'keyUsage', { field: 'key_usage', read: readKeyUsage }),
    ...told(extensions, 'extendedKeyUsage', { field: 'extended_key_usage', read: (value) => readAll(readDer(value)).map((usage) => longName(readOid(usage))).sort() }),
    ...told(extensions, 'basicConstraints', { field: 'basic_constraints', read: constraintsText }),
    ...told(extensions, 'tlsFeature', { field: 'ocsp_must_staple', read: mustStaple }),
    ...told(extensions, 'subjectAltName', { field: 'subject_alt_name', read: (value) => readGeneralNames(readDer(value), encoding) }),
    subject_key_identifier: identifier === undefined ? null : hexText(readDer(identifier.value).content),
    ...authorityInfo(extensions, encoding),
    extensions_by_oid: Object.fromEntries(extensions.map(({ oid, critical, value }) => [oid, { critical, value: value.toString('base64') }])),
  }
}

interface Telling {
  readonly field: string
  readonly read: (value: Buffer) => Json
}

function told(extensions: readonly Extension[], name: keyof typeof EXTENSIONS, { field, read }: Telling): JsonObject {
  const found = findExtension(extensions, name)
  return { [field]: found === undefined ? null : read(found.value), [`${field}_critical`]: found?.critical ?? false }
}

export interface BasicConstraints {
  readonly ca: boolean
  readonly pathLength: number | null
}

function readConstraints(value: Buffer): BasicConstraints {
  const parts = readAll(readDer(value))
  const length = parts.find(({ tag }) => tag === 0x02)
  return { ca: parts.some(({ tag, content }) => tag === 0x01 && content[0] !== 0), pathLength: length === undefined ? null : Number(readInteger(length)) }
}

function constraintsText(value: Buffer): readonly string[] {
  const { ca, pathLength } = readConstraints(value)
  return [`CA:${ca ? 'TRUE' : 'FALSE'}`, ...pathLength === null ? [] : [`pathlen:${pathLength}`]]
}

/** Whether status_request is among the TLS features. */
export function mustStaple(value: Buffer): boolean {
  return readAll(readDer(value)).some((feature) => readInteger(feature) === 5n)
}

export interface AuthorityIdentifier {
  readonly key: Buffer | null
  readonly issuer: readonly string[] | null
  readonly serial: bigint | null
}

function readAuthority(value: Buffer, encoding?: NameEncoding): AuthorityIdentifier {
  const parts = readAll(readDer(value))
  const part = (tag: number): DerValue | undefined => parts.find((one) => one.tag === tag)
  const [key, issuer, serial] = [part(0x80), part(0xa1), part(0x82)]
  return {
    key: key?.content ?? null,
    issuer: issuer === undefined ? null : readGeneralNames(issuer, encoding),
    serial: serial === undefined ? null : readInteger(serial),
  }
}

function authorityInfo(extensions: readonly Extension[], encoding: NameEncoding): JsonObject {
  const found = findExtension(extensions, 'authorityKeyIdentifier')
  const { key, issuer, serial } = found === undefined ? { key: null, issuer: null, serial: null } : readAuthority(found.value, encoding)
  return { authority_key_identifier: key === null ? null : hexText(key), authority_cert_issuer: issuer, authority_cert_serial_number: serial === null ? null : integerJson(serial) }
}

export interface NameConstraints {
  readonly permitted: readonly string[]
  readonly excluded: readonly string[]
}

export function readNameConstraints(value: Buffer, encoding?: NameEncoding): NameConstraints {
  const parts = readAll(readDer(value))
  const names = (tag: number): readonly string[] => {
    const subtrees = parts.filter((part) => part.tag === tag).flatMap((part) => readAll(part))
    return subtrees.flatMap((subtree) => readAll(subtree).slice(0, 1)).map((name) => readGeneralName(name, encoding))
  }
  return { permitted: names(0xa0), excluded: names(0xa1) }
}
