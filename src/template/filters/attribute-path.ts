import { textOf } from '../../value/text.ts'
import { Undefined } from '../../value/undefined.ts'
import type { Dict, Value } from '../../value/value.ts'
import { dictGet } from '../../value/equal.ts'
import { lackOf, listItem } from '../runtime/access.ts'
import { Missing, orElse } from '../runtime/missing.ts'
import { TemplateObject } from '../../value/template-object.ts'
import { Tuple } from '../../value/tuple.ts'
import { Unknown } from '../../value/unknown.ts'

/** Reads `a.b.0` of a value, as `map(attribute=...)`, `sort` and `groupby` do. Only items are reached. */
export function attributePath(attribute: Value, fallback?: Value): (value: Value) => Value {
  const keys: Value[] = typeof attribute === 'number' ? [attribute] : textOf(attribute).split('.').map((part) => /^\d+$/.test(part) ? Number(part) : part)
  return (value) => {
    let current = value
    for (const key of keys) {
      current = step(current, key)
      if (current instanceof Undefined && fallback !== undefined) return fallback
    }
    return current
  }
}

function step(value: Value, key: Value): Value {
  if (value instanceof Undefined || value instanceof Unknown) return value
  return orElse(itemAt(value, key), () => new Missing(textOf(key), lackOf(value, textOf(key)), { parent: value }))
}

function itemAt(value: Value, key: Value): Value | undefined {
  if (value instanceof TemplateObject) return value.get(key)
  if (value instanceof Map) return dictItem(value, key)
  if (typeof value === 'string') return listItem([...value], key)
  return listItem(Array.isArray(value) ? value : value instanceof Tuple ? value.items : [], key)
}

function dictItem(dict: Dict, key: Value): Value | undefined {
  const item = dictGet(dict, key)
  return item === undefined && typeof key === 'number' ? dict.get(String(key)) : item
}
