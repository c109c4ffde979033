import type { Json } from '../value/value.ts'

const MASK = '********'
/** A shorter text is in so many innocent places that masking it everywhere would hide the output and the secret's length only. */
const SHORTEST = 3
/** A shorter text is part of so many words that a name of a field which holds it tells nothing of it. */
const SHORTEST_IN_NAMES = 8

/** Texts that must never be shown, logged or journalled, and their replacement. */
export class Secrets {
  readonly #texts: Set<string>
  /** Those that are values of variables. */
  readonly #values = new Set<string>()
  #longestFirst: readonly string[] | undefined

  constructor(texts: Iterable<string> = []) {
    this.#texts = new Set()
    for (const text of texts) this.add(text)
  }

  add(text: string): void {
    this.#values.delete(text)
    this.#hide(text)
  }

  /** A secret that is the value of a variable, decrypted or typed unseen: hidden wherever it is not shown on purpose. */
  addValue(text: string): void {
    if (!this.#texts.has(text)) this.#values.add(text)
    this.#hide(text)
  }

  #hide(text: string): void {
    if (text.length < SHORTEST || this.#texts.has(text)) return
    this.#texts.add(text)
    this.#longestFirst = undefined
  }

  /** The same without values of variables: for `debug`, whose purpose it is to show them. */
  get exceptValues(): Secrets {
    if (this.#values.size === 0) return this
    return new Secrets([...this.#texts].filter((text) => !this.#values.has(text)))
  }

  /** Whether bytes hold one of the values. */
  holdsValue(bytes: Uint8Array): boolean {
    const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    return [...this.#values].some((text) => content.includes(text))
  }

  get isEmpty(): boolean {
    return this.#texts.size === 0
  }

  /** The same value where nothing is to be hidden. */
  mask<T>(value: T): T
  mask(value: unknown): unknown {
    if (this.#texts.size === 0) return value
    if (typeof value === 'string') return this.#maskText(value)
    if (Array.isArray(value)) return value.map((item: unknown) => this.mask(item))
    return isPlainObject(value) ? this.#maskEntries(value) : value
  }

  /** The same, with names of fields as they are. */
  maskValues(value: Json): Json {
    if (typeof value !== 'object' || value === null) return this.mask(value)
    if (Array.isArray(value)) return (value as readonly Json[]).map((item) => this.maskValues(item))
    return isPlainObject(value) ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.maskValues(item)])) : value
  }

  /** A set that hides some more texts, of one task. */
  with(texts: Iterable<string>): Secrets {
    return new Secrets([...this.#texts, ...texts])
  }

  #maskText(text: string): string {
    return this.#mask(text, SHORTEST)
  }

  #mask(text: string, shortest: number): string {
    this.#longestFirst ??= [...this.#texts].sort((a, b) => b.length - a.length)
    return this.#longestFirst.reduce((masked, secret) => secret.length >= shortest && masked.includes(secret) ? masked.replaceAll(secret, MASK) : masked, text)
  }

  #maskName(name: string): string {
    return this.#texts.has(name) ? MASK : this.#mask(name, SHORTEST_IN_NAMES)
  }

  #maskEntries(entries: Readonly<Record<string, Json>>): Readonly<Record<string, Json>> {
    return Object.fromEntries(Object.entries(entries).map(([key, item]) => [this.#maskName(key), this.mask(item)]))
  }
}

function isPlainObject(value: unknown): value is Readonly<Record<string, Json>> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
}
