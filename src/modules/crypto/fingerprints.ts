import { createHash, createPublicKey } from 'node:crypto'
import type { JsonObject } from '../../value/value.ts'
import { hexText } from './x509/numbers.ts'

const HASHES: Readonly<Record<string, string>> = {
  md5: 'md5', sha1: 'sha1', sha224: 'sha224', sha256: 'sha256', sha384: 'sha384', sha512: 'sha512', blake2b: 'blake2b512', blake2s: 'blake2s256',
  sha3_224: 'sha3-224', sha3_256: 'sha3-256', sha3_384: 'sha3-384', sha3_512: 'sha3-512', shake_128: 'shake128', shake_256: 'shake256',
}

/** Hashes of some bytes, as `aa:bb:...`. */
export function fingerprintsOf(bytes: Uint8Array): JsonObject {
  return Object.fromEntries(Object.entries(HASHES).map(([name, algorithm]) => [name, hexText(digestOf(bytes, algorithm))]))
}

function digestOf(bytes: Uint8Array, algorithm: string): Buffer {
  return createHash(algorithm, algorithm.startsWith('shake') ? { outputLength: 32 } : {}).update(bytes).digest()
}

/** Hashes of a public key (PEM). */
export function fingerprints(publicKey: string): JsonObject {
  return fingerprintsOf(createPublicKey(publicKey).export({ type: 'spki', format: 'der' }))
}
