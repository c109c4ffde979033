import { createHash, createPublicKey } from 'node:crypto'
import type { JsonObject } from '../../value/value.ts'

const HASHES: Readonly<Record<string, string>> = {
  md5: 'md5', sha1: 'sha1', sha224: 'sha224', sha256: 'sha256', sha384: 'sha384', sha512: 'sha512', blake2b: 'blake2b512', blake2s: 'blake2s256',
  sha3_224: 'sha3-224', sha3_256: 'sha3-256', sha3_384: 'sha3-384', sha3_512: 'sha3-512',
}

/** Hashes of a public key (PEM), as `aa:bb:...`. */
export function fingerprints(publicKey: string): JsonObject {
  const bytes = createPublicKey(publicKey).export({ type: 'spki', format: 'der' })
  return Object.fromEntries(Object.entries(HASHES).map(([name, algorithm]) => [name, createHash(algorithm).update(bytes).digest('hex').replace(/(..)(?=.)/g, '$1:')]))
}
