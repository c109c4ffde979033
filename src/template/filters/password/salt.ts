import { randomInt } from 'node:crypto'

const CHARACTERS = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

const LENGTHS: ReadonlyMap<string, number> = new Map([['md5', 8], ['blowfish', 22], ['bcrypt', 22]])

/** A fresh salt of the length that a scheme wants. */
export function randomSalt(scheme: string): string {
  return Array.from({ length: LENGTHS.get(scheme.replace(/_crypt$/, '')) ?? 16 }, () => CHARACTERS.charAt(randomInt(CHARACTERS.length))).join('')
}
