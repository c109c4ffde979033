import { readBlockScalar } from './block-scalar.ts'
import { MappingBuilder } from './build-mapping.ts'
import { collectionNode, keyNode, scalarNode } from './build-node.ts'
import { readAliasNode, readFlowCollection } from './flow.ts'
import type { YamlNode, YamlScalar } from './node.ts'
import { continuePlain, readPlainLine } from './plain.ts'
import { readProperties } from './properties.ts'
import { readQuoted } from './quoted.ts'
import type { Properties, RawScalar } from './raw-scalar.ts'
import { COLON, DASH, QUESTION, type Reader } from './reader.ts'
import { refuseKey, refuseLeftover, refuseMark, refuseMissingColon, refuseNestedMapping } from './refuse.ts'

/** Where a block node stands: what it must be indented beyond, and what may start here. */
export interface BlockPlace {
  /** Column of the node it belongs to; -1 at the top. */
  readonly parent: number
  /** Whether a block sequence or mapping may start here: not after `key: ` on the same line. */
  readonly collections: boolean
  /** The value of a mapping may be a sequence at the mapping's own column. */
  readonly flush?: boolean
}

/** Reads the node at the reader's place, which is a token. */
export function readBlockNode(reader: Reader, place: BlockPlace): YamlNode {
  const column = reader.column
  const properties = readProperties(reader)
  if (properties === undefined) return readContent(reader, { ...place, column })
  if (reader.atLineEnd()) return readBelow(reader, place, properties)
  return readContent(reader, { ...place, column, properties, sameLine: true })
}

/** Fails unless the document is wholly read. */
export function expectEnd(reader: Reader): void {
  reader.skipToToken()
  if (!reader.atEnd) refuseLeftover(reader)
}

interface ContentPlace extends BlockPlace {
  readonly column: number
  readonly properties?: Properties
  /** Whether the properties stand on the node's own line, and so belong to a key if there is one. */
  readonly sameLine?: boolean
}

/** A node whose anchor or tag stands on a line of its own. */
function readBelow(reader: Reader, place: BlockPlace, properties: Properties): YamlNode {
  const at = reader.pos
  reader.skipToToken()
  const least = place.flush === true && isDash(reader) ? place.parent : place.parent + 1
  if (reader.atEnd || reader.column < least) {
    return scalarNode(reader, { text: '', start: at, end: at, style: 'plain' }, properties)
  }
  return readContent(reader, { ...place, column: reader.column, collections: true, properties })
}

function readContent(reader: Reader, place: ContentPlace): YamlNode {
  if (isDash(reader)) return readSequence(reader, place)
  if (reader.code() === QUESTION && reader.isSpace(1)) return readMapping(reader, place)
  const mark = reader.text.charAt(reader.pos)
  if (mark === '|' || mark === '>') return scalarNode(reader, readBlockScalar(reader, place.parent), place.properties)
  const read = CONTENT[mark] ?? readPlain
  return read(reader, place)
}

const CONTENT: Readonly<Partial<Record<string, (reader: Reader, place: ContentPlace) => YamlNode>>> = {
  '"': readQuotedNode,
  "'": readQuotedNode,
  '[': readFlowNode,
  '{': readFlowNode,
  '*': readAliasOrKey,
  '%': refuseMark,
  '@': refuseMark,
  '`': refuseMark,
  ']': refuseMark,
  '}': refuseMark,
  ',': refuseMark,
}

function readPlain(reader: Reader, place: ContentPlace): YamlNode {
  const raw = readPlainLine(reader, false)
  if (isKeyEnd(reader)) return readMapping(reader, place, raw)
  if (raw.text === '') return reader.fail('Cannot read the value: a key is missing before the colon', reader.pos)
  return scalarNode(reader, continuePlain(reader, raw, { indent: place.parent, flow: false }), place.properties)
}

function readQuotedNode(reader: Reader, place: ContentPlace): YamlNode {
  const line = reader.lineStart
  const raw = readQuoted(reader)
  if (reader.lineStart === line && isKeyEnd(reader)) return readMapping(reader, place, raw)
  return scalarNode(reader, raw, place.properties)
}

function readFlowNode(reader: Reader, place: ContentPlace): YamlNode {
  const start = reader.pos
  const node = readFlowCollection(reader, place.properties)
  if (isKeyEnd(reader)) refuseKey(reader, start)
  return node
}

function readAliasOrKey(reader: Reader, place: ContentPlace): YamlNode {
  const start = reader.pos
  const node = readAliasNode(reader)
  if (!isKeyEnd(reader)) return node
  if (node.kind !== 'scalar') return refuseKey(reader, start)
  return readMapping(reader, place, node)
}

