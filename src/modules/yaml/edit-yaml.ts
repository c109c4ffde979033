import { isDeepStrictEqual } from 'node:util'
import { isMap, isSeq, parseDocument, type Document, type Node } from 'yaml'
import { ModuleFailure } from '../../module/module.ts'
import { isJsonObject } from '../../value/json.ts'
import type { Json } from '../../value/value.ts'
import { DIALECT } from './dialect.ts'
import { countKeys, locate, type Place } from './locate.ts'
import { sourceText } from './source-text.ts'
import { addItem, addPair, removePlace, replaceValue } from './splice.ts'
import { yamlPathText, type YamlStep } from './yaml-path.ts'

/** One edit of a document. */
export interface YamlEdit {
  readonly op: 'set' | 'merge' | 'append' | 'remove' | 'copy'
  readonly at: readonly YamlStep[]
  readonly value: Json
  /** `copy`: the place whose value it gets, tags and styles included. */
  readonly from?: readonly YamlStep[] | undefined
  /** New keys that are whole numbers are written as numbers. */
  readonly integerKeys: boolean
  /** Missing parents are made; else a missing parent is an error. */
  readonly create: boolean
  /** The last key of the path must not stand anywhere else in the document. */
  readonly unique: boolean
  /** The node that `value` was read from. */
  readonly node?: Node
}

/** The text after an edit; the same text when it says so already. Lines that the edit does not concern stay as they are, byte for byte. */
export function editYaml(text: string, edit: YamlEdit): string {
  if (edit.unique) refuseNamesakes(parse(text), edit)
  if (edit.op === 'merge') return merged(text, edit)
  if (edit.op === 'remove') return removed(text, edit)
  if (edit.op === 'append') return appended(text, edit)
  if (edit.op === 'copy') return copied(text, edit)
  return settled(text, edit)
}

/** Reads a document as YAML 1.1, which the programs that use such files speak. Keys that stand twice in one map are an error. */
function parse(text: string): Document.Parsed {
  const document = parseDocument(text, { ...DIALECT, keepSourceTokens: true, uniqueKeys: true })
  const [error] = document.errors
  if (error !== undefined) throw new ModuleFailure(`Cannot read the YAML: ${error.message}`)
  return document
}

function refuseNamesakes(document: Document.Parsed, { at }: YamlEdit): void {
  const last = at.at(-1)
  if (last?.kind !== 'key') return
  const own = locate(document, at).missing.length === 0 ? 1 : 0
  const found = countKeys(document.contents, String(last.key))
  if (found > own) throw new ModuleFailure(`Cannot edit ${yamlPathText(at)}: key ${String(last.key)} stands elsewhere in the file too (${found - own} times)`)
}

function settled(text: string, edit: YamlEdit): string {
  const document = parse(text)
  const { place, missing } = locate(document, edit.at)
  if (missing.length > 0) return added(text, edit, { document, place, missing })
  if (isDeepStrictEqual(plain(place.node), edit.value)) return text
  if (isMap(place.node) && isJsonObject(edit.value) && edit.node === undefined) return mapSettled(text, edit, place.node)
  return checked(replaceValue(sourceText(text, document.contents), place, shape(edit)), edit)
}

/** A map becomes another one key by key, so that what stays keeps its comments. */
function mapSettled(text: string, edit: YamlEdit, map: Node): string {
  const wanted = edit.value as { readonly [key: string]: Json }
  const surplus = Object.keys(plain(map) as object).filter((key) => !(key in wanted))
  const kept = Object.entries(wanted).reduce((so, [key, value]) => settled(so, { ...below(edit, key), value }), text)
  return surplus.reduce((so, key) => removed(so, below(edit, key)), kept)
}

function merged(text: string, edit: YamlEdit): string {
  if (!isJsonObject(edit.value)) return settled(text, edit)
  const { place, missing } = locate(parse(text), edit.at)
  if (missing.length > 0 || !isMap(place.node)) return settled(text, edit)
  return Object.entries(edit.value).reduce((so, [key, value]) => merged(so, { ...below(edit, key), value }), text)
}

