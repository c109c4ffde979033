import { Callable } from '../../value/callable.ts'
import { dictGet, numberOf } from '../../value/equal.ts'
import { Float } from '../../value/float.ts'
import { NamedTuple, Tuple } from '../../value/tuple.ts'
import { reprOf } from '../../value/text.ts'
import { typeName } from '../../value/type-name.ts'
import { Undefined } from '../../value/undefined.ts'
import { Unknown } from '../../value/unknown.ts'
import { ValueTypeError } from '../../value/use-error.ts'
import type { Dict, Value } from '../../value/value.ts'
import { findMethod } from '../methods/find-method.ts'
import { Missing } from './missing.ts'
import type { Session } from './session.ts'
import { TemplateObject } from '../../value/template-object.ts'
import { VaultString } from '../../value/vault-string.ts'

export interface Member {
  readonly key: Value
  /** How an error names the whole: `web.port`. */
  readonly path: string
}

/** `target.name`: a method of the type if there is one, then an item. Only what the runtime lists can be reached, never a JavaScript property. */
export function attributeOf(session: Session, given: Value, member: Member): Value {
  const target = session.current(given)
  if (passesThrough(target)) return furtherMissing(target, member)
  if (target instanceof TemplateObject) return orMissing(target.get(member.key), target, member)
  if (target instanceof NamedTuple) return orMissing(target.named(member.key), target, member)
  return orMissing(boundMethod(session, target, member.key) ?? itemAt(session, target, member.key), target, member)
}

/** `target[key]`: an item, then a method. */
export function itemOf(session: Session, given: Value, member: Member): Value {
  const target = session.current(given)
  if (passesThrough(target)) return furtherMissing(target, member)
  if (member.key instanceof Undefined) return member.key
  const item = itemAt(session, target, member.key)
  return orMissing(item === undefined ? boundMethod(session, target, member.key) : item, target, member)
}

/** An item by key or index, or undefined where there is none. */
function itemAt(session: Session, target: Value, key: Value): Value | undefined {
  if (target instanceof Map) return found(session, target, dictItem(target, key))
  if (typeof target === 'string') return characterAt(target, key)
  if (Array.isArray(target)) return found(session, target, listItem(target, key))
  if (target instanceof Tuple) return found(session, target, listItem(target.items, key))
  return target instanceof VaultString ? characterAt(session.engine.decrypt(target), key) : undefined
}

/** Python's indices: negative ones count from the end. */
export function listItem(items: readonly Value[], key: Value): Value | undefined {
  const index = indexOf(key)
  return index === undefined ? undefined : items.at(index)
}

/** `start:stop:step` of text or a list. */
export function sliceOf(target: Value, bounds: readonly (Value | undefined)[]): Value {
  const parts = bounds.map(boundOf)
  if (typeof target === 'string') return sliceItems([...target], parts).join('')
  if (Array.isArray(target)) return sliceItems(target, parts)
  if (target instanceof Tuple) return new Tuple(sliceItems(target.items, parts))
  throw new ValueTypeError(`Cannot take a slice of a value of type '${typeName(target)}'`)
}

function passesThrough(target: Value): target is Undefined | Unknown {
  return target instanceof Undefined || target instanceof Unknown
}

/** What is missing stays the first thing that is: `web.port.name` is undefined because `web` is. */
function furtherMissing(target: Undefined | Unknown, _member: Member): Value {
  return target
}

/** Not `??`: None is a value. */
function orMissing(value: Value | undefined, target: Value, member: Member): Value {
  return value === undefined ? missing(target, member) : value
}

function missing(parent: Value, { key, path }: Member): Value {
  return new Missing(path, lackOf(parent, key), { parent })
}

/** That a value has no such attribute or item, in Jinja's words. */
export function lackOf(parent: Value, key: Value): string {
  const owner = parent === null ? 'None' : `${typeName(parent)} object`
  return typeof key === 'string' ? `'${owner}' has no attribute '${key}'` : `${owner} has no element ${reprOf(key)}`
}

function found(session: Session, container: Value, item: Value | undefined): Value | undefined {
  return item !== undefined && session.isRaw(container) ? session.reach(item) : item
}

function dictItem(dict: Dict, key: Value): Value | undefined {
  return typeof key === 'string' ? dict.get(key) : dictGet(dict, key)
}

function characterAt(text: string, key: Value): Value | undefined {
  const index = indexOf(key)
  return index === undefined ? undefined : [...text].at(index)
}

function indexOf(key: Value): number | undefined {
  if (typeof key === 'number') return key
  return typeof key === 'boolean' ? Number(key) : undefined
}

function boundMethod(session: Session, target: Value, key: Value): Value | undefined {
  const method = typeof key === 'string' ? findMethod(target, key) : undefined
  if (method === undefined || typeof key !== 'string') return undefined
  return new Callable(key, (args, named) => method(session.settle(target), args, named))
}

function boundOf(bound: Value | undefined): number | undefined {
  if (bound === undefined || bound === null) return undefined
  const number = bound instanceof Float ? undefined : numberOf(bound)
  if (number === undefined) throw new ValueTypeError(`Cannot slice by a value of type '${typeName(bound)}': integers are needed`)
  return Number(number)
}

function sliceItems<Item>(items: readonly Item[], [start, stop, step = 1]: readonly (number | undefined)[]): Item[] {
  if (step === 0) throw new ValueTypeError('Cannot slice with a step of zero')
  const { length } = items
  const clamp = (bound: number, low: number, high: number) => Math.min(Math.max(bound < 0 ? bound + length : bound, low), high)
  const picked: Item[] = []
  if (step > 0) {
    const end = clamp(stop ?? length, 0, length)
    for (let index = clamp(start ?? 0, 0, length); index < end; index += step) picked.push(...items.slice(index, index + 1))
  } else {
    const end = stop === undefined ? -1 : clamp(stop, -1, length - 1)
    for (let index = start === undefined ? length - 1 : clamp(start, -1, length - 1); index > end; index += step) picked.push(...items.slice(index, index + 1))
  }
  return picked
}
