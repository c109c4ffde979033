import type { Diagnostic, SourceFile } from '../diagnostics/types.ts'
import type { YamlNode } from '../yaml/node.ts'
import { parseYaml } from '../yaml/parse-yaml.ts'

export type FileKind = 'playbook' | 'tasks' | 'handlers' | 'vars' | 'meta' | 'argument-specs' | 'template' | 'other'

/** A file that is looked at. */
export interface LintFile {
  readonly kind: FileKind
  readonly source: SourceFile
  /** Undefined where it is empty or could not be read. */
  readonly node: YamlNode | undefined
  readonly diagnostics: readonly Diagnostic[]
  /** Name of the role that it belongs to. */
  readonly role: string | undefined
}

/** Reads a file; its place tells what it is, and its content where the place does not. */
export function readLintFile(source: SourceFile): LintFile {
  const role = /(?:^|\/)roles\/([^/]+)\//.exec(source.path)?.[1]
  if (/\.(?:j2|njk)$/.test(source.path)) return { kind: 'template', source, node: undefined, diagnostics: [], role }
  const { value: node, diagnostics } = parseYaml(source)
  return { kind: kindByPlace(source.path) ?? kindByContent(node), source, node, diagnostics, role }
}

const PLACES: readonly (readonly [RegExp, FileKind])[] = [
  [/(?:^|\/)meta\/argument_specs\.ya?ml$/, 'argument-specs'],
  [/(?:^|\/)meta\/main\.ya?ml$/, 'meta'],
  [/(?:^|\/)tasks\/.*\.ya?ml$/, 'tasks'],
  [/(?:^|\/)handlers\/.*\.ya?ml$/, 'handlers'],
  [/(?:^|\/)(?:vars|defaults|group_vars|host_vars)\//, 'vars'],
]

function kindByPlace(path: string): FileKind | undefined {
  return PLACES.find(([pattern]) => pattern.test(path))?.[1]
}

function kindByContent(node: YamlNode | undefined): FileKind {
  if (node?.kind !== 'sequence') return 'other'
  const names = node.items.flatMap((item) => item.kind === 'mapping' ? item.entries.map(({ key }) => String(key.value)) : [])
  if (names.some((name) => name === 'hosts' || name.endsWith('import_playbook'))) return 'playbook'
  return node.items.some((item) => item.kind === 'mapping') && names.some((name) => name === 'name' || name.includes('.')) ? 'tasks' : 'other'
}
