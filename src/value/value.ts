import type { Callable } from './callable.ts'
import type { Float } from './float.ts'
import type { Omit } from './omit.ts'
import type { TemplateString } from './template-string.ts'
import type { TemplateObject } from './template-object.ts'
import type { Tuple } from './tuple.ts'
import type { Undefined } from './undefined.ts'
import type { Unknown } from './unknown.ts'
import type { VaultString } from './vault-string.ts'

/**
 * Any value of the language. Invariants:
 * - a JavaScript `number` is always a safe integer; larger integers are `bigint`; every Python float is a `Float`;
 * - a dict is a `Map`, so it keeps order, may have keys that are not strings, and has no prototype to reach;
 * - a `string` is data and is never evaluated; text to be evaluated is a `TemplateString`, made only by source loaders.
 */
export type Value = Scalar | Uint8Array | Value[] | Tuple | Dict | TemplateString | VaultString | Undefined | Unknown | Omit | Callable | TemplateObject

export type Scalar = null | boolean | number | bigint | Float | string

export type Dict = Map<Value, Value>

/** What JSON can say: module results and events are of this shape. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
export type JsonObject = { readonly [key: string]: Json }
