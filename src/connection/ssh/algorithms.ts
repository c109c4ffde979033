import type { Algorithms, CipherAlgorithm, KexAlgorithm, ServerHostKeyAlgorithm } from 'ssh2'

/** Cheapest first: curve25519 costs a millisecond, and AES-GCM is done by the processor. */
const KEY_EXCHANGES: readonly KexAlgorithm[] = [
  'curve25519-sha256', 'curve25519-sha256@libssh.org', 'ecdh-sha2-nistp256', 'ecdh-sha2-nistp384', 'ecdh-sha2-nistp521',
  'diffie-hellman-group-exchange-sha256', 'diffie-hellman-group14-sha256', 'diffie-hellman-group16-sha512', 'diffie-hellman-group14-sha1',
]

const CIPHERS: readonly CipherAlgorithm[] = [
  'aes128-gcm@openssh.com', 'aes256-gcm@openssh.com', 'aes128-ctr', 'aes256-ctr', 'aes192-ctr', 'chacha20-poly1305@openssh.com',
]

const HOST_KEYS: readonly ServerHostKeyAlgorithm[] = [
  'ssh-ed25519', 'ecdsa-sha2-nistp256', 'ecdsa-sha2-nistp384', 'ecdsa-sha2-nistp521', 'rsa-sha2-512', 'rsa-sha2-256', 'ssh-rsa',
]

/** What to offer a server; host key types that known_hosts has keys of come first, so that one of them is negotiated. */
export function algorithmsFor(knownKeyTypes: ReadonlySet<string>): Algorithms {
  const known = HOST_KEYS.filter((algorithm) => knownKeyTypes.has(keyTypeOf(algorithm)))
  const others = HOST_KEYS.filter((algorithm) => !known.includes(algorithm))
  return { kex: [...KEY_EXCHANGES], cipher: [...CIPHERS], serverHostKey: [...known, ...others], compress: ['none'] }
}

/** RSA keys sign by several algorithms. */
function keyTypeOf(algorithm: ServerHostKeyAlgorithm): string {
  return algorithm.startsWith('rsa-sha2-') ? 'ssh-rsa' : algorithm
}
