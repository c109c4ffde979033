import type { KeyObject } from 'node:crypto'
import type { JsonObject } from '../../value/value.ts'
import { child, readDer, readInteger } from './asn1/read-der.ts'
import { integerJson } from './x509/numbers.ts'

/** The numbers of a private key that nobody else may know. */
export function privateData(key: KeyObject): JsonObject {
  const type = key.asymmetricKeyType
  if (type === 'dsa') return { x: integerJson(dsaSecret(key)) }
  if (type !== 'rsa' && type !== 'ec') return {}
  const { p, q, d } = key.export({ format: 'jwk' })
  return type === 'ec' ? { multiplier: number(d) } : { p: number(p), q: number(q), exponent: number(d) }
}

function number(base64: string | undefined): JsonObject[string] {
  return integerJson(BigInt(`0x0${Buffer.from(base64 ?? '', 'base64url').toString('hex')}`))
}

function dsaSecret(key: KeyObject): bigint {
  return readInteger(readDer(child(readDer(key.export({ type: 'pkcs8', format: 'der' })), 2).content))
}
