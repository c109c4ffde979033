export interface BlockScalar {
  /** What the YAML parser made of it. */
  readonly value: string
  /** Where it ends in the text. */
  readonly end: number
  readonly text: string
}

/** A block scalar at the very end of a text that has no line end: the parser adds one, which PyYAML does not. */
export function blockScalarValue({ value, end, text }: BlockScalar): string {
  return end >= text.length && !text.endsWith('\n') && value.endsWith('\n') ? value.slice(0, -1) : value
}
