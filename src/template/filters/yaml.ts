import { Float } from '../../value/float.ts'
import type { Value } from '../../value/value.ts'
import { flagArgument, numberArgument } from '../arguments.ts'
import { EvaluationError } from '../evaluation-error.ts'
import type { Filter } from '../types.ts'
import { emitYaml } from '../yaml/emitter.ts'
import { parseYaml, parseYamlDocuments } from '../yaml/parse-yaml.ts'
import { valueToTree } from '../yaml/value-to-tree.ts'

/** Filters that read and write YAML. */
export const YAML_FILTERS: readonly (readonly [string, Filter])[] = [
  ['to_yaml', ([value = null], named) => dump(value, named, { indent: 2, flow: undefined })],
  ['to_nice_yaml', ([value = null, indent], named) => dump(value, named, { indent: numberArgument(indent, 4), flow: false })],
  ['from_yaml', ([value = null]) => typeof value === 'string' ? parseYaml(value) : value],
  ['from_yaml_all', ([value = null]) => typeof value === 'string' ? parseYamlDocuments(value) : value === null ? [] : value],
]

const OPTIONS = new Set(['indent', 'width', 'sort_keys', 'default_flow_style', 'allow_unicode', 'explicit_start', 'explicit_end', 'default_style', 'line_break', 'encoding'])

function dump(value: Value, named: ReadonlyMap<string, Value>, defaults: { readonly indent: number, readonly flow: boolean | undefined }): string {
  for (const name of named.keys()) if (!OPTIONS.has(name)) throw new EvaluationError('filter-argument', `Cannot take an argument named '${name}'`, `Known are: ${[...OPTIONS].join(', ')}`)
  const given = named.get('default_flow_style')
  const flow = given === undefined ? defaults.flow : given === null ? undefined : flagArgument(given, false)
  const tree = valueToTree(value, { sortKeys: flagArgument(named.get('sort_keys'), true), flow })
  const text = emitYaml(tree, { indent: indentOf(named.get('indent'), defaults.indent), width: widthOf(named.get('width')) })
  const marked = flagArgument(named.get('explicit_start'), false) ? start(tree.kind, text) : text
  return flagArgument(named.get('explicit_end'), false) && !marked.endsWith('...\n') ? `${marked}...\n` : marked
}

function start(kind: string, text: string): string {
  const isInline = kind === 'text' || kind === 'plain' || /^[[{]/.test(text)
  return isInline ? `--- ${text}` : `---\n${text}`
}

/** None is what PyYAML does by itself. */
function indentOf(indent: Value | undefined, fallback: number): number {
  return indent === null ? 2 : numberArgument(indent, fallback)
}

function widthOf(width: Value | undefined): number {
  if (width instanceof Float) return width.value
  return numberArgument(width, 80)
}
