import { extname } from 'node:path'
import type { SourceFile } from '../../diagnostics/types.ts'
import { isFile } from '../../yaml/source-store.ts'
import type { YamlNode } from '../../yaml/node.ts'
import type { SourceContext } from '../source-context.ts'

const YAML_EXTENSIONS = ['.yml', '.yaml', '.json']

/** Whether a file may be YAML or JSON, by its extension. */
export function maybeYaml(source: string, extensions: readonly string[] = YAML_EXTENSIONS): boolean {
  return isFile(source) && ['', '.config', ...extensions].includes(extname(source))
}

/** The document of a file; undefined when it is empty, not YAML at all, or broken, which `problems` then tells. */
export function yamlDocument(source: string, { sources, problems, settings }: SourceContext): YamlNode | undefined {
  const file = sources.text(source, problems)
  return file === undefined || !(settings.yamlExtensions.includes(extname(source)) || looksLikeYaml(source, file)) ? undefined : sources.yaml(source, problems)
}

/** By extension, or by how the first line looks. */
export function looksLikeYaml(source: string, { text }: SourceFile): boolean {
  if (YAML_EXTENSIONS.includes(extname(source))) return true
  const first = text.split('\n').find((line) => line.trim() !== '' && !/^\s*[#;]/.test(line)) ?? ''
  return /^(?:---|%|\{|["']?[\w.@-]+["']?:(?:\s|$))/.test(first)
}

/** The name in `plugin: NAME`. */
export function pluginOf(node: YamlNode | undefined): string | undefined {
  const entry = node?.kind === 'mapping' ? node.entries.find(({ key }) => key.value === 'plugin') : undefined
  return entry?.value.kind === 'scalar' && typeof entry.value.value === 'string' ? entry.value.value : undefined
}
