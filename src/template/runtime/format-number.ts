import { floatText } from '../../value/float-text.ts'

export interface Padding {
  readonly width: number
  /** `=` puts the filling between the sign and the digits. */
  readonly align: '<' | '>' | '^' | '='
  readonly fill: string
}

/** Fills a text up to a width, counted in code points. */
export function pad(text: string, { width, align, fill }: Padding): string {
  const missing = width - [...text].length
  if (missing <= 0) return text
  if (align === '<') return text + fill.repeat(missing)
  if (align === '>') return fill.repeat(missing) + text
  if (align === '^') return fill.repeat(Math.floor(missing / 2)) + text + fill.repeat(Math.ceil(missing / 2))
  const sign = /^[+\- ]?(?:0[xXobB])?/.exec(text)?.[0] ?? ''
  return sign + fill.repeat(missing) + text.slice(sign.length)
}

export interface FloatFormat {
  /** `e`, `f`, `g` or their capitals; '' for Python's plain repr with a precision of significant digits. */
  readonly type: string
  readonly precision: number
  readonly alternate: boolean
}

/** A float as Python's `e`, `f` and `g` formats write it. */
export function formatFloat(value: number, { type, precision, alternate }: FloatFormat): string {
  if (!Number.isFinite(value)) return type === type.toUpperCase() ? floatText(value).toUpperCase() : floatText(value)
  const kind = type.toLowerCase()
  const text = kind === 'f' ? fixed(value, precision) : kind === 'e' ? exponential(value, precision) : general(value, Math.max(precision, 1), alternate)
  return type === type.toUpperCase() ? text.toUpperCase() : text
}

/** Exact decimal expansion rounded half to even on the binary value, as C does; `toFixed` stops at 100 digits and 1e21. */
export function fixed(value: number, precision: number): string {
  if (isTie(value, precision)) return fixedTie(value, precision)
  if (Math.abs(value) < 1e21) return signedZero(value, value.toFixed(Math.min(precision, 100)))
  const whole = BigInt(value).toString()
  return precision === 0 ? whole : `${whole}.${'0'.repeat(precision)}`
}

/** Rounds half to even, as Python's `round` does. */
export function roundHalfEven(value: number, precision: number): number {
  if (!Number.isFinite(value)) return value
  if (precision > 0) return Number(fixed(value, precision))
  const scale = 10 ** -precision
  const scaled = value / scale
  const rounded = Math.round(scaled)
  const even = Math.abs(scaled % 1) === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded
  return even * scale
}

/** Halfway between two decimals: only a binary fraction of few digits can be. */
function isTie(value: number, precision: number): boolean {
  return precision < 20 && Number.isInteger(value * 2 ** (precision + 1)) && !Number.isInteger(value * 2 ** precision)
}

function fixedTie(value: number, precision: number): string {
  const doubled = BigInt(Math.abs(value) * 2 ** (precision + 1)) * 5n ** BigInt(precision)
  const floor = doubled / 2n
  const even = floor % 2n === 0n ? floor : floor + 1n
  const digits = even.toString().padStart(precision + 1, '0')
  const text = precision === 0 ? digits : `${digits.slice(0, -precision)}.${digits.slice(-precision)}`
  return value < 0 ? `-${text}` : text
}

function signedZero(value: number, text: string): string {
  const negative = value < 0 || Object.is(value, -0)
  return negative && !text.startsWith('-') ? `-${text}` : text
}

function exponential(value: number, precision: number): string {
  const [digits = '', exponent = '+0'] = value.toExponential(Math.min(precision, 100)).split('e')
  const size = exponent.slice(1).padStart(2, '0')
  return `${signedZero(value, digits)}e${exponent.charAt(0)}${size}`
}

function general(value: number, precision: number, alternate: boolean): string {
  if (value === 0) return signedZero(value, '0')
  const exponent = Number(value.toExponential(precision - 1).split('e')[1])
  const plain = exponent >= -4 && exponent < precision
  const text = plain ? fixed(value, precision - 1 - exponent) : exponential(value, precision - 1)
  return alternate ? text : withoutTrailingZeros(text)
}

function withoutTrailingZeros(text: string): string {
  const [digits = '', exponent] = text.split('e')
  const short = digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits
  return exponent === undefined ? short : `${short}e${exponent}`
}
