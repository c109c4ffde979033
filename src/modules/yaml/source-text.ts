import { Document, isCollection, isMap, isPair, isScalar, isSeq, Pair, YAMLMap, YAMLSeq, type Node, type Scalar } from 'yaml'
import { DIALECT } from './dialect.ts'

/** A document's text with what is known of its style. */
export interface SourceText {
  readonly text: string
  /** Blanks that a map is indented by below its parent. */
  readonly step: number
  /** Whether lists in a map stand further in than its keys. */
  readonly indentedLists: boolean
}

/** The style of a document, from its first nested map and list. */
export function sourceText(text: string, root: Node | null): SourceText {
  const [step, lists] = [nestedStep(root), listStyle(root)]
  return { text, step: step ?? 2, indentedLists: lists ?? true }
}

/** Offset just behind the last thing of a node that is no comment or blank. */
export function contentEnd(node: unknown): number {
  if (isPair(node)) return node.value === null ? contentEnd(node.key) : contentEnd(node.value)
  if (!isCollection(node) || node.flow || node.items.length === 0) return (node as Node | null)?.range?.[1] ?? 0
  return contentEnd(node.items.at(-1))
}

/** Offset behind the line in which something ends, its comment included. */
export function lineEnd(text: string, offset: number): number {
  if (offset > 0 && text[offset - 1] === '\n') return offset
  const end = text.indexOf('\n', offset)
  return end < 0 ? text.length : end + 1
}

export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1
}

/** Column at which the keys of a block map, or the dashes of a block list, stand. */
export function indentOf(node: YAMLMap | YAMLSeq): number {
  const token = node.srcToken
  return token !== undefined && 'indent' in token ? token.indent : 0
}

/** Where a pair or item of a block collection begins: at its key (with tag or anchor) or its dash. */
export function itemStart(holder: YAMLMap | YAMLSeq, index: number): number {
  const token = holder.srcToken
  const item = token !== undefined && 'items' in token ? token.items[index] : undefined
  const own = item?.start.find(({ type }) => type === 'seq-item-ind' || type === 'tag' || type === 'anchor' || type === 'explicit-key-ind')
  return own?.offset ?? item?.key?.offset ?? 0
}

/** A value as block YAML, its lines (all but the first) moved in. */
export function rendered(value: unknown, { step, indentedLists }: SourceText, indent: number): string {
  const document = documentOf(value)
  // The package moves lists half out in deeper steps, so a flush list keeps to steps of 2.
  const text = document.toString({ indent: indentedLists ? step : 2, indentSeq: indentedLists, lineWidth: 0, minContentWidth: 0 })
  return text.replace(/\n(?=[^\n])/g, `\n${' '.repeat(indent)}`)
}

/** A value on one line: `{a: 1}`, `[x, y]`, or a scalar in the style of the one it replaces. */
export function inline(value: unknown, like?: Node | null): string {
  const document = documentOf(value)
  if (isScalar(document.contents) && typeof value === 'string' && isScalar(like)) keepStyle(document.contents, like)
  return document.toString({ collectionStyle: 'flow', lineWidth: 0, minContentWidth: 0, flowCollectionPadding: false }).trimEnd()
}

function documentOf(value: unknown): Document {
  const document = new Document(null, { ...DIALECT, aliasDuplicateObjects: false })
  document.contents = nodeOf(value, document)
  return document
}

/** A Map is a map with keys of any type: the package itself would make an ordered list of pairs (`!!omap`) of it. */
function nodeOf(value: unknown, document: Document): Node {
  if (value instanceof Map) {
    const map = new YAMLMap(document.schema)
    for (const [key, item] of value) map.add(new Pair(document.createNode(key), nodeOf(item, document)))
    return map
  }
  if (!Array.isArray(value)) return document.createNode(value)
  const seq = new YAMLSeq(document.schema)
  for (const item of value) seq.add(nodeOf(item, document))
  return seq
}

function keepStyle(scalar: Scalar, { type }: Scalar): void {
  if (type === 'QUOTE_DOUBLE' || type === 'QUOTE_SINGLE') scalar.type = type
}

function nestedStep(node: unknown): number | undefined {
  if (isSeq(node)) return first(node.items, nestedStep)
  if (!isMap(node) || node.flow) return undefined
  const inner = node.items.find(({ value }) => isMap(value) && !value.flow && value.items.length > 0)?.value
  return isMap(inner) ? indentOf(inner) - indentOf(node) : first(node.items.map(({ value }) => value), nestedStep)
}

function listStyle(node: unknown): boolean | undefined {
  if (isSeq(node)) return first(node.items, listStyle)
  if (!isMap(node) || node.flow) return undefined
  const inner = node.items.find(({ value }) => isSeq(value) && !value.flow && value.items.length > 0)?.value
  return isSeq(inner) ? indentOf(inner) > indentOf(node) : first(node.items.map(({ value }) => value), listStyle)
}

function first<T>(items: readonly unknown[], find: (item: unknown) => T | undefined): T | undefined {
  for (const item of items) {
    const found = find(item)
    if (found !== undefined) return found
  }
  return undefined
}
