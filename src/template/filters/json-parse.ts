import { Float } from '../../value/float.ts'
import type { Dict, Value } from '../../value/value.ts'
import { EvaluationError } from '../evaluation-error.ts'
import { integer } from '../runtime/arithmetic.ts'

/**
 * Reads JSON as Python's `json.loads` does: `8.0` is a float, large integers stay exact, NaN and Infinity are known.
 * `JSON.parse` could tell none of these apart.
 */
export function parseJson(text: string): Value {
  return new JsonReader(text).document()
}

const NUMBER = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y
const SPACE = /[ \t\n\r]*/y
const STRING = /"(?:[^"\\\x00-\x1f]|\\["\\/bfnrt]|\\u[\da-fA-F]{4})*"/y

const CONSTANTS: readonly (readonly [string, Value])[] = [
  ['null', null], ['true', true], ['false', false], ['NaN', new Float(NaN)], ['Infinity', new Float(Infinity)], ['-Infinity', new Float(-Infinity)],
]

class JsonReader {
  readonly #text: string
  #position = 0

  constructor(text: string) {
    this.#text = text
  }

  document(): Value {
    this.#skipSpace()
    const value = this.#value()
    if (this.#position < this.#text.length) throw this.#error('nothing more was expected')
    return value
  }

  #value(): Value {
    const value = this.#bare()
    this.#skipSpace()
    return value
  }

  #bare(): Value {
    if (this.#skip('[')) return this.#list()
    if (this.#skip('{')) return this.#dict()
    const string = this.#match(STRING)
    if (string !== undefined) return JSON.parse(string) as string
    for (const [name, value] of CONSTANTS) if (this.#skip(name)) return value
    const number = this.#match(NUMBER)
    if (number === undefined) throw this.#error('a value was expected')
    return /[.eE]/.test(number) ? new Float(Number(number)) : integer(BigInt(number))
  }

  #list(): Value[] {
    const items: Value[] = []
    this.#skipSpace()
    if (this.#skip(']')) return items
    for (;;) {
      this.#skipSpace()
      items.push(this.#value())
      if (this.#skip(']')) return items
      this.#expect(',')
    }
  }

  #dict(): Dict {
    const dict: Dict = new Map()
    this.#skipSpace()
    if (this.#skip('}')) return dict
    for (;;) {
      this.#skipSpace()
      const key = this.#match(STRING)
      if (key === undefined) throw this.#error('a name in double quotes was expected')
      this.#skipSpace()
      this.#expect(':')
      this.#skipSpace()
      dict.set(JSON.parse(key) as string, this.#value())
      if (this.#skip('}')) return dict
      this.#expect(',')
    }
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#position
    const [text] = pattern.exec(this.#text) ?? []
    this.#position += text?.length ?? 0
    return text
  }

  #skip(text: string): boolean {
    if (!this.#text.startsWith(text, this.#position)) return false
    this.#position += text.length
    return true
  }

  #skipSpace(): void {
    this.#match(SPACE)
  }

  #expect(text: string): void {
    if (!this.#skip(text)) throw this.#error(`'${text}' was expected`)
  }

  #error(message: string): EvaluationError {
    const before = this.#text.slice(0, this.#position)
    const [line, column] = [before.split('\n').length, before.length - before.lastIndexOf('\n')]
    return new EvaluationError('filter-argument', `Cannot read JSON: ${message} at line ${line}, column ${column}`)
  }
}
