import { ModuleFailure } from '../../module/module.ts'
import type { Json, JsonObject } from '../../value/value.ts'
import { oidOf } from './asn1/oid-names.ts'
import { booleanValue, der, integer, integerBytes, octetString, oid, sequence } from './asn1/write-der.ts'
import type { RequestArguments } from './request-arguments.ts'
import { writeDistributionPoints } from './x509/distribution-points.ts'
import { namedAttribute, writeName, type NameAttribute } from './x509/distinguished-name.ts'
import { EXTENSIONS, type Extension } from './x509/extension.ts'
import { writeGeneralName } from './x509/general-name.ts'
import type { KeySource } from './x509/key-source.ts'
import { writeKeyUsage } from './x509/key-usage.ts'
import { keyIdentifier, type PublicKeyBytes } from './x509/public-key.ts'
import type { Digest } from './x509/signature.ts'

/** What a task wants to have asked for. */
export interface WantedRequest {
  readonly subject: readonly NameAttribute[]
  readonly isOrdered: boolean
  /** All that do not depend on the key, in the order in which they stand in a new request. */
  readonly extensions: readonly Extension[]
  /** `true`: the hash of the key. */
  readonly identifiesKey: boolean
  readonly digest: Digest
  readonly key: KeySource
  /** What the result tells of the arguments. */
  readonly fields: JsonObject
}

/** Throws where the arguments do not make sense. */
export function wantedRequest(given: RequestArguments): WantedRequest {
  if (given.create_subject_key_identifier && given.subject_key_identifier !== undefined) throw new ModuleFailure('subject_key_identifier cannot be specified if create_subject_key_identifier is true')
  const pairs = subjectPairs(given)
  const names = otherNames(given, pairs)
  const subject = pairs.map(([name, value]) => namedAttribute(name, value))
  // Found out before the host is asked.
  writeName(subject)
  return {
    subject,
    isOrdered: (given.subject_ordered?.length ?? 0) > 0,
    extensions: wantedExtensions(given, names),
    identifiesKey: given.create_subject_key_identifier,
    digest: given.digest,
    key: { path: given.privatekey_path, content: given.privatekey_content, passphrase: given.privatekey_passphrase },
    fields: {
      privatekey: given.privatekey_path ?? null, subject: pairs, subjectAltName: names ?? null, ...toldAsGiven(given),
    },
  }
}

function toldAsGiven(given: RequestArguments): JsonObject {
  return {
    keyUsage: given.key_usage ?? null, extendedKeyUsage: given.extended_key_usage ?? null, basicConstraints: given.basic_constraints ?? null,
    ocspMustStaple: given.ocsp_must_staple, name_constraints_permitted: given.name_constraints_permitted ?? [], name_constraints_excluded: given.name_constraints_excluded ?? [],
  }
}

type Pair = readonly [string, string]

function subjectPairs(given: RequestArguments): readonly Pair[] {
  const single: readonly (readonly [string, string | undefined])[] = [
    ['C', given.country_name], ['ST', given.state_or_province_name], ['L', given.locality_name], ['O', given.organization_name],
    ['OU', given.organizational_unit_name], ['CN', given.common_name], ['emailAddress', given.email_address],
  ]
  const pairs = [
    ...single.filter((pair): pair is Pair => pair[1] !== undefined && pair[1] !== ''),
    ...Object.entries(given.subject ?? {}).flatMap(([name, value]) => pairsOf(name, value, 'subject')),
  ]
  const { subject_ordered: ordered = [] } = given
  if (ordered.length === 0) return pairs
  if (pairs.length > 0) throw new ModuleFailure('subject_ordered cannot be combined with any other subject field')
  return ordered.flatMap((entry, index) => {
    const [only, ...others] = Object.entries(entry)
    if (only === undefined || others.length > 0) throw new ModuleFailure(`Entry #${index + 1} in subject_ordered must be a dictionary with exactly one key-value pair`)
    return pairsOf(only[0], only[1], 'subject_ordered')
  })
}

function pairsOf(name: string, value: Json, argument: string): readonly Pair[] {
  const values: readonly Json[] = Array.isArray(value) ? value : [value]
  return values.map((one) => {
    if (typeof one !== 'string') throw new ModuleFailure(`Value for ${name} in ${argument} must be either a string or a list of strings`)
    if (one === '') throw new ModuleFailure(`Value for ${name} must not be an empty string`)
    return [name, one]
  })
}

function otherNames({ subject_alt_name: names, use_common_name_for_san: takesCommonName }: RequestArguments, pairs: readonly Pair[]): readonly string[] | undefined {
  if (names !== undefined && names.length > 0) return names
  const common = takesCommonName ? pairs.find(([name]) => name === 'CN' || name === 'commonName') : undefined
  return common === undefined ? names : [`DNS:${common[1]}`]
}

