import type { Value } from '../../value/value.ts'
import type { Evaluate } from '../runtime/compiled-template.ts'
import type { Frame } from '../runtime/frame.ts'
import type { LexicalScope, Place } from './scopes.ts'

/** Reads a variable: local places first, then the context. */
export function compileName(name: string, scope: LexicalScope): Evaluate {
  const places = scope.find(name)
  const [first, second] = places
  if (first === undefined) return (frame) => frame.context.lookup(name)
  if (second === undefined && first.hops === 0) {
    const { slot } = first
    return (frame) => orLookup(frame.slots[slot], frame, name)
  }
  return (frame) => orLookup(readPlaces(frame, places), frame, name)
}

/** Not `??`: None is a value. */
function orLookup(value: Value | undefined, frame: Frame, name: string): Value {
  return value === undefined ? frame.context.lookup(name) : value
}

/** The local variables that can be seen from a place, for a template that is included there. */
export function compileLocals(scope: LexicalScope): (frame: Frame) => ReadonlyMap<string, Value> {
  const visible = [...scope.visible()]
  return (frame) => {
    const locals = new Map<string, Value>()
    for (const [name, places] of visible) {
      const value = readPlaces(frame, places)
      if (value !== undefined) locals.set(name, value)
    }
    return locals
  }
}

function readPlaces(frame: Frame, places: readonly Place[]): Value | undefined {
  for (const { hops, slot } of places) {
    let holder: Frame | undefined = frame
    for (let hop = 0; hop < hops; hop++) holder = holder?.parent
    const value = holder?.slots[slot]
    if (value !== undefined) return value
  }
  return undefined
}
