import { createHash } from 'node:crypto'
import { cryptBase64 } from './crypt-base64.ts'

export interface ShaCryptOptions {
  readonly scheme: 'sha256' | 'sha512'
  readonly salt: string
  readonly rounds: number
}

/** Ulrich Drepper's SHA crypt, `$5$` and `$6$`. */
export function shaCrypt(password: string, { scheme, salt: givenSalt, rounds: givenRounds }: ShaCryptOptions): string {
  const [key, salt] = [Buffer.from(password, 'utf8'), Buffer.from(givenSalt.slice(0, 16))]
  const rounds = Math.min(Math.max(givenRounds, 1000), 999_999_999)
  const first = firstDigest(scheme, key, salt)
  const keySequence = repeated(digestOf(scheme, Array.from({ length: key.length }, () => key)), key.length)
  const saltSequence = repeated(digestOf(scheme, Array.from({ length: 16 + (first[0] ?? 0) }, () => salt)), salt.length)
  const digest = stretch(first, { scheme, rounds, key: keySequence, salt: saltSequence })
  const prefix = rounds === 5000 ? '' : `rounds=${rounds}$`
  return `$${scheme === 'sha256' ? 5 : 6}$${prefix}${salt.toString()}$${encode(digest)}`
}

function digestOf(scheme: string, parts: readonly Uint8Array[]): Buffer {
  return createHash(scheme).update(Buffer.concat(parts)).digest()
}

function firstDigest(scheme: string, key: Buffer, salt: Buffer): Buffer {
  const inner = digestOf(scheme, [key, salt, key])
  const parts: Buffer[] = [key, salt, repeated(inner, key.length)]
  for (let bits = key.length; bits > 0; bits >>= 1) parts.push((bits & 1) === 1 ? inner : key)
  return digestOf(scheme, parts)
}

interface Stretching {
  readonly scheme: string
  readonly rounds: number
  readonly key: Buffer
  readonly salt: Buffer
}

function stretch(first: Buffer, { scheme, rounds, key, salt }: Stretching): Buffer {
  let digest = first
  for (let round = 0; round < rounds; round++) {
    const parts: Buffer[] = [round % 2 === 1 ? key : digest]
    if (round % 3 !== 0) parts.push(salt)
    if (round % 7 !== 0) parts.push(key)
    parts.push(round % 2 === 1 ? digest : key)
    digest = digestOf(scheme, parts)
  }
  return digest
}

function repeated(bytes: Buffer, length: number): Buffer {
  return Buffer.concat(Array.from({ length: Math.ceil(length / bytes.length) }, () => bytes)).subarray(0, length)
}

/** The bytes in the order that the format asks for: three columns, rotated from row to row. */
function encode(digest: Buffer): string {
  const third = Math.floor(digest.length / 3)
  const byte = (index: number) => digest[index] ?? 0
  const is512 = digest.length === 64
  let text = ''
  let order = [0, third, 2 * third]
  for (let row = 0; row < third; row++) {
    text += cryptBase64(order.map(byte), 4)
    const [a = 0, b = 0, c = 0] = order
    order = is512 ? [b + 1, c + 1, a + 1] : [c + 1, a + 1, b + 1]
  }
  return text + (is512 ? cryptBase64([byte(63)], 2) : cryptBase64([byte(31), byte(30)], 3))
}
