import { keyText } from '../../yaml/key-text.ts'
import type { YamlMapping, YamlNode } from '../../yaml/node.ts'
import { shownPath } from '../../yaml/source-store.ts'
import { valueOf } from '../../yaml/value-of.ts'
import type { Value } from '../../value/value.ts'
import type { SourceContext } from '../source-context.ts'
import { pluginOf, yamlDocument } from './yaml-document.ts'

/** A plugin's configuration file by keys. */
export interface Configuration {
  readonly node: YamlMapping
  readonly fields: ReadonlyMap<string, YamlNode>
}

/** Reads a plugin's configuration; a file that is not one is told so. */
export function readConfiguration(source: string, plugin: string, context: SourceContext): Configuration | undefined {
  const node = yamlDocument(source, context)
  const named = pluginOf(node)?.replace(/^ansible\.(?:builtin|legacy)\./, '')
  if (node?.kind === 'mapping' && named === plugin) return { node, fields: fieldsOf(node) }
  if (!context.problems.hasErrors) context.problems.error('unknown-plugin', `Cannot read ${shownPath(source)}: ${reason(node, named)}`, { ...node && { range: node.range }, hint: `It must say 'plugin: ${plugin}'` })
  return undefined
}

function reason(node: YamlNode | undefined, named: string | undefined): string {
  if (node === undefined) return 'it is empty'
  return named === undefined ? 'no root plugin key found' : `it names the plugin '${named}'`
}

export function fieldsOf(node: YamlNode | undefined): ReadonlyMap<string, YamlNode> {
  return new Map(node?.kind === 'mapping' ? node.entries.map(({ key, value }) => [keyText(key), value]) : [])
}

/** A field's value; undefined where there is none. */
export function fieldValue(fields: ReadonlyMap<string, YamlNode>, name: string): Value | undefined {
  const node = fields.get(name)
  return node === undefined ? undefined : valueOf(node)
}
