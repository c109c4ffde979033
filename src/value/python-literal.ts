import { Float } from './float.ts'
import { Tuple } from './tuple.ts'
import type { Dict, Value } from './value.ts'

/** The value of a Python literal (`5`, `'a'`, `[1, 2]`, `{'a': None}`); undefined for any other text. Strings go through `text`. */
export function pythonLiteral(source: string, text: (value: string) => Value = (value) => value): Value | undefined {
  const reader = new LiteralReader(source, text)
  try {
    return reader.whole()
  } catch (error) {
    if (error instanceof NotLiteral) return undefined
    throw error
  }
}

class NotLiteral extends Error {}

class LiteralReader {
  readonly #source: string
  readonly #text: (value: string) => Value
  #at = 0

  constructor(source: string, text: (value: string) => Value) {
    this.#source = source.trim()
    this.#text = text
  }

  /** Items separated by commas without brackets are a tuple. */
  whole(): Value {
    const first = this.#value()
    if (this.#ended()) return first
    const items = [first]
    while (!this.#ended()) {
      this.#expect(',')
      if (!this.#ended()) items.push(this.#value())
    }
    return new Tuple(items)
  }

  #ended(): boolean {
    this.#skip()
    return this.#at >= this.#source.length
  }

  #value(): Value {
    this.#skip()
    const mark = this.#source.charAt(this.#at)
    if (mark === '[') return this.#items(']')
    if (mark === '(') return this.#tuple()
    if (mark === '{') return this.#dict()
    if (/^[bBrRuU]?['"]/.test(this.#source.slice(this.#at, this.#at + 2))) return this.#strings()
    return this.#word()
  }

  #items(close: string): Value[] {
    const items: Value[] = []
    this.#at++
    while (!this.#accept(close)) {
      items.push(this.#value())
      if (!this.#accept(',')) {
        this.#expect(close)
        break
      }
    }
    return items
  }

  #tuple(): Value {
    const start = this.#at
    const items = this.#items(')')
    const [first] = items
    const comma = /,\s*\)$/.test(this.#source.slice(start, this.#at))
    return items.length === 1 && first !== undefined && !comma ? first : new Tuple(items)
  }

  #dict(): Value {
    const dict: Dict = new Map()
    this.#at++
    while (!this.#accept('}')) {
      const key = this.#value()
      this.#expect(':')
      dict.set(key, this.#value())
      if (!this.#accept(',')) {
        this.#expect('}')
        break
      }
    }
    return dict
  }

  /** Strings that stand side by side are one. */
  #strings(): Value {
    let joined = ''
    do {
      joined += this.#string()
      this.#skip()
    } while (/['"]/.test(this.#source.charAt(this.#at)))
    return this.#text(joined)
  }

  #string(): string {
    const match = /^[uU]?('''|"""|'|")/.exec(this.#source.slice(this.#at)) ?? fail()
    const quote = match[1] ?? "'"
    const start = this.#at + match[0].length
    for (let at = start; at < this.#source.length; at++) {
      if (this.#source.charAt(at) === '\\') at++
      else if (this.#source.startsWith(quote, at)) {
        this.#at = at + quote.length
        return unescape(this.#source.slice(start, at))
      }
    }
    return fail()
  }

  #word(): Value {
    const word = /^[-+]?[\w.]+(?:(?<=[eE])[-+]\d+)?/.exec(this.#source.slice(this.#at))?.[0] ?? fail()
    this.#at += word.length
    const known = WORDS.get(word)
    return known === undefined ? number(word) : known
  }

  #accept(mark: string): boolean {
    this.#skip()
    if (!this.#source.startsWith(mark, this.#at)) return false
    this.#at += mark.length
    return true
  }

  #expect(mark: string): void {
    if (!this.#accept(mark)) fail()
  }

  #skip(): void {
    while (/\s/.test(this.#source.charAt(this.#at))) this.#at++
  }
}

const WORDS = new Map<string, Value>([['True', true], ['False', false], ['None', null]])

function number(word: string): Value {
  const bare = word.replace(/^[-+]/, '')
  const sign = word.startsWith('-') ? -1 : 1
  const digits = bare.replace(/(?<=[\da-fA-F])_(?=[\da-fA-F])/g, '')
  if (/^(?:0+|[1-9]\d*|0[xX][\da-fA-F]+|0[oO][0-7]+|0[bB][01]+)$/.test(digits)) {
    const value = BigInt(digits.replace(/^0+$/, '0')) * BigInt(sign)
    return Number.isSafeInteger(Number(value)) ? Number(value) : value
  }
  if (/^(?:\d+\.\d*|\.\d+|\d+(?=[eE]))(?:[eE][-+]?\d+)?$/.test(digits)) return new Float(sign * Number(digits))
  return fail()
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', a: '\x07', b: '\b', f: '\f', v: '\v', '\\': '\\', "'": "'", '"': '"', '\n': '' }

function unescape(text: string): string {
  return text.replace(/\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([0-7]{1,3})|([\s\S]))/g, (whole: string, ...parts: (string | undefined)[]) => {
    const hex = parts[0] ?? parts[1] ?? parts[2]
    if (hex !== undefined) return String.fromCodePoint(parseInt(hex, 16))
    if (parts[3] !== undefined) return String.fromCodePoint(parseInt(parts[3], 8))
    return ESCAPES[parts[4] ?? ''] ?? whole
  })
}

function fail(): never {
  throw new NotLiteral('not a Python literal')
}
