import { readBits, readDer } from '../asn1/read-der.ts'
import { namedBits } from '../asn1/write-der.ts'

/** What a key may be used for, bit by bit, in the words of OpenSSL: for people, and for its configuration. */
const USAGES = [
  ['Digital Signature', 'digitalSignature'], ['Non Repudiation', 'nonRepudiation'], ['Key Encipherment', 'keyEncipherment'], ['Data Encipherment', 'dataEncipherment'],
  ['Key Agreement', 'keyAgreement'], ['Certificate Sign', 'keyCertSign'], ['CRL Sign', 'cRLSign'], ['Encipher Only', 'encipherOnly'], ['Decipher Only', 'decipherOnly'],
] as const

/** Every word for a usage. */
export const KEY_USAGES = USAGES.flat()

export function writeKeyUsage(names: readonly string[]): Buffer {
  return namedBits(USAGES.map((words) => words.some((word) => names.includes(word))))
}

export function readKeyUsage(value: Buffer): readonly string[] {
  const bits = readBits(readDer(value))
  // What only means something along with key agreement is left out without it.
  const said = bits[4] === true ? bits : bits.slice(0, 7)
  return said.flatMap((bit, index) => bit ? [USAGES[index]?.[0] ?? ''] : []).sort()
}
