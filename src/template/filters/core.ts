import { didYouMean } from '../../diagnostics/nearest.ts'
import { valuesEqual } from '../../value/equal.ts'
import { isTrue } from '../../value/truth.ts'
import { textOf } from '../../value/text.ts'
import { typeName } from '../../value/type-name.ts'
import { Undefined } from '../../value/undefined.ts'
import type { Value } from '../../value/value.ts'
import { VaultString } from '../../value/vault-string.ts'
import { Callable } from '../../value/callable.ts'
import { TemplateObject } from '../../value/template-object.ts'
import { NamedTuple } from '../../value/tuple.ts'
import { bind, required } from '../arguments.ts'
import { EvaluationError } from '../evaluation-error.ts'
import { findMethod } from '../methods/find-method.ts'
import { lackOf } from '../runtime/access.ts'
import { Missing, orElse } from '../runtime/missing.ts'
import type { CallContext, Filter } from '../types.ts'
import { Unknown } from '../../value/unknown.ts'

/** Filters about what a value is and what stands in for it. */
export const CORE_FILTERS: readonly (readonly [string, Filter])[] = [
  ['default', defaultTo],
  ['d', defaultTo],
  ['mandatory', mandatory],
  ['ternary', ternary],
  ['bool', ([value = null], _named, { isNative }) => value === null && !isNative ? null : toBool(value)],
  ['type_debug', ([value = null], _named, context) => typeName(value instanceof VaultString ? value : context.evaluate(value))],
  ['attr', ([value = null, name]) => attribute(value, textOf(required(name, 'name')))],
  ['string', ([value = null]) => textOf(value)],
]

/** Members of objects and methods, but never items. */
function attribute(value: Value, name: string): Value {
  const method = findMethod(value, name)
  if (method !== undefined) return new Callable(name, (args, named) => method(value, args, named))
  const member = value instanceof TemplateObject ? value.get(name) : value instanceof NamedTuple ? value.named(name) : undefined
  return orElse(member, () => new Missing(name, lackOf(value, name)))
}

function defaultTo(args: readonly Value[], named: ReadonlyMap<string, Value>): Value {
  const { value = null, default_value: fallback = '', boolean } = bind(['value', 'default_value', 'boolean'], args, named)
  if (value instanceof Undefined) return fallback
  if (value instanceof Unknown) return value
  if (boolean !== undefined && typeof boolean !== 'boolean') throw new EvaluationError('filter-argument', `The 'boolean' argument must be of type 'bool', not '${typeName(boolean)}'`)
  return boolean === true && !isTrue(value) ? fallback : value
}

function mandatory(args: readonly Value[], named: ReadonlyMap<string, Value>, context: CallContext): Value {
  const { value = null, msg } = bind(['value', 'msg'], args, named)
  if (!(value instanceof Undefined)) return value
  if (msg !== undefined && msg !== null) throw new EvaluationError('mandatory', textOf(msg))
  // With two blanks: playbooks compare it with what Ansible says.
  throw new EvaluationError('mandatory', `Mandatory variable '${value.name}'  not defined.`, didYouMean(value.name, context.scope.names()))
}

function ternary(args: readonly Value[], named: ReadonlyMap<string, Value>): Value {
  const bound = bind(['value', 'true_val', 'false_val', 'none_val'], args, named)
  const value = required(bound.value, 'value')
  if (value === null && bound.none_val !== undefined && bound.none_val !== null) return bound.none_val
  return isTrue(value) ? required(bound.true_val, 'true_val') : required(bound.false_val, 'false_val')
}

const TRUE = new Set(['yes', 'on', '1', 'true', 't', 'y'])

/** As Ansible: what is not clearly yes is no. */
function toBool(value: Value): boolean {
  if (typeof value === 'boolean') return value
  if (typeof value === 'string') return TRUE.has(value.toLowerCase())
  return valuesEqual(value, 1)
}
