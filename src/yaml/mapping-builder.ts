import type { SourceRange } from '../diagnostics/types.ts'
import type { Scalar } from '../value/value.ts'
import type { TemplateString } from '../value/template-string.ts'
import type { VaultString } from '../value/vault-string.ts'
import type { YamlEntry, YamlMapping, YamlNode, YamlScalar } from './node.ts'
import type { Problems } from './problems.ts'

/** Collects the entries of a mapping: merge keys are filled in, of two equal keys the last one counts, with a warning. */
export class MappingBuilder {
  readonly #problems: Problems
  readonly #entries = new Map<Scalar | TemplateString | VaultString, YamlEntry>()
  readonly #merged: YamlNode[] = []

  constructor(problems: Problems) {
    this.#problems = problems
  }

  add(key: YamlScalar, value: YamlNode, quoted = false): void {
    if (key.value === '<<' && !quoted) {
      this.#merged.push(value)
      return
    }
    if (this.#entries.has(key.value)) this.#warnDuplicate(key)
    this.#entries.set(key.value, { key, value })
  }

  /** What is merged comes first, and own entries override it in its place, as PyYAML has it. */
  build(range: SourceRange): YamlMapping {
    const all = new Map<unknown, YamlEntry>()
    for (const entry of this.#merged.flatMap((node) => this.#mergedEntries(node))) all.set(entry.key.value, entry)
    for (const entry of this.#entries.values()) all.set(entry.key.value, entry)
    return { kind: 'mapping', range, entries: [...all.values()] }
  }

  /** Of several mappings the first one wins: it comes last. */
  #mergedEntries(node: YamlNode): readonly YamlEntry[] {
    if (node.kind === 'mapping') return node.entries
    if (node.kind === 'sequence') return [...node.items].reverse().flatMap((item) => this.#mergedEntries(item))
    this.#problems.error('yaml-merge', "Cannot merge with '<<': its value is neither a mapping nor a list of mappings", { range: node.range })
    return []
  }

  #warnDuplicate(key: YamlScalar): void {
    this.#problems.warning('duplicate-key', `In one mapping found a duplicate dict key (${String(key.value)}): the last one counts`, {
      range: key.range,
      hint: 'Remove one of the two',
    })
  }
}
