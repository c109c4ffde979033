import { isAlias, isMap, isScalar, isSeq, type Document, type Node, type Pair, type YAMLMap, type YAMLSeq } from 'yaml'
import { ModuleFailure } from '../../module/module.ts'
import type { YamlStep } from './yaml-path.ts'

/** Where a step leads: a value that is there, with what holds it. */
export interface Place {
  readonly node: Node | null
  readonly holder: Holder
}

export type Holder =
  | { readonly kind: 'document' }
  | { readonly kind: 'map', readonly map: YAMLMap, readonly index: number }
  | { readonly kind: 'seq', readonly seq: YAMLSeq, readonly index: number }

/** How far a path leads: the deepest value that is there, and the steps that are missing below it. */
export interface Located {
  readonly place: Place
  readonly missing: readonly YamlStep[]
}

export function locate(document: Document.Parsed, steps: readonly YamlStep[]): Located {
  let place: Place = { node: document.contents, holder: { kind: 'document' } }
  for (const [index, step] of steps.entries()) {
    const next = follow(place.node, step)
    if (next === undefined) return { place, missing: steps.slice(index) }
    place = next
  }
  return { place, missing: [] }
}

/** The pair of a map whose key reads as wanted, whatever its tag or type: `1`, `"1"` and `!!int 1` are all 1. */
function findPair(map: YAMLMap, key: string | number | boolean): number {
  return map.items.findIndex((pair) => isScalar(pair.key) && sameKey(pair.key.value, key))
}

/** Keys of a map that stand in it more than once are an error already; these are same-named ones elsewhere. */
export function countKeys(node: unknown, key: string): number {
  if (isMap(node)) return node.items.reduce((sum, pair) => sum + (isScalar(pair.key) && sameKey(pair.key.value, key) ? 1 : 0) + countKeys(pair.value, key), 0)
  return isSeq(node) ? node.items.reduce((sum: number, item) => sum + countKeys(item, key), 0) : 0
}

function sameKey(there: unknown, wanted: string | number | boolean): boolean {
  return there === wanted || (typeof wanted === 'string' && String(there) === wanted)
}

function follow(node: Node | null, step: YamlStep): Place | undefined {
  if (isAlias(node)) throw new ModuleFailure(`Cannot go through alias *${node.source}: edit the place it stands for`)
  if (isMap(node) && step.kind !== 'match') return inMap(node, step.kind === 'key' ? step.key : step.index)
  if (isSeq(node)) return inSeq(node, step)
  return undefined
}

function inMap(map: YAMLMap, key: string | number | boolean): Place | undefined {
  const index = findPair(map, key)
  const pair = map.items[index]
  return pair === undefined ? undefined : { node: valueOf(pair), holder: { kind: 'map', map, index } }
}

function inSeq(seq: YAMLSeq, step: YamlStep): Place | undefined {
  const index = step.kind === 'match' ? seq.items.findIndex((item) => hasValue(item, step.key, step.value)) : placeIn(seq, step)
  const node = seq.items[index] as Node | undefined
  return node === undefined ? undefined : { node, holder: { kind: 'seq', seq, index } }
}

function placeIn(seq: YAMLSeq, step: Exclude<YamlStep, { kind: 'match' }>): number {
  const given = step.kind === 'item' ? step.index : Number(step.key)
  return given < 0 ? seq.items.length + given : given
}

function hasValue(item: unknown, key: string, value: string): boolean {
  if (!isMap(item)) return false
  const found = item.items[findPair(item, key)]?.value
  return isScalar(found) && String(found.value) === value
}

function valueOf(pair: Pair): Node | null {
  return pair.value as Node | null
}
