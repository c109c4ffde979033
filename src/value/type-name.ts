import { Callable } from './callable.ts'
import { Float } from './float.ts'
import { Omit } from './omit.ts'
import { TemplateObject } from './template-object.ts'
import { TemplateString } from './template-string.ts'
import { Tuple } from './tuple.ts'
import { Undefined } from './undefined.ts'
import { Unknown } from './unknown.ts'
import type { Value } from './value.ts'
import { VaultString } from './vault-string.ts'

/** The name Python gives the type of a value: `str`, `int`, `list`, `NoneType`. */
export function typeName(value: Value): string {
  if (value === null) return 'NoneType'
  if (typeof value === 'object') return objectTypeName(value)
  return PRIMITIVES[typeof value] ?? 'object'
}

const PRIMITIVES: Readonly<Record<string, string>> = { string: 'str', boolean: 'bool', number: 'int', bigint: 'int' }

const CLASSES: readonly (readonly [abstract new (...args: never) => object, string])[] = [
  [Map, 'dict'], [Float, 'float'], [Tuple, 'tuple'], [Uint8Array, 'bytes'], [Callable, 'function'],
  [TemplateString, 'str'], [VaultString, 'AnsibleVaultEncryptedUnicode'], [Undefined, 'Undefined'], [Unknown, 'Unknown'], [Omit, 'Omit'],
]

function objectTypeName(value: object): string {
  if (Array.isArray(value)) return 'list'
  if (value instanceof TemplateObject) return value.type
  return CLASSES.find(([type]) => value instanceof type)?.[1] ?? 'object'
}