function wantedExtensions(given: RequestArguments, names: readonly string[] = []): readonly Extension[] {
  const made: readonly (readonly [keyof typeof EXTENSIONS, boolean, Buffer | undefined])[] = [
    ['subjectAltName', given.subject_alt_name_critical, of(names, (all) => sequence(...all.map((name) => writeGeneralName(name))))],
    ['keyUsage', given.key_usage_critical, of(given.key_usage, writeKeyUsage)],
    ['extendedKeyUsage', given.extended_key_usage_critical, of(given.extended_key_usage, (all) => sequence(...all.map((purpose) => oid(purposeOf(purpose)))))],
    ['basicConstraints', given.basic_constraints_critical, of(given.basic_constraints, basicConstraints)],
    ['tlsFeature', given.ocsp_must_staple_critical, given.ocsp_must_staple ? sequence(integer(5)) : undefined],
    ['nameConstraints', given.name_constraints_critical, nameConstraints(given)],
    ['subjectKeyIdentifier', false, given.subject_key_identifier === undefined ? undefined : octetString(hexBytes(given.subject_key_identifier, 'subject_key_identifier'))],
    ['authorityKeyIdentifier', false, authorityIdentifier(given)],
    ['crlDistributionPoints', false, of(given.crl_distribution_points, writeDistributionPoints)],
  ]
  return made.flatMap(([name, critical, value]) => value === undefined ? [] : [{ oid: EXTENSIONS[name], critical, value }])
}

/** What is made of a list; undefined where there is nothing in it. */
function of<T>(given: readonly T[] | undefined, write: (all: readonly T[]) => Buffer): Buffer | undefined {
  return given === undefined || given.length === 0 ? undefined : write(given)
}

function purposeOf(name: string): string {
  const id = oidOf(name)
  if (id === undefined) throw new ModuleFailure(`Cannot find OID for "${name}"`)
  return id
}

function basicConstraints(words: readonly string[]): Buffer {
  const read = words.map(readConstraint)
  const ca = read.findLast((one) => one.name === 'CA')?.value === 1
  const length = read.findLast((one) => one.name === 'pathlen')?.value
  if (length !== undefined && !ca) throw new ModuleFailure('path_length must be None when ca is False')
  return sequence(...ca ? [booleanValue(true)] : [], ...length === undefined ? [] : [integer(length)])
}

function readConstraint(word: string): { readonly name: string, readonly value: number } {
  const [, name = '', value = ''] = /^(CA|pathlen):(.*)$/.exec(word) ?? []
  if (name === '') throw new ModuleFailure(`Unknown basic constraint "${word}"`)
  const number = name === 'CA' ? ['FALSE', 'TRUE'].indexOf(value) : /^\s*\d+\s*$/.test(value) ? Number(value) : -1
  if (number < 0) throw new ModuleFailure(name === 'CA' ? `Unknown basic constraint value "${value}" for CA` : `Cannot parse path length constraint "${value}"`)
  return { name, value: number }
}

function nameConstraints({ name_constraints_permitted: permitted = [], name_constraints_excluded: excluded = [] }: RequestArguments): Buffer | undefined {
  const trees = (tag: number, names: readonly string[], what: string): readonly Buffer[] =>
    names.length === 0 ? [] : [der(tag, ...names.map((name) => sequence(writeGeneralName(name, what))))]
  const all = [...trees(0xa0, permitted, 'name constraints permitted'), ...trees(0xa1, excluded, 'name constraints excluded')]
  return all.length === 0 ? undefined : sequence(...all)
}

function authorityIdentifier({ authority_key_identifier: key, authority_cert_issuer: issuer, authority_cert_serial_number: serial }: RequestArguments): Buffer | undefined {
  if (key === undefined && issuer === undefined && serial === undefined) return undefined
  return sequence(
    ...key === undefined ? [] : [der(0x80, hexBytes(key, 'authority_key_identifier'))],
    ...issuer === undefined ? [] : [der(0xa1, ...issuer.map((name) => writeGeneralName(name, 'authority cert issuer')))],
    ...serial === undefined ? [] : [der(0x82, integerBytes(BigInt(serial)))],
  )
}

function hexBytes(text: string, argument: string): Buffer {
  const digits = text.replaceAll(':', '')
  if (!/^([0-9a-fA-F]{2})*$/.test(digits)) throw new ModuleFailure(`Cannot parse ${argument}: ${JSON.stringify(text)} is not made of pairs of hexadecimal digits`)
  return Buffer.from(digits, 'hex')
}

/** All extensions of a new request for a key: Ansible puts the identifier of the key before that of the authority. */
export function extensionsFor({ extensions, identifiesKey }: WantedRequest, publicKey: PublicKeyBytes): readonly Extension[] {
  if (!identifiesKey) return extensions
  const later: ReadonlySet<string> = new Set([EXTENSIONS.authorityKeyIdentifier, EXTENSIONS.crlDistributionPoints])
  const identifier: Extension = { oid: EXTENSIONS.subjectKeyIdentifier, critical: false, value: octetString(keyIdentifier(publicKey)) }
  return [...extensions.filter(({ oid: id }) => !later.has(id)), identifier, ...extensions.filter(({ oid: id }) => later.has(id))]
}
