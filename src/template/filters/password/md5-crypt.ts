import { createHash } from 'node:crypto'
import { cryptBase64 } from './crypt-base64.ts'

/** Poul-Henning Kamp's MD5 crypt, `$1$`; Apache's differs in its mark only, `$apr1$`. */
export function md5Crypt(password: string, givenSalt: string, mark = '$1$'): string {
  const [key, salt] = [Buffer.from(password, 'utf8'), givenSalt.slice(0, 8)]
  let digest = firstDigest(key, salt, mark)
  for (let round = 0; round < 1000; round++) {
    const hash = createHash('md5').update(round % 2 === 1 ? key : digest)
    if (round % 3 !== 0) hash.update(salt)
    if (round % 7 !== 0) hash.update(key)
    digest = hash.update(round % 2 === 1 ? digest : key).digest()
  }
  return `${mark}${salt}$${encode(digest)}`
}

function firstDigest(key: Buffer, salt: string, mark: string): Buffer {
  const inner = createHash('md5').update(key).update(salt).update(key).digest()
  const hash = createHash('md5').update(key).update(mark).update(salt)
  for (let left = key.length; left > 0; left -= 16) hash.update(inner.subarray(0, Math.min(16, left)))
  for (let bits = key.length; bits > 0; bits >>= 1) hash.update((bits & 1) === 1 ? Buffer.from([0]) : key.subarray(0, 1))
  return hash.digest()
}

function encode(digest: Buffer): string {
  const byte = (index: number) => digest[index] ?? 0
  const groups = [[0, 6, 12], [1, 7, 13], [2, 8, 14], [3, 9, 15], [4, 10, 5]]
  return groups.map((group) => cryptBase64(group.map(byte), 4)).join('') + cryptBase64([byte(11)], 2)
}
