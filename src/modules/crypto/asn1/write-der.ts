/** A value of DER. */
export function der(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(contents)
  return Buffer.concat([Buffer.from([tag]), lengthOf(content.length), content])
}

function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length])
  const digits = length.toString(16)
  const bytes = Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex')
  return Buffer.concat([Buffer.from([0x80 | bytes.length]), bytes])
}

export const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts)

/** A set; of several values, in the order of their bytes. */
export const setOf = (...parts: readonly Uint8Array[]): Buffer => der(0x31, ...[...parts].sort((one, other) => Buffer.compare(one, other)))

export const octetString = (content: Uint8Array): Buffer => der(0x04, content)

export const booleanValue = (value: boolean): Buffer => der(0x01, Buffer.from([value ? 0xff : 0]))

export const bitString = (content: Uint8Array, unused = 0): Buffer => der(0x03, Buffer.from([unused]), content)

/** A bit string without the zeros at its end. */
export function namedBits(bits: readonly boolean[]): Buffer {
  const length = bits.lastIndexOf(true) + 1
  const bytes = Buffer.alloc(Math.ceil(length / 8))
  for (let index = 0; index < length; index++) if (bits[index] === true) bytes[index >> 3] = (bytes[index >> 3] ?? 0) | (0x80 >> (index & 7))
  return bitString(bytes, bytes.length * 8 - length)
}

export function integer(value: bigint | number): Buffer {
  return der(0x02, integerBytes(BigInt(value)))
}

/** Two's complement in as few bytes as can be. */
export function integerBytes(value: bigint): Buffer {
  let size = 1
  while (value >= 1n << BigInt(size * 8 - 1) || value < -(1n << BigInt(size * 8 - 1))) size++
  return Buffer.from(BigInt.asUintN(size * 8, value).toString(16).padStart(size * 2, '0'), 'hex')
}

export function oid(dotted: string): Buffer {
  const [root = 0n, second = 0n, ...rest] = dotted.split('.').map((arc) => BigInt(arc))
  return der(0x06, ...[root * 40n + second, ...rest].map(arcBytes))
}

function arcBytes(arc: bigint): Buffer {
  const bytes = [Number(arc & 0x7fn)]
  for (let rest = arc >> 7n; rest > 0n; rest >>= 7n) bytes.unshift(Number(rest & 0x7fn) | 0x80)
  return Buffer.from(bytes)
}

/** UTCTime until 2049, as X.509 has it. */
export function time(date: Date): Buffer {
  const full = date.toISOString().replace(/\.\d+Z$/, 'Z').replace(/[-:T]/g, '')
  const year = date.getUTCFullYear()
  return year >= 1950 && year < 2050 ? der(0x17, Buffer.from(full.slice(2))) : der(0x18, Buffer.from(full))
}
