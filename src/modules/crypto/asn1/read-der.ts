/** One value of DER: what it is, what it holds, and both together as they stand. */
export interface DerValue {
  /** First octet: class, whether it is made of others, number. */
  readonly tag: number
  readonly content: Buffer
  readonly whole: Buffer
}

/** Bytes that are not what they should be. */
export class DerError extends Error {
  readonly kind = 'der'
}

/** The first value of some bytes. */
export function readDer(bytes: Buffer): DerValue {
  const tag = octet(bytes, 0)
  const headEnd = (tag & 0x1f) === 0x1f ? longTagEnd(bytes) : 1
  const { length, start } = readLength(bytes, headEnd)
  if (start + length > bytes.length) throw new DerError('the data ends too early')
  return { tag, content: bytes.subarray(start, start + length), whole: bytes.subarray(0, start + length) }
}

/** The values that one is made of. */
export function readAll({ content }: Pick<DerValue, 'content'>): readonly DerValue[] {
  const found: DerValue[] = []
  for (let rest = content; rest.length > 0;) {
    const value = readDer(rest)
    found.push(value)
    rest = rest.subarray(value.whole.length)
  }
  return found
}

/** The value at a place of a sequence. */
export function child(value: Pick<DerValue, 'content'>, index: number): DerValue {
  const found = readAll(value)[index]
  if (found === undefined) throw new DerError(`part ${index + 1} is missing`)
  return found
}

function octet(bytes: Buffer, at: number): number {
  const found = bytes[at]
  if (found === undefined) throw new DerError('the data ends too early')
  return found
}

function longTagEnd(bytes: Buffer): number {
  let at = 1
  while ((octet(bytes, at) & 0x80) !== 0) at++
  return at + 1
}

function readLength(bytes: Buffer, at: number): { readonly length: number, readonly start: number } {
  const first = octet(bytes, at)
  if (first < 0x80) return { length: first, start: at + 1 }
  const size = first & 0x7f
  if (size === 0 || size > 4) throw new DerError('a length that is not of DER')
  let length = 0
  for (let index = 1; index <= size; index++) length = length * 256 + octet(bytes, at + index)
  return { length, start: at + 1 + size }
}

/** `2.5.4.3`. */
export function readOid({ content }: Pick<DerValue, 'content'>): string {
  const arcs: bigint[] = []
  let arc = 0n
  for (const part of content) {
    arc = arc * 128n + BigInt(part & 0x7f)
    if ((part & 0x80) !== 0) continue
    arcs.push(arc)
    arc = 0n
  }
  const [first = 0n, ...rest] = arcs
  const root = first < 80n ? first / 40n : 2n
  return [root, first - root * 40n, ...rest].join('.')
}

export function readInteger({ content }: Pick<DerValue, 'content'>): bigint {
  const value = content.length === 0 ? 0n : BigInt(`0x${content.toString('hex')}`)
  return ((content[0] ?? 0) & 0x80) === 0 ? value : value - (1n << BigInt(content.length * 8))
}

/** Bits of a BIT STRING, the first first. */
export function readBits({ content }: Pick<DerValue, 'content'>): readonly boolean[] {
  const [unused = 0] = content
  return Array.from({ length: Math.max(0, (content.length - 1) * 8 - unused) }, (_, index) => ((content[1 + (index >> 3)] ?? 0) & (0x80 >> (index & 7))) !== 0)
}

/** The bytes of a BIT STRING that holds whole bytes. */
export function bitStringBytes({ content }: Pick<DerValue, 'content'>): Buffer {
  return content.subarray(1)
}

const UTC_TIME = 0x17

export function readTime({ tag, content }: DerValue): Date {
  const text = content.toString('latin1')
  const full = tag === UTC_TIME ? `${Number(text.slice(0, 2)) < 50 ? '20' : '19'}${text}` : text
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?Z$/.exec(full)
  if (parts === null) throw new DerError(`a time that is not of DER: ${text}`)
  const [year, month, day, hour, minute, second = '00'] = parts.slice(1)
  return new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
}

const DECODERS: Readonly<Record<number, (content: Buffer) => string>> = {
  0x0c: (content) => content.toString('utf8'),
  0x1e: (content) => Buffer.from(content.subarray(0, content.length & ~1)).swap16().toString('utf16le'),
  0x1c: (content) => Array.from({ length: content.length >> 2 }, (_, index) => String.fromCodePoint(content.readUInt32BE(index * 4))).join(''),
}

/** Text of any of the kinds of string. */
export function readString({ tag, content }: DerValue): string {
  return DECODERS[tag]?.(content) ?? content.toString('latin1')
}
