/** What a marker in the stream says about the frame it belongs to. */
export interface Marker {
  readonly sequence: number
  /** `end`: the frame's output is complete; `note`: said while it runs. */
  readonly kind: 'end' | 'note'
  readonly text: string
}

const SEMICOLON = 0x3b

/**
 * Splits one output stream of the shell at markers `TOKEN:<sequence>:<e|n><text>;`. The token cannot be guessed by what commands print, so
 * output may be any bytes. `take` is called with each marker and the bytes before it since the last one.
 */
export class FrameStream {
  readonly #token: Buffer
  readonly #take: (marker: Marker, output: Buffer) => void
  #chunks: Buffer[] = []
  /** The end of the stream so far, which may hold the start of a marker. */
  #tail: Buffer = Buffer.alloc(0)

  constructor(token: string, take: (marker: Marker, output: Buffer) => void) {
    this.#token = Buffer.from(`${token}:`)
    this.#take = take
  }

  push(chunk: Buffer): void {
    let data = this.#tail.length === 0 ? chunk : Buffer.concat([this.#tail, chunk])
    for (;;) {
      const start = data.indexOf(this.#token)
      const end = start < 0 ? -1 : data.indexOf(SEMICOLON, start)
      if (end < 0) return this.#keep(data, start)
      this.#chunks.push(data.subarray(0, start))
      const output = this.#chunks.length === 1 ? (this.#chunks[0] ?? data) : Buffer.concat(this.#chunks)
      this.#chunks = []
      this.#take(parseMarker(data.toString('latin1', start + this.#token.length, end)), output)
      data = data.subarray(end + 1)
    }
  }

  /** What came after the last marker; for messages about a shell that went wrong. */
  rest(): Buffer {
    return Buffer.concat([...this.#chunks, this.#tail])
  }

  #keep(data: Buffer, start: number): void {
    const cut = start >= 0 ? start : Math.max(0, data.length - this.#token.length + 1)
    if (cut > 0) this.#chunks.push(data.subarray(0, cut))
    this.#tail = data.subarray(cut)
  }
}

function parseMarker(text: string): Marker {
  const [sequence = '', rest = ''] = text.split(':', 2)
  return { sequence: Number(sequence), kind: rest.startsWith('e') ? 'end' : 'note', text: rest.slice(1) }
}
