import { type Document, type Scalar, isAlias, isMap, isScalar, isSeq, parseAllDocuments } from 'yaml'
import { Float } from '../../value/float.ts'
import { dictSet } from '../../value/equal.ts'
import type { Dict, Value } from '../../value/value.ts'
import { EvaluationError } from '../evaluation-error.ts'
import { integer } from '../runtime/arithmetic.ts'
import { readsAsOtherType } from './implicit-types.ts'

/** Reads YAML 1.1 as data: its strings are never templates. */
export function parseYaml(text: string): Value {
  const documents = parseYamlDocuments(text)
  if (documents.length > 1) throw new EvaluationError('filter-argument', 'Cannot read YAML: there is more than one document', 'Use from_yaml_all')
  return documents[0] ?? null
}

export function parseYamlDocuments(text: string): Value[] {
  const documents = parseAllDocuments(text, { version: '1.1', intAsBigInt: true, merge: true, uniqueKeys: false, logLevel: 'silent', strict: true })
  const list: readonly Document[] = Array.isArray(documents) ? documents : []
  return list.map((document) => {
    const [error] = document.errors
    if (error !== undefined) throw new EvaluationError('filter-argument', `Cannot read YAML: ${error.message.split('\n')[0]?.replace(/:$/, '') ?? ''}`)
    return nodeValue(document.contents, document)
  })
}

function nodeValue(node: unknown, document: Document): Value {
  if (isAlias(node)) return nodeValue(node.resolve(document), document)
  if (isSeq(node)) return node.items.map((item) => nodeValue(item, document))
  if (isMap(node)) return mappingValue(node.items, document)
  return isScalar(node) ? scalarValue(node) : null
}

function mappingValue(items: readonly { readonly key: unknown, readonly value: unknown }[], document: Document): Dict {
  const dict: Dict = new Map()
  const merged: Dict[] = []
  for (const { key, value } of items) {
    if (isMergeKey(key)) merged.push(...mergedDicts(nodeValue(value, document)))
    else dictSet(dict, nodeValue(key, document), nodeValue(value, document))
  }
  for (const other of merged) for (const [key, value] of other) if (!dict.has(key)) dict.set(key, value)
  return dict
}

function isMergeKey(key: unknown): boolean {
  return isScalar(key) && key.source === '<<' && key.type === 'PLAIN'
}

function mergedDicts(value: Value): Dict[] {
  if (value instanceof Map) return [value]
  return Array.isArray(value) ? value.flatMap(mergedDicts) : []
}

function scalarValue(node: Scalar): Value {
  const { value, source, type } = node
  // PyYAML knows fewer plain words and numbers than YAML 1.1 has: `y` and `1e3` are text.
  if (type === 'PLAIN' && source !== undefined && !readsAsOtherType(source)) return source
  return nativeValue(value) ?? (value === null ? null : source ?? String(value))
}

/** Dates and sets have no type here: what was written stands for them. */
function nativeValue(value: unknown): Value | undefined {
  if (typeof value === 'bigint') return integer(value)
  if (typeof value === 'number') return new Float(value)
  return typeof value === 'boolean' || typeof value === 'string' || value instanceof Uint8Array ? value : undefined
}
