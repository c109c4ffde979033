import { Callable } from '../../value/callable.ts'
import { Float } from '../../value/float.ts'
import { Tuple } from '../../value/tuple.ts'
import { isTrue } from '../../value/truth.ts'
import { textOf } from '../../value/text.ts'
import { Undefined } from '../../value/undefined.ts'
import type { Value } from '../../value/value.ts'
import { isCased } from '../methods/text-operations.ts'
import { ansibleType } from '../filters/ansible-type.ts'
import { isIterable, listOf } from '../iterate.ts'
import type { Test } from '../types.ts'

/** Tests of what a value is. */
export const TYPE_TESTS: readonly (readonly [string, Test])[] = [
  ['defined', ([value]) => !(value instanceof Undefined)],
  ['undefined', ([value]) => value instanceof Undefined],
  ['none', ([value]) => value === null],
  ['string', ([value]) => typeof value === 'string'],
  ['number', ([value = null]) => isInteger(value) || value instanceof Float || typeof value === 'boolean'],
  ['integer', ([value = null]) => isInteger(value)],
  ['float', ([value]) => value instanceof Float],
  ['boolean', ([value]) => typeof value === 'boolean'],
  ['true', ([value]) => value === true],
  ['false', ([value]) => value === false],
  ['mapping', ([value]) => value instanceof Map],
  ['sequence', ([value]) => Array.isArray(value) || value instanceof Tuple || typeof value === 'string' || value instanceof Map],
  ['iterable', ([value = null]) => isIterable(value)],
  ['callable', ([value]) => value instanceof Callable],
  ['escaped', () => false],
  ['filter', ([name = null], _named, context) => context.knows('filters', textOf(name))],
  ['test', ([name = null], _named, context) => context.knows('tests', textOf(name))],
  ['ansible_type', ([value = null, types]) => (listOf(types) ?? [types]).some((type) => type === ansibleType(value))],
  ['lower', ([value = null]) => isCased(textOf(value)) && textOf(value) === textOf(value).toLowerCase()],
  ['upper', ([value = null]) => isCased(textOf(value)) && textOf(value) === textOf(value).toUpperCase()],
  ['truthy', ([value = null, convert = false]) => truthy(value, isTrue(convert))],
  ['falsy', ([value = null, convert = false]) => !truthy(value, isTrue(convert))],
]

const YES_NO = /^(?:y|yes|on|1|true|t|n|no|off|0|false|f)$/i

/** `convert_bool=True` also takes yes/no text for what it says. */
function truthy(value: Value, convert: boolean): boolean {
  if (convert && typeof value === 'string' && YES_NO.test(value)) return /^(?:y|yes|on|1|true|t)$/i.test(value)
  return isTrue(value)
}

function isInteger(value: Value): boolean {
  return typeof value === 'number' || typeof value === 'bigint'
}