function below(edit: YamlEdit, key: string): YamlEdit {
  return { ...edit, at: [...edit.at, { kind: 'key', key: edit.integerKeys ? integerOr(key) : key }] }
}

function integerOr(key: string): string | number {
  return /^-?(?:0|[1-9]\d*)$/.test(key) ? Number(key) : key
}

function removed(text: string, edit: YamlEdit): string {
  const document = parse(text)
  const { place: { holder }, missing } = locate(document, edit.at)
  if (missing.length > 0) return text
  if (holder.kind === 'document') throw new ModuleFailure('Cannot remove the whole document')
  const result = removePlace(sourceText(text, document.contents), holder)
  parse(result)
  return result
}

/** An item that is in the list already is not added again. */
function appended(text: string, edit: YamlEdit): string {
  const document = parse(text)
  const { place, missing } = locate(document, edit.at)
  if (missing.length > 0 || plain(place.node) === null) return settled(text, { ...edit, value: [edit.value] })
  if (!isSeq(place.node)) throw new ModuleFailure(`Cannot append to ${yamlPathText(edit.at)}: it is no list`)
  const items = plain(place.node) as readonly Json[]
  if (items.some((item) => isDeepStrictEqual(item, edit.value))) return text
  return checked(addItem(sourceText(text, document.contents), place.node, shape(edit)), { ...edit, value: [...items, edit.value] })
}

/** The value of another place of the document, as it is written there. */
function copied(text: string, edit: YamlEdit): string {
  const { place, missing } = locate(parse(text), edit.from ?? [])
  if (missing.length > 0 || place.node === null) throw new ModuleFailure(`Cannot copy ${yamlPathText(edit.from ?? [])}: there is nothing`)
  return settled(text, { ...edit, value: plain(place.node), node: place.node })
}

/** The value as it is to be written. */
function shape({ node, value, integerKeys }: YamlEdit): unknown {
  return node ?? (integerKeys ? withIntegerKeys(value) : value)
}

function withIntegerKeys(value: Json): unknown {
  if (Array.isArray(value)) return value.map(withIntegerKeys)
  if (!isJsonObject(value)) return value
  return new Map(Object.entries(value).map(([key, item]) => [integerOr(key), withIntegerKeys(item)]))
}

interface Missing {
  readonly document: Document.Parsed
  readonly place: Place
  readonly missing: readonly YamlStep[]
}

function added(text: string, edit: YamlEdit, { document, place, missing }: Missing): string {
  const [first, ...rest] = missing
  if (first?.kind !== 'key' || (rest.length > 0 && !edit.create)) throw new ModuleFailure(`Cannot set ${yamlPathText(edit.at)}: there is no ${yamlPathText(edit.at.slice(0, edit.at.length - rest.length))}`)
  const value = nested(rest, edit)
  const source = sourceText(text, document.contents)
  if (isMap(place.node)) return checked(addPair(source, place.node, { key: first.key, value }), edit)
  if (plain(place.node) !== null) throw new ModuleFailure(`Cannot set ${yamlPathText(edit.at)}: what holds it is no map`)
  if (place.holder.kind !== 'document') return checked(replaceValue(source, place, new Map([[first.key, value]])), edit)
  // An empty document may hold comments, which stay.
  return checked(`${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${replaceValue(source, place, new Map([[first.key, value]]))}`, edit)
}

function nested(steps: readonly YamlStep[], edit: YamlEdit): unknown {
  return steps.reduceRight((value: unknown, step) => {
    if (step.kind !== 'key') throw new ModuleFailure(`Cannot set ${yamlPathText(edit.at)}: only maps are made where something is missing`)
    return new Map([[step.key, value]])
  }, shape(edit))
}

/** Reads the outcome again: an edit that did not do exactly what it should must never reach a file. */
function checked(text: string, edit: YamlEdit): string {
  const { place, missing } = locate(parse(text), edit.at)
  if (missing.length === 0 && isDeepStrictEqual(plain(place.node), edit.value)) return text
  throw new ModuleFailure(`Cannot set ${yamlPathText(edit.at)} in this file without rewriting it`)
}

function plain(node: Node | null): Json {
  return node === null ? null : node.toJSON() as Json
}
