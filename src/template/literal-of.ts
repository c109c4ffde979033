import { Float } from '../value/float.ts'
import type { Value } from '../value/value.ts'

/**
 * What a value that stands in an expression as text would mean there, as far as it is a literal: `'5'` is 5, a quoted text is that
 * text. Anything else stays what it is, since data is never read as code.
 */
export function literalOf(value: Value): Value {
  if (typeof value !== 'string') return value
  const text = value.trim()
  if (/^-?\d+$/.test(text) && Number.isSafeInteger(Number(text))) return Number(text)
  if (/^-?\d+\.\d+$/.test(text)) return new Float(Number(text))
  if (/^(?:'[^']*'|"[^"]*")+$/.test(text)) return text.replace(/'([^']*)'|"([^"]*)"/g, (_part, single?: string, double?: string) => single ?? double ?? '')
  const word = WORDS.get(text)
  return word === undefined ? value : word
}

const WORDS: ReadonlyMap<string, Value> = new Map<string, Value>([['True', true], ['true', true], ['False', false], ['false', false], ['None', null], ['none', null]])
