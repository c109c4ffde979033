import { randomInt } from 'node:crypto'

const CHARACTERS = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** A fresh salt of the length that a scheme wants. */
export function randomSalt(scheme: string): string {
  return Array.from({ length: scheme.startsWith('md5') ? 8 : 16 }, () => CHARACTERS.charAt(randomInt(CHARACTERS.length))).join('')
}
