import { type Alias, type Document, type Scalar, isAlias, isMap, isPair, isScalar, isSeq, parseAllDocuments } from 'yaml'
import { blockScalarValue } from '../../text/block-scalar-end.ts'
import { Float } from '../../value/float.ts'
import { dictSet } from '../../value/equal.ts'
import { Tuple } from '../../value/tuple.ts'
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

/** What tags of YAML's own begin with. */
const STANDARD = 'tag:yaml.org,2002:'

export function parseYamlDocuments(text: string): Value[] {
  const documents = parseAllDocuments(text, { version: '1.1', intAsBigInt: true, merge: true, uniqueKeys: false, logLevel: 'silent', strict: true })
  const list: readonly Document[] = Array.isArray(documents) ? documents : []
  return list.map((document) => {
    const [problem] = [...document.errors, ...document.warnings.filter(({ code, message }) => code === 'TAG_RESOLVE_FAILED' && !message.includes(STANDARD))]
    if (problem !== undefined) throw failed(problem.message.split('\n')[0]?.replace(/:$/, '') ?? '')
    return new DocumentReader(document, text).value(document.contents)
  })
}

class DocumentReader {
  readonly #document: Document
  readonly #text: string

  constructor(document: Document, text: string) {
    this.#document = document
    this.#text = text
  }

  value(node: unknown): Value {
    if (isAlias(node)) return this.#aliased(node)
    if (isSeq(node)) return node.items.map((item) => this.value(item))
    if (isMap(node)) return this.#mapping(node.items)
    // `!!omap` and `!!pairs` are lists of these.
    if (isPair(node)) return new Tuple([this.value(node.key), this.value(node.value)])
    return isScalar(node) ? this.#scalar(node) : null
  }

  #aliased(alias: Alias): Value {
    const target = alias.resolve(this.#document)
    if (target === undefined) throw failed(`there is no anchor '${alias.source}'`)
    return this.value(target)
  }

  /** What is merged comes first, and own entries override it in its place, as PyYAML has it. */
  #mapping(items: readonly { readonly key: unknown, readonly value: unknown }[]): Dict {
    const dict: Dict = new Map()
    const [merges, own] = [items.filter(({ key }) => isMergeKey(key)), items.filter(({ key }) => !isMergeKey(key))]
    for (const { value } of merges) for (const other of mergedDicts(this.value(value))) for (const [key, item] of other) dictSet(dict, key, item)
    for (const { key, value } of own) dictSet(dict, hashable(this.value(key)), this.value(value))
    return dict
  }

  #scalar(node: Scalar): Value {
    const isBlock = node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED'
    if (isBlock && typeof node.value === 'string') return blockScalarValue({ value: node.value, end: node.range?.[1] ?? 0, text: this.#text })
    return scalarValue(node)
  }
}

function isMergeKey(key: unknown): boolean {
  return isScalar(key) && key.source === '<<' && key.type === 'PLAIN'
}

/** Of several, the first one wins: it comes last. */
function mergedDicts(value: Value): Dict[] {
  if (value instanceof Map) return [value]
  if (Array.isArray(value)) return value.flatMap(mergedDicts).reverse()
  throw failed("'<<' needs a mapping, or a list of mappings")
}

function hashable(key: Value): Value {
  if (Array.isArray(key) || key instanceof Map) throw failed('a list or mapping cannot be a key')
  return key
}

function failed(reason: string): EvaluationError {
  return new EvaluationError('filter-argument', `Cannot read YAML: ${reason}`)
}

function scalarValue(node: Scalar): Value {
  if (node.tag === `${STANDARD}float`) return new Float(Number(node.value))
  if (node.tag === `${STANDARD}binary`) return new Uint8Array(Buffer.from(String(node.source), 'base64'))
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