/** Reads a block sequence whose first dash is at the reader's place. */
function readSequence(reader: Reader, place: ContentPlace): YamlNode {
  if (!place.collections) reader.fail("Cannot start a list here: '- ' must stand on a line of its own", reader.pos, 'Put the list on the next line')
  const start = reader.pos
  const column = reader.column
  const items: YamlNode[] = []
  while (!reader.atEnd && reader.column === column && isDash(reader)) {
    reader.pos++
    items.push(readItem(reader, column))
    reader.skipToToken()
  }
  if (!reader.atEnd && reader.column > column) refuseLeftover(reader, column)
  const end = items.at(-1)?.range.end ?? start
  return collectionNode(reader, { kind: 'sequence', range: reader.range(start, end), items }, place.properties)
}

function readItem(reader: Reader, column: number): YamlNode {
  const at = reader.pos
  if (!reader.atLineEnd()) return readBlockNode(reader, { parent: column, collections: true })
  reader.skipToToken()
  if (reader.atEnd || reader.column <= column) return emptyNode(reader, at)
  return readBlockNode(reader, { parent: column, collections: true })
}

/** Reads a block mapping; `first` is its first key, already read, its colon not. */
function readMapping(reader: Reader, place: ContentPlace, first?: RawScalar | YamlScalar): YamlNode {
  if (!place.collections) refuseNestedMapping(reader, first)
  const { column } = place
  const start = reader.lineStart + column
  const builder = new MappingBuilder(reader)
  const own = place.sameLine === true
  if (first !== undefined) addEntry(reader, builder, { key: first, column, properties: own ? place.properties : undefined })
  while (moreEntries(reader, column)) readEntry(reader, builder, column)
  return collectionNode(reader, builder.build(start), own && first !== undefined ? undefined : place.properties)
}

function moreEntries(reader: Reader, column: number): boolean {
  reader.skipToToken()
  if (reader.atEnd || reader.column < column) return false
  if (reader.column > column) refuseLeftover(reader, column)
  if (isDash(reader)) reader.fail('Cannot read the list item: a key of the mapping is expected at this column', reader.pos, 'Check the indentation')
  return true
}

function readEntry(reader: Reader, builder: MappingBuilder, column: number): void {
  if (reader.code() === QUESTION && reader.isSpace(1)) {
    readExplicitEntry(reader, builder, column)
    return
  }
  const properties = readProperties(reader)
  addEntry(reader, builder, { key: readKey(reader), column, properties })
}

function readKey(reader: Reader): RawScalar | YamlScalar {
  const start = reader.pos
  const mark = reader.text.charAt(start)
  if (mark === '*') {
    const node = readAliasNode(reader)
    return node.kind === 'scalar' ? node : refuseKey(reader, start)
  }
  if (mark === '{' || mark === '[') {
    readFlowCollection(reader)
    return refuseKey(reader, start)
  }
  if (/[%@`|>,\]}]/.test(mark)) refuseMark(reader)
  const line = reader.lineStart
  const raw = mark === '"' || mark === "'" ? readQuoted(reader) : readPlainLine(reader, false)
  if (reader.lineStart === line && isKeyEnd(reader)) return raw
  return refuseMissingColon(reader, raw)
}

interface KeyPlace {
  readonly key: RawScalar | YamlScalar
  readonly column: number
  readonly properties: Properties | undefined
}

function addEntry(reader: Reader, builder: MappingBuilder, { key, column, properties }: KeyPlace): void {
  reader.skipBlanks()
  reader.pos++
  const node = 'kind' in key ? key : keyNode(reader, key, properties)
  builder.add(node, readValue(reader, column), 'style' in key && key.style !== 'plain')
}

/** The value after a key's colon. */
function readValue(reader: Reader, column: number): YamlNode {
  const at = reader.pos
  if (!reader.atLineEnd()) return readBlockNode(reader, { parent: column, collections: false, flush: true })
  reader.skipToToken()
  if (reader.atEnd || reader.column < column) return emptyNode(reader, at)
  if (reader.column > column) return readBlockNode(reader, { parent: column, collections: true })
  return isDash(reader) ? readBlockNode(reader, { parent: column, collections: true }) : emptyNode(reader, at)
}

/** `? key` with its `: value` on a later line. */
function readExplicitEntry(reader: Reader, builder: MappingBuilder, column: number): void {
  const start = reader.pos++
  const key = readItem(reader, column)
  if (key.kind !== 'scalar') refuseKey(reader, start)
  reader.skipToToken()
  const hasValue = !reader.atEnd && reader.column === column && reader.code() === COLON && reader.isSpace(1)
  if (hasValue) reader.pos++
  builder.add(key, hasValue ? readItem(reader, column) : emptyNode(reader, reader.pos))
}

function isDash(reader: Reader): boolean {
  return reader.code() === DASH && reader.isSpace(1)
}

/** Whether the scalar just read is followed by the colon that makes it a key. */
function isKeyEnd(reader: Reader): boolean {
  let ahead = 0
  while (reader.code(ahead) === 32 || reader.code(ahead) === 9) ahead++
  return reader.code(ahead) === COLON && reader.isSpace(ahead + 1)
}

function emptyNode(reader: Reader, at: number): YamlScalar {
  return { kind: 'scalar', range: reader.range(at, at), value: null }
}
