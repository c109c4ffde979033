import { isCollection, isMap, isScalar, isSeq, type Node, type YAMLMap, type YAMLSeq } from 'yaml'
import type { Json } from '../../value/value.ts'
import type { Holder, Place } from './locate.ts'
import { contentEnd, indentOf, inline, itemStart, lineEnd, lineStart, rendered, type SourceText } from './source-text.ts'

/** The text with the value at a place replaced. */
export function replaceValue(source: SourceText, { node, holder }: Place, value: unknown): string {
  if (holder.kind === 'document') return rendered(value, source, 0)
  if (canStayInline(node, value)) return inlineReplaced(source.text, { node, holder }, value)
  if (holder.kind === 'map') return pairReplaced(source, holder, value)
  return itemReplaced(source, holder, value)
}

/** The text with a pair at the end of a map. */
export function addPair(source: SourceText, map: YAMLMap, { key, value }: { readonly key: string | number | boolean, readonly value: unknown }): string {
  const { text } = source
  if (map.flow || map.items.length === 0) return flowReplaced(text, map, new Map<unknown, unknown>([...Object.entries(map.toJSON() as object), [key, value]]))
  const indent = indentOf(map)
  const pair = rendered(new Map([[key, value]]), source, indent)
  return inserted(text, contentEnd(map), `${' '.repeat(indent)}${pair}`)
}

/** The text with an item at the end of a list. */
export function addItem(source: SourceText, seq: YAMLSeq, value: unknown): string {
  const { text } = source
  if (seq.flow || seq.items.length === 0) return flowReplaced(text, seq, [...seq.toJSON() as unknown[], value])
  const indent = indentOf(seq)
  return inserted(text, contentEnd(seq), `${' '.repeat(indent)}${rendered([value], source, indent)}`)
}

/** The text without a pair or item. The comment above it stays: it may be about more. */
export function removePlace({ text }: SourceText, holder: Exclude<Holder, { kind: 'document' }>): string {
  const collection = holder.kind === 'map' ? holder.map : holder.seq
  const { index } = holder
  if (collection.flow) return flowReplaced(text, collection, without(collection, index))
  const end = lineEnd(text, contentEnd(collection.items[index]))
  if (collection.items.length === 1) return emptied(text, collection, end)
  const start = itemStart(collection, index)
  const line = lineStart(text, start)
  // The first pair of a map that is a list's item shares its line with the dash.
  if (text.slice(line, start).trim() !== '') return text.slice(0, start) + text.slice(itemStart(collection, index + 1))
  return text.slice(0, line) + text.slice(end)
}

function canStayInline(node: Node | null, value: unknown): boolean {
  if (typeof value === 'string' && value.includes('\n')) return false
  if (isCollection(node)) return node.flow === true
  return isShort(value) && (node === null || (isScalar(node) && node.type !== 'BLOCK_FOLDED' && node.type !== 'BLOCK_LITERAL'))
}

/** Scalars and empty collections. */
function isShort(value: unknown): boolean {
  if (value instanceof Map) return value.size === 0
  if (isCollection(value)) return value.items.length === 0
  return value === null || typeof value !== 'object' || isScalar(value) || Object.keys(value).length === 0
}

function inlineReplaced(text: string, { node, holder }: Place, value: unknown): string {
  const range = node?.range
  const at = range?.[0] ?? behindColon(text, holder)
  const until = range?.[1] ?? at
  const shown = inline(value, node)
  // An empty value has no place of its own: it begins right behind the colon.
  const gap = at === until && /\S/.test(text[at - 1] ?? '') ? ' ' : ''
  return text.slice(0, at) + gap + shown + text.slice(until)
}

function behindColon(text: string, holder: Holder): number {
  const key = holder.kind === 'map' ? holder.map.items[holder.index]?.key as Node | undefined : undefined
  return text.indexOf(':', key?.range?.[1] ?? 0) + 1
}

function pairReplaced(source: SourceText, { map, index }: Extract<Holder, { kind: 'map' }>, value: unknown): string {
  const { text } = source
  const pair = map.items[index]
  const key = pair?.key as Node
  const start = text.indexOf(':', key.range?.[1] ?? 0) + 1
  const indent = indentOf(map)
  const shown = rendered(new Map([['k', value]]), source, indent).slice(2)
  return text.slice(0, start) + shown + text.slice(lineEnd(text, contentEnd(pair)))
}

function itemReplaced(source: SourceText, { seq, index }: Extract<Holder, { kind: 'seq' }>, value: unknown): string {
  const { text } = source
  const indent = indentOf(seq)
  const shown = rendered([value], source, indent)
  return text.slice(0, itemStart(seq, index)) + shown + text.slice(lineEnd(text, contentEnd(seq.items[index])))
}

function flowReplaced(text: string, collection: YAMLMap | YAMLSeq, value: unknown): string {
  const [start = 0, end = start] = collection.range ?? []
  return text.slice(0, start) + inline(value) + text.slice(end)
}

function without(collection: YAMLMap | YAMLSeq, index: number): unknown {
  if (isSeq(collection)) return (collection.toJSON() as Json[]).toSpliced(index, 1)
  const entries = Object.entries(collection.toJSON() as Record<string, Json>)
  return Object.fromEntries(entries.toSpliced(index, 1))
}

function emptied(text: string, collection: YAMLMap | YAMLSeq, end: number): string {
  const start = itemStart(collection, 0)
  const before = text.slice(0, start).trimEnd()
  const empty = isMap(collection) ? '{}' : '[]'
  return before.endsWith(':') || before.endsWith('-') ? `${before} ${empty}\n${text.slice(end)}` : `${text.slice(0, lineStart(text, start))}${empty}\n${text.slice(end)}`
}

function inserted(text: string, contentEndsAt: number, added: string): string {
  const at = lineEnd(text, contentEndsAt)
  const gap = at > 0 && text[at - 1] !== '\n' ? '\n' : ''
  return text.slice(0, at) + gap + added + text.slice(at)
}
