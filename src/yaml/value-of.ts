import type { Dict, Value } from '../value/value.ts'
import type { YamlNode } from './node.ts'

/** The value of a node, places left out (templates keep theirs). */
export function valueOf(node: YamlNode): Value {
  if (node.kind === 'scalar') return node.value
  if (node.kind === 'sequence') return node.items.map(valueOf)
  const dict: Dict = new Map()
  for (const { key, value } of node.entries) dict.set(key.value, valueOf(value))
  return dict
}
