/** Colours text for a terminal, or leaves it as it is. */
export interface Paint {
  readonly red: (text: string) => string
  readonly green: (text: string) => string
  readonly yellow: (text: string) => string
  readonly blue: (text: string) => string
  readonly cyan: (text: string) => string
  readonly magenta: (text: string) => string
  readonly dim: (text: string) => string
  readonly bold: (text: string) => string
}

const CODES: Readonly<Record<keyof Paint, readonly [number, number]>> = {
  red: [31, 39], green: [32, 39], yellow: [33, 39], blue: [34, 39], cyan: [36, 39], magenta: [35, 39], dim: [2, 22], bold: [1, 22],
}

/** ANSI colours, or none. */
export function createPaint(colour: boolean): Paint {
  const entries = Object.entries(CODES).map(([name, [on, off]]) => [name, (text: string) => colour ? `\u001b[${on}m${text}\u001b[${off}m` : text])
  return Object.fromEntries(entries) as Paint
}
