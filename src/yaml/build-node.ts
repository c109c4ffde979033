import { Float } from '../value/float.ts'
import { isTemplate, TemplateString } from '../value/template-string.ts'
import type { Scalar } from '../value/value.ts'
import { VaultString } from '../value/vault-string.ts'
import type { YamlMapping, YamlNode, YamlScalar, YamlSequence } from './node.ts'
import type { Properties, RawScalar } from './raw-scalar.ts'
import type { Reader } from './reader.ts'
import { float, integer, resolveScalar } from './resolve-scalar.ts'

/** Makes the node of a scalar that stands as a value: its tag, or its look, decides the type. */
export function scalarNode(reader: Reader, raw: RawScalar, properties?: Properties): YamlScalar {
  const range = reader.range(raw.start, raw.end)
  const tag = properties?.tag
  const value = tag === undefined ? untaggedValue(raw, reader) : taggedValue(reader, raw, tag)
  return anchored(reader, { kind: 'scalar', range, value }, properties)
}

/** Makes the node of a mapping's key: never a template. */
export function keyNode(reader: Reader, raw: RawScalar, properties?: Properties): YamlScalar {
  const range = reader.range(raw.start, raw.end)
  const tag = properties?.tag
  const value = tag === undefined
    ? (raw.style === 'plain' ? resolveScalar(raw.text) : raw.text)
    : plainText(taggedValue(reader, raw, tag))
  return anchored(reader, { kind: 'scalar', range, value }, properties)
}

/** Gives a finished sequence or mapping its tag and anchor. */
export function collectionNode<T extends YamlSequence | YamlMapping>(reader: Reader, node: T, properties?: Properties): YamlNode {
  const tag = properties?.tag
  if (tag === '!unsafe') return anchored(reader, withoutTemplates(node), properties)
  if (tag !== undefined && !COLLECTION_TAGS.has(tag)) unknownTag(reader, tag, properties?.start)
  return anchored(reader, node, properties)
}

const COLLECTION_TAGS = new Set(['!!map', '!!seq', '!!omap', '!!set', '!!pairs', '!'])

function anchored<T extends YamlNode>(reader: Reader, node: T, properties: Properties | undefined): T {
  if (properties?.anchor !== undefined) reader.anchors.set(properties.anchor, node)
  return node
}

function untaggedValue(raw: RawScalar, reader: Reader): Scalar | TemplateString {
  if (isTemplate(raw.text)) return new TemplateString(raw.text, reader.range(raw.start, raw.end))
  return raw.style === 'plain' ? resolveScalar(raw.text) : raw.text
}

function taggedValue(reader: Reader, raw: RawScalar, tag: string): Scalar | TemplateString | VaultString {
  const typed = TYPED[tag]
  if (typed !== undefined) return typed(raw.text, reader, raw)
  return unknownTag(reader, tag, raw.start)
}

type TypedValue = (text: string, reader: Reader, raw: RawScalar) => Scalar | TemplateString | VaultString

const TYPED: Readonly<Record<string, TypedValue>> = {
  '!vault': vaultValue,
  '!vault-encrypted': vaultValue,
  '!unsafe': (text) => text,
  '!': (text) => text,
  '!!str': (text, reader, raw) => isTemplate(text) ? new TemplateString(text, reader.range(raw.start, raw.end)) : text,
  '!!int': (text) => integer(text),
  '!!float': (text) => new Float(float(text)),
  '!!bool': (text) => resolveScalar(text) === true,
  '!!null': () => null,
  '!!timestamp': (text) => text,
  '!!binary': (text) => Buffer.from(text, 'base64').toString('utf8'),
}

function vaultValue(text: string, reader: Reader, raw: RawScalar): VaultString {
  return new VaultString(text.trim(), reader.range(raw.start, raw.end))
}

function plainText(value: Scalar | TemplateString | VaultString): Scalar {
  if (value instanceof TemplateString) return value.source
  return value instanceof VaultString ? value.ciphertext : value
}

function withoutTemplates<T extends YamlNode>(node: T): T
function withoutTemplates(node: YamlNode): YamlNode {
  if (node.kind === 'sequence') return { ...node, items: node.items.map((item) => withoutTemplates(item)) }
  if (node.kind === 'mapping') {
    return { ...node, entries: node.entries.map(({ key, value }) => ({ key, value: withoutTemplates(value) })) }
  }
  return node.value instanceof TemplateString ? { ...node, value: node.value.source } : node
}

function unknownTag(reader: Reader, tag: string, start = reader.pos): never {
  const hint = tag.startsWith('!!') ? undefined : 'Tags are !vault and !unsafe; text that starts with ! must be quoted'
  return reader.fail(`Cannot read the value: the tag ${tag} is not known`, start, hint)
}
