import { Callable } from '../value/callable.ts'
import { LazyDict } from '../value/lazy-dict.ts'
import { OMIT } from '../value/omit.ts'
import { TemplateString } from '../value/template-string.ts'
import { Tuple } from '../value/tuple.ts'
import { Undefined } from '../value/undefined.ts'
import { UndefinedUseError, ValueTypeError } from '../value/use-error.ts'
import type { Dict, Value } from '../value/value.ts'
import { VaultString } from '../value/vault-string.ts'
import { Missing } from './runtime/missing.ts'
import type { Session } from './runtime/session.ts'
import { TemplateObject } from '../value/template-object.ts'

/**
 * A value as it leaves the templates: everything evaluated, tuples as lists, omitted items gone. What needs no change is
 * returned as it is, so that large data is not copied.
 */
export function finalize(value: Value, session: Session): Value {
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof TemplateString) return finalizeTemplate(value, session)
  if (value instanceof VaultString) return session.engine.decrypt(value)
  if (Array.isArray(value)) return finalizeItems(value, session)
  if (value instanceof Tuple) return [...finalizeItems(value.items, session)]
  if (value instanceof Map) return finalizeMap(value, session)
  return finalizeOther(value, session)
}

function finalizeOther(value: Value, session: Session): Value {
  if (value instanceof TemplateObject) return value.description === 'Namespace' ? new Map(finalizeMap(value.members, session)) : value.description
  if (value instanceof Undefined) throw new UndefinedUseError(value)
  if (value instanceof Callable) throw new ValueTypeError(`Cannot use the function '${value.name}' as a value: call it with parentheses`)
  return value
}

/** What a filter left undefined inside its result has no place yet. */
function finalizeTemplate(template: TemplateString, session: Session): Value {
  const result = session.evaluate(template)
  if (typeof result !== 'object') return result
  try {
    return finalize(result, session)
  } catch (error) {
    if (error instanceof UndefinedUseError) throw new UndefinedUseError(placed(error.missing, template))
    throw error
  }
}

function placed(missing: Undefined, template: TemplateString): Undefined {
  const origin = missing instanceof Missing ? missing.origin : {}
  return new Missing(missing.name, missing.reason, { ...origin, place: origin.place ?? { text: template, at: 0 } })
}

function finalizeItems(items: readonly Value[], session: Session): Value[] {
  const done: Value[] = []
  let changed = !Array.isArray(items)
  for (const item of items) {
    const value = finalize(item, session)
    if (value !== item) changed = true
    if (value !== OMIT) done.push(value)
    else changed = true
  }
  return changed ? done : items as Value[]
}

function finalizeMap(dict: Dict, session: Session): Dict {
  const done: Dict = new Map()
  let changed = dict instanceof LazyDict
  for (const [key, item] of dict) {
    const value = finalize(item, session)
    if (value !== item || key instanceof TemplateString) changed = true
    if (value !== OMIT) done.set(key instanceof TemplateString ? key.source : key, value)
    else changed = true
  }
  return changed ? done : dict
}
