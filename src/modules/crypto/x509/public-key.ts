import { createHash, createPublicKey, type KeyObject } from 'node:crypto'
import type { Json, JsonObject } from '../../../value/value.ts'
import { requirePem } from '../asn1/pem.ts'
import { bitStringBytes, child, readAll, readDer, readInteger } from '../asn1/read-der.ts'
import { fingerprintsOf } from '../fingerprints.ts'
import { integerJson } from './numbers.ts'

/** A public key, as a subjectPublicKeyInfo of DER. */
export type PublicKeyBytes = Buffer

export function keyObject(spki: PublicKeyBytes): KeyObject {
  return createPublicKey({ key: spki, format: 'der', type: 'spki' })
}

export function publicKeyPem(spki: PublicKeyBytes): string {
  return keyObject(spki).export({ type: 'spki', format: 'pem' }).toString()
}

export function publicKeyBytes(pem: string): PublicKeyBytes {
  requirePem(pem, { name: 'public key', labels: ['PUBLIC KEY', 'RSA PUBLIC KEY'] })
  return createPublicKey(pem).export({ type: 'spki', format: 'der' })
}

/** The usual subject key identifier: SHA-1 of the key's bits. */
export function keyIdentifier(spki: PublicKeyBytes): Buffer {
  return createHash('sha1').update(bitStringBytes(child(readDer(spki), 1))).digest()
}

/** What results tell of a public key. */
export interface PublicKeyInfo {
  readonly type: string
  readonly public_data: JsonObject
  readonly fingerprints: JsonObject
}

export function publicKeyInfo(spki: PublicKeyBytes): PublicKeyInfo {
  const { asymmetricKeyType: type = '' } = keyObject(spki)
  const kind = KINDS[type]
  return { type: kind?.name ?? `unknown (${type})`, public_data: kind?.data(spki) ?? {}, fingerprints: fingerprintsOf(spki) }
}

interface Kind {
  readonly name: string
  readonly data: (spki: PublicKeyBytes) => JsonObject
}

const NOTHING = (): JsonObject => ({})

const KINDS: Readonly<Record<string, Kind>> = {
  'rsa': { name: 'RSA', data: rsaData },
  'rsa-pss': { name: 'RSA', data: rsaData },
  'dsa': { name: 'DSA', data: dsaData },
  'ec': { name: 'ECC', data: curveData },
  'ed25519': { name: 'Ed25519', data: NOTHING },
  'ed448': { name: 'Ed448', data: NOTHING },
  'x25519': { name: 'X25519', data: NOTHING },
  'x448': { name: 'X448', data: NOTHING },
}

const bitsOf = (value: bigint): number => value.toString(2).length

function rsaData(spki: PublicKeyBytes): JsonObject {
  const [modulus = 0n, exponent = 0n] = readAll(readDer(bitStringBytes(child(readDer(spki), 1)))).map(readInteger)
  return { size: bitsOf(modulus), modulus: integerJson(modulus), exponent: integerJson(exponent) }
}

function dsaData(spki: PublicKeyBytes): JsonObject {
  const key = readDer(spki)
  const [p = 0n, q = 0n, g = 0n] = readAll(child(child(key, 0), 1)).map(readInteger)
  return { size: bitsOf(p), p: integerJson(p), q: integerJson(q), g: integerJson(g), y: integerJson(readInteger(readDer(bitStringBytes(child(key, 1))))) }
}

const CURVES: Readonly<Record<string, string>> = { prime256v1: 'secp256r1', prime192v1: 'secp192r1' }
/** Where it is not the number in the curve's name. */
const SIZES: Readonly<Record<string, number>> = { sect233k1: 232, sect283k1: 281, sect283r1: 282, sect409k1: 407, sect571k1: 570, sect571r1: 570 }

function curveData(spki: PublicKeyBytes): JsonObject {
  const { namedCurve = '' } = keyObject(spki).asymmetricKeyDetails ?? {}
  const curve = CURVES[namedCurve] ?? namedCurve
  const point = bitStringBytes(child(readDer(spki), 1))
  const half = (point.length - 1) / 2
  const number = (from: number): Json => integerJson(BigInt(`0x0${point.subarray(from, from + half).toString('hex')}`))
  // A compressed point has but one of the two.
  return { curve, ...Number.isInteger(half) && point[0] === 4 ? { x: number(1), y: number(1 + half) } : {}, exponent_size: SIZES[curve] ?? Number(/\d{3}/.exec(curve)?.[0] ?? 0) }
}
