import { isAlias, isMap, isScalar, type Alias, type ParsedNode, type Scalar as YamlPackageScalar, type YAMLMap, type YAMLSeq } from 'yaml'
import type { SourceFile, SourceRange } from '../diagnostics/types.ts'
import { blockScalarValue } from '../text/block-scalar-end.ts'
import { TemplateString } from '../value/template-string.ts'
import type { Scalar } from '../value/value.ts'
import { VaultString } from '../value/vault-string.ts'
import { MappingBuilder } from './mapping-builder.ts'
import type { YamlMapping, YamlNode, YamlScalar, YamlSequence } from './node.ts'
import type { Problems } from './problems.ts'
import { scalarValue, type RawScalar } from './scalar-value.ts'

/** Turns the nodes of package yaml into ours: values decided, aliases followed, keys plain. */
export class NodeBuilder {
  readonly #file: SourceFile
  readonly #problems: Problems
  readonly #anchors = new Map<string, YamlNode>()

  constructor(file: SourceFile, problems: Problems) {
    this.#file = file
    this.#problems = problems
  }

  build(node: ParsedNode): YamlNode {
    if (isAlias(node)) return this.#alias(node)
    const built = this.#tagged(node)
    if (node.anchor) this.#anchors.set(node.anchor, built)
    return built
  }

  #tagged(node: Exclude<ParsedNode, Alias.Parsed>): YamlNode {
    if (isScalar(node)) return this.#scalar(node)
    const built = isMap(node) ? this.#mapping(node) : this.#sequence(node)
    if (node.tag === '!unsafe') return withoutTemplates(built)
    if (node.tag && !COLLECTION_TAGS.has(shortTag(node.tag))) this.#unknownTag(node.tag, built.range)
    return built
  }

  #scalar(node: YamlPackageScalar.Parsed): YamlScalar {
    const range = this.#range(node)
    const raw: RawScalar = { text: this.#textOf(node), isPlain: node.type === 'PLAIN', tag: node.tag ? shortTag(node.tag) : undefined, range }
    const value = scalarValue(raw)
    if (value === undefined) this.#unknownTag(node.tag ?? '', range)
    return { kind: 'scalar', range, value: value ?? null }
  }

  #textOf(node: YamlPackageScalar.Parsed): string {
    const isBlock = node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED'
    return isBlock ? blockScalarValue({ value: textOf(node), end: node.range[1], text: this.#file.text }) : textOf(node)
  }

  #sequence(node: YAMLSeq.Parsed): YamlSequence {
    return { kind: 'sequence', range: this.#range(node), items: node.items.map((item) => this.build(item)) }
  }

  #mapping(node: YAMLMap.Parsed): YamlMapping {
    const builder = new MappingBuilder(this.#problems)
    for (const pair of node.items) {
      const key = this.#key(pair.key)
      if (!key) continue
      const value = pair.value ? this.build(pair.value) : { kind: 'scalar' as const, range: key.range, value: null }
      builder.add(key, value, isScalar(pair.key) && pair.key.type !== 'PLAIN')
    }
    return builder.build(this.#range(node))
  }

  /** A key is never a template; a list or mapping as a key is almost always an unquoted `{{`. */
  #key(node: ParsedNode): YamlScalar | undefined {
    const key = this.build(node)
    if (key.kind === 'scalar') return { ...key, value: plainText(key.value) }
    const isTemplate = this.#file.text.startsWith('{', key.range.start)
    this.#problems.error('yaml-syntax', 'Cannot use a list or mapping as a key', {
      range: key.range,
      hint: isTemplate ? 'Quote the whole value: "{{ ... }}"' : 'Quote the key if it is meant as text',
    })
    return undefined
  }

  #alias(node: Alias.Parsed): YamlNode {
    const target = this.#anchors.get(node.source)
    if (target) return target
    const range = this.#range(node)
    this.#problems.error('yaml-syntax', `Cannot read the alias: no anchor '${node.source}' stands before it`, { range, hint: 'Quote the value if the * is meant as text' })
    return { kind: 'scalar', range, value: null }
  }

  #unknownTag(tag: string, range: SourceRange): void {
    this.#problems.error('yaml-syntax', `Cannot read the value: the tag ${shortTag(tag)} is not known`, {
      range,
      ...shortTag(tag).startsWith('!!') ? {} : { hint: 'Tags are !vault and !unsafe; text that starts with ! must be quoted' },
    })
  }

  #range(node: ParsedNode): SourceRange {
    const [start, end] = node.range
    return { file: this.#file, start, end }
  }
}

const COLLECTION_TAGS = new Set(['!!map', '!!seq', '!!omap', '!!set', '!!pairs', '!'])
const LONG = 'tag:yaml.org,2002:'

function shortTag(tag: string): string {
  return tag.startsWith(LONG) ? `!!${tag.slice(LONG.length)}` : tag
}

function textOf(node: YamlPackageScalar.Parsed): string {
  return node.source ?? String(node.value ?? '')
}

function plainText(value: YamlScalar['value']): Scalar {
  if (value instanceof TemplateString) return value.source
  return value instanceof VaultString ? value.ciphertext : value
}

function withoutTemplates<T extends YamlNode>(node: T): T
function withoutTemplates(node: YamlNode): YamlNode {
  if (node.kind === 'sequence') return { ...node, items: node.items.map((item) => withoutTemplates(item)) }
  if (node.kind === 'mapping') return { ...node, entries: node.entries.map(({ key, value }) => ({ key, value: withoutTemplates(value) })) }
  return node.value instanceof TemplateString ? { ...node, value: node.value.source } : node
}
