const LETTERS = ['Y', 'Z', 'E', 'P', 'T', 'G', 'M', 'K', 'B']

const NAMES: Readonly<Record<string, string>> = { B: '', K: 'kilo', M: 'mega', G: 'giga', T: 'tera', P: 'peta', E: 'exa', Z: 'zeta', Y: 'yotta' }

export interface SizeOptions {
  /** Units are those of bits (`Mb`, `megabit`), not of bytes (`MB`, `megabyte`). */
  readonly isBits: boolean
  /** Of a number that has none. */
  readonly unit?: string | undefined
}

/** `10M`, `1.5 GB`, `512`: a number of bytes or bits, units being powers of 1024; undefined for any other text. */
export function parseSize(text: string, { isBits, unit: fallback }: SizeOptions): number | undefined {
  const [, number, given] = /^(\d*\.?\d+)(?:\s*([A-Za-z]+))?\s*$/.exec(text) ?? []
  if (number === undefined) return undefined
  const unit = given ?? fallback
  if (unit === undefined) return nearest(Number(number))
  const letter = unit.charAt(0).toUpperCase()
  return LETTERS.includes(letter) && isUnit(unit, letter, isBits) ? nearest(Number(number) * unitSize(letter)) : undefined
}

/** How many a unit has, by its letter: 1024 of `K`. */
export function unitSize(letter: string): number {
  return 2 ** (10 * (LETTERS.length - 1 - LETTERS.indexOf(letter)))
}

/** The largest unit that a number fills. */
export function unitOf(number: number): string {
  return LETTERS.find((letter) => number >= unitSize(letter)) ?? 'B'
}

export function isUnitLetter(letter: string): boolean {
  return LETTERS.includes(letter)
}

function isUnit(unit: string, letter: string, isBits: boolean): boolean {
  if (unit.length === 1) return true
  const name = `${NAMES[letter] ?? ''}${isBits ? 'bit' : 'byte'}`
  return unit.toLowerCase() === name || unit === (letter === 'B' ? isBits ? 'b' : 'B' : letter + (isBits ? 'b' : 'B'))
}

/** As Python rounds: halves go to the even neighbour. */
function nearest(number: number): number {
  const rounded = Math.round(number)
  return Math.abs(number % 1) === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded
}
