import { createHash, randomInt } from 'node:crypto'
import { textOf } from '../../value/text.ts'
import type { Value } from '../../value/value.ts'

/** A whole number from 0 to below the limit. */
export type RandomBelow = (limit: number) => number

/** True randomness, or with a seed the numbers that Python's `Random(seed)` gives. */
export function randomSource(seed: Value | undefined): RandomBelow {
  const below = bigRandomSource(seed)
  return (limit) => Number(below(BigInt(limit)))
}

/** The same for limits of any size. */
export function bigRandomSource(seed: Value | undefined): (limit: bigint) => bigint {
  const words = wordSource(seed)
  return (limit) => {
    const bits = limit.toString(2).length
    for (;;) {
      const value = randomBits(words, bits)
      if (value < limit) return value
    }
  }
}

function wordSource(seed: Value | undefined): () => number {
  if (seed === undefined || seed === null) return () => randomInt(2 ** 32)
  const twister = new MersenneTwister(seedWords(seed))
  return () => twister.next()
}

/** Whole words first, the least significant one at the front. */
function randomBits(words: () => number, bits: number): bigint {
  let value = 0n
  for (let done = 0; done < bits; done += 32) value += BigInt(words() >>> Math.max(0, 32 - (bits - done))) << BigInt(done)
  return value
}

/** The seed as Python turns it into 32-bit words, least significant first. */
function seedWords(seed: Value): number[] {
  let number = typeof seed === 'number' || typeof seed === 'bigint' ? BigInt(seed) : textSeed(textOf(seed))
  if (number < 0n) number = -number
  const words: number[] = []
  for (; number > 0n; number >>= 32n) words.push(Number(number & 0xffffffffn))
  return words.length === 0 ? [0] : words
}

function textSeed(text: string): bigint {
  const bytes = Buffer.from(text, 'utf8')
  const hash = createHash('sha512').update(bytes).digest()
  return BigInt(`0x${Buffer.concat([bytes, hash]).toString('hex')}`)
}

const SIZE = 624
const MIDDLE = 397

/** MT19937, seeded by an array of words. */
class MersenneTwister {
  readonly #state = new Uint32Array(SIZE)
  #index = SIZE

  constructor(key: readonly number[]) {
    this.#seed(19650218)
    this.#mix(Math.max(SIZE, key.length), 1664525, (index) => (key[index % key.length] ?? 0) + index % key.length)
    this.#mixIndex()
    this.#state[0] = 0x80000000
  }

  next(): number {
    if (this.#index >= SIZE) this.#generate()
    let value = this.#at(this.#index++)
    value ^= value >>> 11
    value ^= value << 7 & 0x9d2c5680
    value ^= value << 15 & 0xefc60000
    return (value ^ value >>> 18) >>> 0
  }

  #at(index: number): number {
    return this.#state[index] ?? 0
  }

  #seed(seed: number): void {
    this.#state[0] = seed
    for (let index = 1; index < SIZE; index++) {
      const previous = this.#at(index - 1)
      this.#state[index] = Math.imul(1812433253, previous ^ previous >>> 30) + index
    }
  }

  #position = 1

  #mix(rounds: number, factor: number, addend: (round: number) => number): void {
    for (let round = 0; round < rounds; round++) {
      const previous = this.#at(this.#position - 1)
      this.#state[this.#position] = (this.#at(this.#position) ^ Math.imul(previous ^ previous >>> 30, factor)) + addend(round)
      this.#advance()
    }
  }

  #mixIndex(): void {
    for (let round = 1; round < SIZE; round++) {
      const previous = this.#at(this.#position - 1)
      this.#state[this.#position] = (this.#at(this.#position) ^ Math.imul(previous ^ previous >>> 30, 1566083941)) - this.#position
      this.#advance()
    }
  }

  #advance(): void {
    if (++this.#position < SIZE) return
    this.#state[0] = this.#at(SIZE - 1)
    this.#position = 1
  }

  #generate(): void {
    for (let index = 0; index < SIZE; index++) {
      const mixed = this.#at(index) & 0x80000000 | this.#at((index + 1) % SIZE) & 0x7fffffff
      this.#state[index] = this.#at((index + MIDDLE) % SIZE) ^ mixed >>> 1 ^ ((mixed & 1) === 1 ? 0x9908b0df : 0)
    }
    this.#index = 0
  }
}
