import { floatText } from '../../value/float-text.ts'
import { Float } from '../../value/float.ts'
import { compareValues } from '../../value/order.ts'
import { requireKnown } from '../../value/require-known.ts'
import { TemplateObject } from '../../value/template-object.ts'
import { Tuple } from '../../value/tuple.ts'
import { typeName } from '../../value/type-name.ts'
import type { Value } from '../../value/value.ts'
import { EvaluationError } from '../evaluation-error.ts'
import type { YamlTree } from './emitter.ts'

export interface TreeOptions {
  readonly sortKeys: boolean
  /** Undefined: collections that hold nothing but scalars stand on one line. */
  readonly flow: boolean | undefined
  /** Texts of several lines are written as they are; `lossy` gives up what that cannot say, such as blanks at the ends of lines. */
  readonly blocks?: 'exact' | 'lossy'
}

/** A value as PyYAML represents it. */
export function valueToTree(value: Value, options: TreeOptions): YamlTree {
  if (typeof value === 'string') return textTree(value, options)
  if (value === null) return { kind: 'plain', text: 'null' }
  if (typeof value !== 'object') return { kind: 'plain', text: String(value) }
  if (value instanceof Float) return { kind: 'plain', text: yamlFloat(value.value) }
  return collectionTree(value, options)
}

function textTree(text: string, { blocks }: TreeOptions): YamlTree {
  if (blocks === undefined || !/[\n\x85\u2028\u2029]/.test(text)) return { kind: 'text', text }
  return { kind: 'literal', text: blocks === 'lossy' ? withoutWhatBlocksCannotSay(text) : text }
}

function withoutWhatBlocksCannotSay(text: string): string {
  return text.trimEnd().replaceAll('\t', '        ').replace(/[^\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/g, '').replace(/ +([\n\x85\u2028\u2029])/g, '$1')
}

function collectionTree(value: Value & object, options: TreeOptions): YamlTree {
  if (Array.isArray(value)) return sequence(value, options)
  if (value instanceof Tuple) return sequence(value.items, options)
  if (value instanceof Map) return mapping(value, options)
  if (value instanceof TemplateObject && value.asData !== undefined) return { kind: 'plain', text: value.description }
  requireKnown(value)
  throw new EvaluationError('filter-argument', `Cannot write a value of type '${typeName(value)}' as YAML`)
}

function sequence(values: readonly Value[], options: TreeOptions): YamlTree {
  const items = values.map((item) => valueToTree(item, options))
  return { kind: 'sequence', items, flow: options.flow ?? items.every(isScalar) }
}

function mapping(dict: ReadonlyMap<Value, Value>, options: TreeOptions): YamlTree {
  const entries = sorted([...dict], options.sortKeys).map(([key, item]) => [valueToTree(key, options), valueToTree(item, options)] as const)
  return { kind: 'mapping', entries, flow: options.flow ?? entries.flat().every(isScalar) }
}

/** Keys that cannot be compared stay in their order. */
function sorted(entries: [Value, Value][], sortKeys: boolean): [Value, Value][] {
  if (!sortKeys) return entries
  try {
    return [...entries].sort(([left], [right]) => compareValues(left, right))
  } catch {
    return entries
  }
}

function isScalar(tree: YamlTree): boolean {
  return tree.kind !== 'sequence' && tree.kind !== 'mapping'
}

function yamlFloat(number: number): string {
  if (Number.isNaN(number)) return '.nan'
  if (!Number.isFinite(number)) return number > 0 ? '.inf' : '-.inf'
  const text = floatText(number)
  return text.includes('.') ? text : text.replace('e', '.0e')
}
