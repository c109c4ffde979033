import type { Json } from '../../../value/value.ts'

/** An integer of a result: its digits as text where JSON's numbers would lose some. */
export function integerJson(value: bigint): Json {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value.toString()
}

/** `aa:bb:cc`. */
export function hexText(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex').replace(/..(?=.)/g, '$&:')
}

/** Seconds in the form of ASN.1: `20301231235959Z`. */
export function timeText(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, 'Z').replace(/[-:T]/g, '')
}
