import type { SourceRange } from '../diagnostics/types.ts'
import type { Scalar } from '../value/value.ts'
import type { TemplateString } from '../value/template-string.ts'
import type { VaultString } from '../value/vault-string.ts'

/** A YAML document as Ansible reads it (YAML 1.1 scalars, merge keys, !vault, !unsafe), with the place of everything. */
export type YamlNode = YamlScalar | YamlSequence | YamlMapping

export interface YamlScalar {
  readonly kind: 'scalar'
  readonly range: SourceRange
  /** Text with `{{`, `{%` or `{#` is a `TemplateString`, unless tagged !unsafe. */
  readonly value: Scalar | TemplateString | VaultString
}

export interface YamlSequence {
  readonly kind: 'sequence'
  readonly range: SourceRange
  readonly items: readonly YamlNode[]
}

export interface YamlMapping {
  readonly kind: 'mapping'
  readonly range: SourceRange
  readonly entries: readonly YamlEntry[]
}

export interface YamlEntry {
  readonly key: YamlScalar
  readonly value: YamlNode
}
