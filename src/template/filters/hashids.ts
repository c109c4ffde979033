import { textOf } from '../../value/text.ts'
import type { Value } from '../../value/value.ts'
import { bind, numberArgument, required } from '../arguments.ts'
import { EvaluationError } from '../evaluation-error.ts'
import { listOf } from '../iterate.ts'
import { integer } from '../runtime/arithmetic.ts'
import type { Filter } from '../types.ts'

/** Short names for numbers, as community.general makes them by the hashids library. */
export const HASHID_FILTERS: readonly (readonly [string, Filter])[] = [
  ['hashids_encode', (args, named) => {
    const bound = bind(['nums', 'salt', 'alphabet', 'min_length'], args, named)
    const numbers = required(bound.nums, 'nums')
    return encode((listOf(numbers) ?? [numbers]).map(wholeNumber), schemeOf(bound))
  }],
  ['hashids_decode', (args, named) => {
    const bound = bind(['hashid', 'salt', 'alphabet', 'min_length'], args, named)
    return decode(textOf(required(bound.hashid, 'hashid')), schemeOf(bound)).map(integer)
  }],
]

interface Scheme {
  readonly salt: string
  readonly alphabet: string
  /** What stands between two numbers. */
  readonly separators: string
  /** What fills up to the least length. */
  readonly guards: string
  readonly least: number
}

type Given = Readonly<Record<'salt' | 'alphabet' | 'min_length', Value | undefined>>

function schemeOf(given: Given): Scheme {
  const salt = textOf(given.salt ?? '')
  const wanted = textOf(given.alphabet ?? '') || 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ1234567890'
  const letters = [...new Set(wanted)].join('')
  const preferred = [...'cfhistuCFHISTU'].filter((letter) => letters.includes(letter)).join('')
  const plain = without(letters, preferred)
  if (letters.length < 16) throw new EvaluationError('filter-argument', `Cannot use the alphabet '${wanted}': 16 different characters are needed at least`)
  const { separators, alphabet } = balanced(shuffled(preferred, salt), plain)
  const mixed = shuffled(alphabet, salt)
  const count = Math.ceil(mixed.length / 12)
  const least = numberArgument(given.min_length, 0)
  if (mixed.length < 3) return { salt, alphabet: mixed, separators: separators.slice(count), guards: separators.slice(0, count), least }
  return { salt, alphabet: mixed.slice(count), separators, guards: mixed.slice(0, count), least }
}

/** There is a separator for every 3.5 letters. */
function balanced(separators: string, alphabet: string): { readonly separators: string, readonly alphabet: string } {
  const wanted = Math.max(Math.ceil(alphabet.length / 3.5), 2)
  if (separators.length > 0 && alphabet.length / separators.length <= 3.5) return { separators, alphabet }
  const missing = wanted - separators.length
  return missing > 0 ? { separators: separators + alphabet.slice(0, missing), alphabet: alphabet.slice(missing) } : { separators: separators.slice(0, wanted), alphabet }
}

function without(text: string, letters: string): string {
  return [...text].filter((letter) => !letters.includes(letter)).join('')
}

/** The same order for the same salt. */
function shuffled(text: string, salt: string): string {
  const letters = [...text]
  if (salt === '') return text
  let [index, sum] = [0, 0]
  for (let left = letters.length - 1; left > 0; left--) {
    const code = salt.charCodeAt(index)
    sum += code
    const other = (code + index + sum) % left
    const [a = '', b = ''] = [letters[left], letters[other]]
    letters[left] = b
    letters[other] = a
    index = (index + 1) % salt.length
  }
  return letters.join('')
}

function wholeNumber(value: Value): bigint {
  if (typeof value === 'bigint') return value
  if (typeof value === 'number') return BigInt(value)
  throw new EvaluationError('filter-argument', 'Data to encode must by a tuple or list of ints')
}

/** Numbers below zero have no short name: the text is empty then. */
function encode(numbers: readonly bigint[], scheme: Scheme): string {
  if (numbers.length === 0 || numbers.some((number) => number < 0n)) return ''
  let alphabet = scheme.alphabet
  const mark = numbers.reduce((sum, number, index) => sum + number % BigInt(index + 100), 0n)
  const lottery = pick(alphabet, mark)
  let text = lottery
  numbers.forEach((number, index) => {
    alphabet = shuffled(alphabet, (lottery + scheme.salt + alphabet).slice(0, alphabet.length))
    const digits = written(number, alphabet)
    text += digits
    if (index < numbers.length - 1) text += pick(scheme.separators, number % BigInt(digits.charCodeAt(0) + index))
  })
  return text.length < scheme.least ? filled(text, alphabet, { ...scheme, mark }) : text
}

function pick(letters: string, number: bigint): string {
  return letters.charAt(Number(number % BigInt(letters.length)))
}

function written(number: bigint, alphabet: string): string {
  const base = BigInt(alphabet.length)
  let [digits, rest] = ['', number]
  do {
    digits = pick(alphabet, rest) + digits
    rest /= base
  } while (rest > 0n)
  return digits
}

/** Guards come first, then halves of the alphabet around. */
function filled(short: string, alphabet: string, { guards, mark, least }: Scheme & { readonly mark: bigint }): string {
  let text = pick(guards, mark + BigInt(short.charCodeAt(0))) + short
  if (text.length < least) text += pick(guards, mark + BigInt(text.charCodeAt(2)))
  const half = Math.floor(alphabet.length / 2)
  let letters = alphabet
  while (text.length < least) {
    letters = shuffled(letters, letters)
    text = letters.slice(half) + text + letters.slice(0, half)
    const excess = text.length - least
    if (excess > 0) text = text.slice(Math.floor(excess / 2), Math.floor(excess / 2) + least)
  }
  return text
}

/** What is no name that these settings give holds no numbers. */
function decode(text: string, scheme: Scheme): bigint[] {
  const parts = splitAt(text, scheme.guards)
  const body = (parts.length === 2 || parts.length === 3 ? parts[1] : parts[0]) ?? ''
  if (body === '') return []
  const lottery = body.charAt(0)
  let alphabet = scheme.alphabet
  const numbers = splitAt(body.slice(1), scheme.separators).map((digits) => {
    alphabet = shuffled(alphabet, (lottery + scheme.salt + alphabet).slice(0, alphabet.length))
    return read(digits, alphabet)
  })
  return encode(numbers, scheme) === text ? numbers : []
}

function splitAt(text: string, separators: string): string[] {
  return [...text].map((letter) => separators.includes(letter) ? '\0' : letter).join('').split('\0')
}

function read(digits: string, alphabet: string): bigint {
  return [...digits].reduce((number, digit) => number * BigInt(alphabet.length) + BigInt(alphabet.indexOf(digit)), 0n)
}
