import { Float } from '../../value/float.ts'
import type { Method } from './method.ts'

/** Python's `float` methods that templates have a use for. */
export const FLOAT_METHODS: ReadonlyMap<string, Method> = new Map<string, Method>([
  ['is_integer', (target) => target instanceof Float && Number.isInteger(target.value)],
])

export const BYTES_METHODS: ReadonlyMap<string, Method> = new Map<string, Method>([
  ['decode', (target) => target instanceof Uint8Array ? Buffer.from(target).toString('utf8') : target],
  ['hex', (target) => target instanceof Uint8Array ? Buffer.from(target).toString('hex') : target],
])
