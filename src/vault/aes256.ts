import { createCipheriv, createDecipheriv, createHmac, pbkdf2Sync, randomBytes, timingSafeEqual } from 'node:crypto'
import { fromHex, toHex } from './hex.ts'
import { VaultError } from './vault-error.ts'

const ITERATIONS = 10_000
const KEY_LENGTH = 32
const COUNTER_LENGTH = 16
const SALT_LENGTH = 32
const BLOCK_LENGTH = 16

/** Encrypts by AES256 as vault formats 1.1 and 1.2 do: hexadecimal lines of salt, HMAC and ciphertext, in hexadecimal again. */
export function encryptAes256(plain: Uint8Array, password: Uint8Array, salt: Uint8Array = randomBytes(SALT_LENGTH)): string {
  const { key, hmacKey, counter } = keysOf(password, salt)
  const cipher = createCipheriv('aes-256-ctr', key, counter)
  const encrypted = Buffer.concat([cipher.update(padded(plain)), cipher.final()])
  const lines = [toHex(salt), toHex(hmacOf(hmacKey, encrypted)), toHex(encrypted)]
  return toHex(Buffer.from(lines.join('\n'), 'latin1'))
}

/** The encrypted parts, taken apart once for all passwords that are tried. */
export interface Sealed {
  readonly salt: Uint8Array
  readonly hmac: Uint8Array
  readonly encrypted: Uint8Array
}

export function parseSealed(body: string): Sealed {
  const [salt, hmac, encrypted] = fromHex(body).toString('latin1').split('\n')
  if (salt === undefined || hmac === undefined || encrypted === undefined) {
    throw new VaultError('damaged', 'Vault vaulttext format error: salt, HMAC and ciphertext are not all there', 'The encrypted text was cut: take it anew from where it was encrypted')
  }
  return { salt: fromHex(salt), hmac: fromHex(hmac), encrypted: fromHex(encrypted) }
}

/** The content, or undefined when the password is not the one it was encrypted with. */
export function decryptAes256({ salt, hmac, encrypted }: Sealed, password: Uint8Array): Buffer | undefined {
  const { key, hmacKey, counter } = keysOf(password, salt)
  const expected = hmacOf(hmacKey, encrypted)
  if (expected.length !== hmac.length || !timingSafeEqual(expected, hmac)) return undefined
  const decipher = createDecipheriv('aes-256-ctr', key, counter)
  return unpadded(Buffer.concat([decipher.update(encrypted), decipher.final()]))
}

interface Keys {
  readonly key: Uint8Array
  readonly hmacKey: Uint8Array
  readonly counter: Uint8Array
}

function keysOf(password: Uint8Array, salt: Uint8Array): Keys {
  const derived = pbkdf2Sync(password, salt, ITERATIONS, 2 * KEY_LENGTH + COUNTER_LENGTH, 'sha256')
  return { key: derived.subarray(0, KEY_LENGTH), hmacKey: derived.subarray(KEY_LENGTH, 2 * KEY_LENGTH), counter: derived.subarray(2 * KEY_LENGTH) }
}

function hmacOf(key: Uint8Array, bytes: Uint8Array): Buffer {
  return createHmac('sha256', key).update(bytes).digest()
}

/** Counter mode needs no padding, but the format has PKCS#7's. */
function padded(plain: Uint8Array): Buffer {
  const missing = BLOCK_LENGTH - plain.length % BLOCK_LENGTH
  return Buffer.concat([plain, Buffer.alloc(missing, missing)])
}

function unpadded(bytes: Buffer): Buffer {
  const count = bytes.at(-1) ?? 0
  const isSound = count > 0 && count <= BLOCK_LENGTH && bytes.length >= count
  if (!isSound) throw new VaultError('damaged', 'Vault format error: the padding is not as it must be')
  return bytes.subarray(0, bytes.length - count)
}
