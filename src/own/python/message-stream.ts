const LINE_END = 0x0a

/** Splits what the supervisor prints into messages. What comes before the token is what a login prints. */
export class MessageStream {
  readonly #token: Buffer
  readonly #take: (message: unknown) => void
  #data: Buffer = Buffer.alloc(0)
  #greeted = false

  constructor(token: string, take: (message: unknown) => void) {
    this.#token = Buffer.from(token)
    this.#take = take
  }

  push(chunk: Buffer): void {
    this.#data = this.#data.length === 0 ? chunk : Buffer.concat([this.#data, chunk])
    if (!this.#greeted) this.#greet()
    while (this.#greeted && this.#next()) { /* Until a message is not there as a whole. */ }
  }

  /** What came and is no message. */
  rest(): string {
    return this.#data.toString('latin1')
  }

  #greet(): void {
    const at = this.#data.indexOf(this.#token)
    if (at < 0) return
    this.#greeted = true
    this.#data = this.#data.subarray(at + this.#token.length)
  }

  #next(): boolean {
    const end = this.#data.indexOf(LINE_END)
    const length = Number(this.#data.toString('latin1', 0, Math.max(0, end)))
    if (end < 0 || this.#data.length < end + 1 + length) return false
    const message: unknown = JSON.parse(this.#data.toString('utf8', end + 1, end + 1 + length))
    this.#data = this.#data.subarray(end + 1 + length)
    this.#take(message)
    return true
  }
}
