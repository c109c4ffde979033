export interface IndicatorOptions {
  readonly spaceBefore?: boolean
  /** The mark counts as space for what follows. */
  readonly isSpace?: boolean
  /** What follows may still be indented on the same line. */
  readonly keepsIndention?: boolean
}

/** Where a document is written to, with what the next mark needs to know of the line so far. */
export interface Output {
  readonly column: number
  readonly width: number
  /** Columns that one level is indented by. */
  readonly step: number
  /** Only indentation and marks like `- ` so far on this line. */
  readonly indention: boolean
  readonly whitespace: boolean
  put(text: string): void
  lineBreak(): void
  /** Ends scalar text: space is needed before the next one. */
  settle(options: { readonly whitespace: boolean, readonly indention: boolean }): void
  indicator(text: string, options?: IndicatorOptions): void
  /** Goes to the start of a line at the indentation in force. */
  indented(): void
  nest(options: { readonly flow: boolean, readonly indentless: boolean }, write: () => void): void
}

export class TextOutput implements Output {
  readonly width: number
  readonly step: number
  text = ''
  column = 0
  whitespace = true
  indention = true
  #indent = -1

  constructor(step: number, width: number) {
    this.step = step
    this.width = width
  }

  put(text: string): void {
    this.text += text
    this.column += [...text].length
  }

  lineBreak(): void {
    this.text += '\n'
    this.column = 0
  }

  settle({ whitespace, indention }: { readonly whitespace: boolean, readonly indention: boolean }): void {
    this.whitespace = whitespace
    this.indention = indention
  }

  indicator(text: string, { spaceBefore = false, isSpace = false, keepsIndention = false }: IndicatorOptions = {}): void {
    if (spaceBefore && !this.whitespace) this.put(' ')
    this.put(text)
    this.whitespace = isSpace
    this.indention = this.indention && keepsIndention
  }

  indented(): void {
    const indent = Math.max(this.#indent, 0)
    if (!this.indention || this.column > indent || this.column === indent && !this.whitespace) this.lineBreak()
    this.put(' '.repeat(Math.max(0, indent - this.column)))
    this.whitespace = true
    this.indention = true
  }

  nest({ flow, indentless }: { readonly flow: boolean, readonly indentless: boolean }, write: () => void): void {
    const outer = this.#indent
    if (outer < 0) this.#indent = flow ? this.step : 0
    else if (!indentless) this.#indent += this.step
    write()
    this.#indent = outer
  }
}
