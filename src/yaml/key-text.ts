import { textOf } from '../value/text.ts'
import type { YamlScalar } from './node.ts'

/** A mapping's key as text: `7.2` and `true` are names like any other. */
export function keyText({ value }: YamlScalar): string {
  return typeof value === 'string' ? value : textOf(value)
}
