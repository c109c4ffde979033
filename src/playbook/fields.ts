import { didYouMean } from '../diagnostics/nearest.ts'
import type { SourceRange } from '../diagnostics/types.ts'
import { TemplateString } from '../value/template-string.ts'
import type { Value } from '../value/value.ts'
import { VaultString } from '../value/vault-string.ts'
import { keyText } from '../yaml/key-text.ts'
import type { YamlEntry, YamlMapping, YamlNode } from '../yaml/node.ts'
import type { Problems } from '../yaml/problems.ts'
import { valueOf } from '../yaml/value-of.ts'
import type { KeywordType } from './keywords.ts'

/** The entries of a mapping by name, read with checks that report what is wrong and go on. */
export class Fields {
  readonly range: SourceRange
  readonly entries: ReadonlyMap<string, YamlEntry>
  readonly problems: Problems

  constructor(mapping: YamlMapping, problems: Problems) {
    this.range = mapping.range
    this.problems = problems
    this.entries = new Map(mapping.entries.map((entry) => [keyText(entry.key), entry]))
  }

  has(name: string): boolean {
    return this.entries.has(name)
  }

  /** The node of a field; undefined when it is not there or null. */
  node(name: string): YamlNode | undefined {
    const node = this.entries.get(name)?.value
    return node === undefined || isNull(node) ? undefined : node
  }

  /** Where the field's name stands; the whole mapping when it is not there. */
  keyRange(name: string): SourceRange {
    return this.entries.get(name)?.key.range ?? this.range
  }

  /** The field's value, which must look like `type` unless it is a template. */
  value(name: string, type: KeywordType = 'any'): Value | undefined {
    const node = this.node(name)
    if (node === undefined) return undefined
    // Where failures are ignored a wrong value may be meant to fail: the run tells.
    if (!looksLike(node, type) && !this.has('ignore_errors')) this.wrongType(name, WANTED[type])
    return valueOf(node)
  }

  /** The field as a list: a single value stands for a list of one. */
  nodes(name: string): readonly YamlNode[] {
    const node = this.node(name)
    if (node === undefined) return []
    return node.kind === 'sequence' ? node.items : [node]
  }

  values(name: string): Value[] {
    return this.nodes(name).map(valueOf)
  }

  /** The field's plain text; undefined when it is not there or is no text. */
  text(name: string): string | undefined {
    const value = this.value(name, 'text')
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
  }

  wrongType(name: string, wanted: string): void {
    this.problems.error('bad-type', `Cannot read '${name}': it must be ${wanted}`, { range: this.entries.get(name)?.value.range ?? this.range })
  }

  /** Reports the fields that `allowed` does not hold. */
  refuseUnknown(allowed: ReadonlySet<string>, what: string): void {
    for (const [name, { key }] of this.entries) {
      if (!allowed.has(name)) this.unknown(name, { key, allowed, what })
    }
  }

  unknown(name: string, { key, allowed, what }: { readonly key: { readonly range: SourceRange }, readonly allowed: Iterable<string>, readonly what: string }): void {
    this.problems.error('unknown-keyword', `Cannot use '${name}' on a ${what}: it is not a keyword of one`, {
      range: key.range, hint: didYouMean(name, allowed), ansible: `'${name}' is not a valid attribute for a ${what.charAt(0).toUpperCase()}${what.slice(1)}`,
    })
  }
}

/** Whether a node is an empty value. */
export function isNull(node: YamlNode): boolean {
  return node.kind === 'scalar' && node.value === null
}

const WANTED: Readonly<Record<KeywordType, string>> = {
  boolean: 'yes or no',
  integer: 'a whole number',
  number: 'a number',
  text: 'text',
  list: 'a list',
  mapping: 'a mapping',
  any: 'a value',
}

const CHECKS: Readonly<Record<KeywordType, (value: Value) => boolean>> = {
  boolean: (value) => typeof value === 'boolean' || value === 0 || value === 1 || (typeof value === 'string' && /^(?:yes|no|true|false|on|off|y|n|t|f|1|0)$/i.test(value)),
  integer: (value) => typeof value === 'number' || (typeof value === 'string' && /^\s*[-+]?\d+\s*$/.test(value)),
  number: (value) => !(typeof value === 'boolean') && (typeof value !== 'string' || /^\s*[-+]?\d+(?:\.\d+)?\s*%?\s*$/.test(value)),
  text: (value) => value === null || typeof value !== 'object',
  list: () => false,
  mapping: () => false,
  any: () => true,
}

function looksLike(node: YamlNode, type: KeywordType): boolean {
  if (type === 'any') return true
  if (node.kind === 'sequence') return type === 'list'
  if (node.kind === 'mapping') return type === 'mapping'
  if (node.value instanceof TemplateString || node.value instanceof VaultString) return true
  return CHECKS[type](node.value)
}
