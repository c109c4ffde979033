import type { Json } from '../value/value.ts'
import { ref, type Schema } from './shapes.ts'

/** A schema in which the given shapes are references: they come back hundreds of times. */
export function share(schema: Json, shapes: Readonly<Record<string, Schema>>): Json {
  const names = new Map(Object.entries(shapes).map(([name, shape]) => [JSON.stringify(shape), name]))
  const walk = (node: Json): Json => {
    if (typeof node !== 'object' || node === null) return node
    const name = names.get(JSON.stringify(node))
    if (name !== undefined) return ref(name)
    if (Array.isArray(node)) return node.map((item: Json) => walk(item))
    return Object.fromEntries(Object.entries(node as Schema).map(([key, value]) => [key, walk(value)]))
  }
  return walk(schema)
}
