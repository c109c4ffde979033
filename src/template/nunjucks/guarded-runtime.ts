import { findMethod } from '../methods/find-method.ts'
import { type Bridge, splitArguments } from './bridge.ts'
import type { NunjucksFrame, NunjucksModule, PlainFunction } from './nunjucks-types.ts'
import { fromPlain } from './plain-values.ts'

/** Message of the error thrown where a template prints something undefined. */
export const UNDEFINED_OUTPUT = 'something undefined is printed'

/**
 * Stands in for nunjucks' runtime: what compiled templates reach everything through. Variables come from our scope; members are
 * own properties of plain data or one of our listed methods; only our functions and the templates' own macros can be called.
 */
export function guardedRuntime(nunjucks: NunjucksModule, bridge: Bridge): object {
  const { runtime, lib } = nunjucks
  return {
    ...runtime,
    contextOrFrameLookup: (context: { readonly ctx: object }, frame: NunjucksFrame, name: string) => orElse(localVariable(context, frame, name), () => bridge.variable(name)),
    memberLookup: (target: unknown, key: unknown) => orElse(ownMember(target, key, bridge), () => listedMethod(target, key, bridge)),
    callWrap: (...[target, name, , args]: [unknown, string, unknown, readonly unknown[]]) => {
      if (bridge.isCallable(target)) return target(...args)
      throw new Error(target === undefined || target === null ? `'${name}' is undefined, so it cannot be called` : `'${name}' cannot be called`)
    },
    makeMacro: (names: unknown, keywords: unknown, body: unknown) => bridge.allow(runtime.makeMacro(names, keywords, body)),
    markSafe: (value: unknown) => {
      const safe = runtime.markSafe(value)
      return typeof safe === 'function' && bridge.isCallable(value) ? bridge.allow(safe as PlainFunction) : safe
    },
    ensureDefined: (value: unknown, line: number, column: number) => {
      if (value === undefined || typeof value === 'function') throw new lib.TemplateError(UNDEFINED_OUTPUT, line + 1, column + 1)
      return value
    },
  }
}

/** Not `??`: null is a value. */
function orElse(value: unknown, absent: () => unknown): unknown {
  return value === undefined ? absent() : value
}

/** A variable that the template has set itself. */
function localVariable(context: { readonly ctx: object }, frame: NunjucksFrame, name: string): unknown {
  for (let current: NunjucksFrame | undefined = frame; current !== undefined && current !== null; current = current.parent) {
    if (Object.hasOwn(current.variables, name)) return current.variables[name]
  }
  return ownProperty(context.ctx, name)
}

/** What is itself a function must be one that was let in: a macro of an imported template. */
function ownMember(target: unknown, key: unknown, bridge: Bridge): unknown {
  if (!isData(target) || typeof key !== 'string' && typeof key !== 'number') return undefined
  const own = ownProperty(target, key)
  return typeof own === 'function' && !bridge.isCallable(own) ? undefined : own
}

function listedMethod(target: unknown, key: unknown, bridge: Bridge): unknown {
  if (target === undefined || target === null || typeof target === 'function' || typeof key !== 'string') return undefined
  const value = fromPlain(target)
  const method = findMethod(value, key)
  if (method === undefined) return undefined
  return bridge.allow((...args) => {
    const { positional, named } = splitArguments(args)
    return bridge.plain(method(value, positional, named))
  })
}

/** Text, lists and objects made of nothing but data. */
function isData(target: unknown): target is object | string {
  if (typeof target === 'string' || Array.isArray(target)) return true
  if (typeof target !== 'object' || target === null) return false
  const prototype: unknown = Object.getPrototypeOf(target)
  return prototype === null || prototype === Object.prototype
}

function ownProperty(target: object | string, key: string | number): unknown {
  return Object.getOwnPropertyDescriptor(Object(target), key)?.value
}
