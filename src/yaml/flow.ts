import { MappingBuilder } from './build-mapping.ts'
import { collectionNode, keyNode, scalarNode } from './build-node.ts'
import type { YamlMapping, YamlNode, YamlScalar } from './node.ts'
import { continuePlain, readPlainLine } from './plain.ts'
import { readAlias, readProperties } from './properties.ts'
import { readQuoted } from './quoted.ts'
import type { Properties, RawScalar } from './raw-scalar.ts'
import { COLON, QUESTION, type Reader } from './reader.ts'
import { refuseKey, refuseMark } from './refuse.ts'

/** Reads `[...]` or `{...}` at the reader's place. */
export function readFlowCollection(reader: Reader, properties?: Properties): YamlNode {
  if (reader.text.startsWith('{{', reader.pos)) refuseBareTemplate(reader)
  return reader.text.charAt(reader.pos) === '[' ? flowSequence(reader, properties) : flowMapping(reader, properties)
}

/** Reads an alias at the reader's place and finds the node it stands for. */
export function readAliasNode(reader: Reader): YamlNode {
  const start = reader.pos
  const name = readAlias(reader)
  return reader.anchors.get(name) ?? reader.fail(
    `Cannot find the anchor &${name}: nothing above defines it`,
    start,
    'Text that starts with * must be quoted',
  )
}

function flowSequence(reader: Reader, properties: Properties | undefined): YamlNode {
  const start = reader.pos++
  const items: YamlNode[] = []
  while (!closes(reader, ']', start)) {
    items.push(sequenceItem(reader))
    separator(reader, ']', start)
  }
  return collectionNode(reader, { kind: 'sequence', range: reader.range(start), items }, properties)
}

function flowMapping(reader: Reader, properties: Properties | undefined): YamlNode {
  const start = reader.pos++
  const builder = new MappingBuilder(reader)
  while (!closes(reader, '}', start)) {
    mappingEntry(reader, builder)
    separator(reader, '}', start)
  }
  const mapping: YamlMapping = { ...builder.build(start), range: reader.range(start) }
  return collectionNode(reader, mapping, properties)
}

/** Moves over the closing bracket, if it is next. */
function closes(reader: Reader, bracket: string, start: number): boolean {
  reader.skipToToken()
  if (reader.atEnd) unclosed(reader, bracket, start)
  if (reader.text.charAt(reader.pos) !== bracket) return false
  reader.pos++
  return true
}

function separator(reader: Reader, bracket: string, start: number): void {
  reader.skipToToken()
  if (reader.atEnd) unclosed(reader, bracket, start)
  const next = reader.text.charAt(reader.pos)
  if (next === ',') reader.pos++
  else if (next !== bracket) reader.fail(`Cannot read the list or mapping: a comma or ${bracket} is missing here`, reader.pos)
}

function unclosed(reader: Reader, bracket: string, start: number): never {
  return reader.fail(`Cannot find the closing ${bracket}`, start, `Add ${bracket}, or quote the text if it is not meant as YAML`)
}

function sequenceItem(reader: Reader): YamlNode {
  const start = reader.pos
  if (isExplicitKey(reader)) return singlePair(reader, start)
  const node = flowNode(reader)
  reader.skipToToken()
  if (!isValueMark(reader, node)) return node.kind === 'scalar-key' ? node.asValue() : node
  reader.pos++
  const builder = new MappingBuilder(reader)
  builder.add(asKey(reader, node, start), flowValue(reader), isQuoted(node))
  return builder.build(start)
}

function singlePair(reader: Reader, start: number): YamlNode {
  const builder = new MappingBuilder(reader)
  mappingEntry(reader, builder)
  return builder.build(start)
}

function mappingEntry(reader: Reader, builder: MappingBuilder): void {
  if (isExplicitKey(reader)) reader.pos++
  reader.skipToToken()
  const start = reader.pos
  const node = flowNode(reader)
  const key = asKey(reader, node, start)
  reader.skipToToken()
  const value = isValueMark(reader, node) ? (reader.pos++, flowValue(reader)) : emptyNode(reader)
  builder.add(key, value, isQuoted(node))
}

function flowValue(reader: Reader): YamlNode {
  reader.skipToToken()
  if (reader.atEnd || /[,\]}]/.test(reader.text.charAt(reader.pos))) return emptyNode(reader)
  const node = flowNode(reader)
  return node.kind === 'scalar-key' ? node.asValue() : node
}

/** A scalar inside brackets, before it is known whether it is a key or a value. */
interface FlowScalar {
  readonly kind: 'scalar-key'
  readonly raw: RawScalar
  readonly asKey: () => YamlScalar
  readonly asValue: () => YamlScalar
}

function flowNode(reader: Reader): YamlNode | FlowScalar {
  const properties = readProperties(reader)
  if (properties !== undefined) reader.skipToToken()
  const mark = reader.text.charAt(reader.pos)
  if (mark === '[' || mark === '{') return readFlowCollection(reader, properties)
  if (mark === '*') return readAliasNode(reader)
  const raw = flowScalar(reader, mark)
  return {
    kind: 'scalar-key',
    raw,
    asKey: () => keyNode(reader, raw, properties),
    asValue: () => scalarNode(reader, raw, properties),
  }
}

function flowScalar(reader: Reader, mark: string): RawScalar {
  if (mark === '"' || mark === "'") return readQuoted(reader)
  if (/[@`%|>]/.test(mark)) refuseMark(reader)
  const first = readPlainLine(reader, true)
  if (first.text === '') return first
  return continuePlain(reader, first, { indent: -1, flow: true })
}

function isExplicitKey(reader: Reader): boolean {
  return reader.code() === QUESTION && reader.isSpace(1)
}

/** After a quoted key `:` needs no space behind it, as in JSON. */
function isValueMark(reader: Reader, node: YamlNode | FlowScalar): boolean {
  if (reader.code() !== COLON) return false
  return reader.isSpace(1) || /[,[\]{}]/.test(reader.text.charAt(reader.pos + 1)) || node.kind !== 'scalar-key' || isQuoted(node)
}

function isQuoted(node: YamlNode | FlowScalar): boolean {
  return node.kind === 'scalar-key' && node.raw.style === 'quoted'
}

function asKey(reader: Reader, node: YamlNode | FlowScalar, start: number): YamlScalar {
  if (node.kind === 'scalar-key') return node.asKey()
  if (node.kind === 'scalar') return node
  return refuseKey(reader, start)
}

function emptyNode(reader: Reader): YamlScalar {
  return { kind: 'scalar', range: reader.range(reader.pos), value: null }
}

function refuseBareTemplate(reader: Reader): never {
  const line = reader.text.slice(reader.pos).split('\n', 1)[0]?.trimEnd() ?? ''
  const quote = line.includes('"') ? "'" : '"'
  return reader.fail('Cannot read the value: text that starts with {{ must be quoted', reader.pos, `Write ${quote}${line}${quote}`)
}
