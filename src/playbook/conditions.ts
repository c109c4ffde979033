import { TemplateString } from '../value/template-string.ts'
import type { Value } from '../value/value.ts'
import type { YamlNode } from '../yaml/node.ts'
import { valueOf } from '../yaml/value-of.ts'
import type { Fields } from './fields.ts'

/** Conditions as bare expressions: text becomes a `TemplateString` with its place, even without braces; other values stay. */
export function readConditions(fields: Fields, name: string): Value[] {
  const node = fields.node(name)
  if (node?.kind === 'mapping') fields.wrongType(name, 'an expression or a list of them')
  return fields.nodes(name).map(condition)
}

function condition(node: YamlNode): Value {
  if (node.kind === 'scalar' && typeof node.value === 'string') return new TemplateString(node.value, node.range)
  return valueOf(node)
}
