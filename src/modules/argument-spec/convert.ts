import { toBits, toBoolean, toBytes } from '../../module/coerce-scalar.ts'
import { toDict } from '../../module/coerce-structure.ts'
import { Float } from '../../value/float.ts'
import { reprOf, textOf } from '../../value/text.ts'
import { Tuple } from '../../value/tuple.ts'
import { typeName } from '../../value/type-name.ts'
import type { Value } from '../../value/value.ts'

/** A value that cannot be what its option wants, in Ansible's words: playbooks look for them. */
export class ConversionError extends Error {
  readonly kind = 'conversion'
}

/** A value as the type it must have. Throws `ConversionError`. */
export function convert(value: Value, type: string): Value {
  const converter = Object.hasOwn(CONVERTERS, type) ? CONVERTERS[type] : undefined
  if (converter === undefined) throw new ConversionError(`there is no type '${type}'`)
  return converter(value)
}

/** The type of a value as Python prints it. */
export function classText(value: Value): string {
  return `<class '${typeName(value)}'>`
}

const CONVERTERS: Readonly<Record<string, (value: Value) => Value>> = {
  str: toText, path: toText, list: toList, dict: asDict, bool: asBoolean, int: toWhole, float: toFloat,
  raw: (value) => value, json: toJsonText, jsonarg: toJsonText,
  bytes: (value) => sized(value, toBytes, 'Byte'), bits: (value) => sized(value, toBits, 'Bit'),
}

function toText(value: Value): Value {
  if (value === null) throw new ConversionError("'None' is not a string and conversion is not allowed")
  return textOf(value)
}

function toList(value: Value): Value {
  if (Array.isArray(value)) return value
  if (value instanceof Tuple) return [...value.items]
  if (typeof value === 'string') return value.split(',')
  if (isNumber(value) || typeof value === 'boolean') return [textOf(value)]
  throw new ConversionError(`${classText(value)} cannot be converted to a list`)
}

function asDict(value: Value): Value {
  if (value instanceof Map) return value
  if (typeof value !== 'string') throw new ConversionError(`${classText(value)} cannot be converted to a dict`)
  if (!value.startsWith('{') && !value.includes('=')) throw new ConversionError('dictionary requested, could not parse JSON or key=value')
  try {
    return toDict(value)
  } catch {
    const form = value.startsWith('{') ? 'string' : 'string in the "key=value" format'
    throw new ConversionError(`unable to evaluate ${form} as dictionary`)
  }
}

function asBoolean(value: Value): Value {
  if (typeof value === 'boolean') return value
  if (typeof value !== 'string' && !isNumber(value)) throw new ConversionError(`${classText(value)} cannot be converted to a bool`)
  try {
    return toBoolean(value)
  } catch {
    throw new ConversionError(`The value '${textOf(value)}' is not a valid boolean.  Valid booleans include: 'yes', 'on', '1', 'true', 't', 'y', 'no', 'off', '0', 'false', 'f', 'n'`)
  }
}

/** Digits may be set apart by underscores, as in Python. */
const DECIMAL = /^[-+]?(?:\d[\d_]*\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i

function toWhole(value: Value): Value {
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return value
  const number = value instanceof Float ? value.value : typeof value === 'string' && DECIMAL.test(value.trim()) ? Number(value.replaceAll('_', '')) : NaN
  if (!Number.isInteger(number)) throw new ConversionError(`"${reprOf(value)}" cannot be converted to an int`)
  return number
}

function toFloat(value: Value): Value {
  if (value instanceof Float) return value
  const number = isNumber(value) || typeof value === 'boolean' ? Number(value) : typeof value === 'string' && DECIMAL.test(value.trim()) ? Number(value.replaceAll('_', '')) : NaN
  if (Number.isNaN(number)) throw new ConversionError(`${classText(value)} cannot be converted to a float`)
  return new Float(number)
}

function toJsonText(value: Value): Value {
  if (typeof value === 'string') return value.trim()
  if (Array.isArray(value) || value instanceof Map || value instanceof Tuple) return value
  throw new ConversionError(`${classText(value)} cannot be converted to a json string`)
}

function sized(value: Value, size: (value: Value) => number, unit: string): Value {
  try {
    return size(value)
  } catch {
    throw new ConversionError(`${classText(value)} cannot be converted to a ${unit} value`)
  }
}

function isNumber(value: Value): value is number | bigint | Float {
  return typeof value === 'number' || typeof value === 'bigint' || value instanceof Float
}
