import { PlacedMap } from '../../value/placed-map.ts'
import { TemplateString } from '../../value/template-string.ts'
import { textOf } from '../../value/text.ts'
import type { Dict, Value } from '../../value/value.ts'
import { keyText } from '../../yaml/key-text.ts'
import type { YamlNode } from '../../yaml/node.ts'
import { valueOf } from '../../yaml/value-of.ts'
import type { InventoryPlugin } from '../inventory-plugin.ts'
import type { SourceContext } from '../source-context.ts'
import { fieldsOf, readConfiguration } from './configuration.ts'
import { maybeYaml } from './yaml-document.ts'

/** Plugin `generator`: one host for each combination of the values of `layers`, in groups whose names are templates over them. */
export const generator: InventoryPlugin = {
  accepts: (source) => maybeYaml(source),
  configured: true,
  read(source, context) {
    const configuration = readConfiguration(source, 'generator', context)
    if (configuration === undefined) return undefined
    const hosts = fieldsOf(configuration.fields.get('hosts'))
    const name = hosts.get('name')
    const layers = readLayers(configuration.fields.get('layers'), context)
    if (name === undefined) context.problems.error('bad-type', "Cannot generate hosts: 'hosts' must have a 'name'", { range: configuration.fields.get('hosts')?.range ?? configuration.node.range })
    if (name === undefined || context.problems.hasErrors) return undefined
    for (const variables of combinations(layers)) addHost({ name, parents: hosts.get('parents'), variables }, context)
    return []
  },
}

interface Layer {
  readonly name: string
  readonly values: readonly Value[]
}

function readLayers(node: YamlNode | undefined, { problems }: SourceContext): readonly Layer[] {
  if (node?.kind !== 'mapping') {
    problems.error('bad-type', "Cannot generate hosts: 'layers' must be a mapping of lists", { ...node && { range: node.range } })
    return []
  }
  return node.entries.flatMap(({ key, value }) => {
    if (value.kind === 'sequence') return [{ name: keyText(key), values: value.items.map(valueOf) }]
    problems.error('bad-type', `Cannot use the layer '${keyText(key)}': it must be a list`, { range: value.range })
    return []
  })
}

/** Every choice of one value a layer, the last layer changing fastest. */
function combinations(layers: readonly Layer[]): Dict[] {
  return layers.reduce<Dict[]>((known, { name, values }) => known.flatMap((dict) => values.map((value): Dict => new Map([...dict, [name, value]]))), [new Map()])
}

interface Generated {
  readonly name: YamlNode
  readonly parents: YamlNode | undefined
  readonly variables: Dict
}

function addHost({ name, parents, variables }: Generated, context: SourceContext): void {
  const host = textFrom(name, variables, context)
  if (host === undefined) return
  context.store.addHost(host, [], new Map())
  addParents(parents, variables, { context, add: (group) => { context.store.addToGroup(host, group, []) } })
}

interface Below {
  readonly context: SourceContext
  /** Makes the host or group that has these parents a child of one. */
  readonly add: (group: string) => void
}

function addParents(node: YamlNode | undefined, variables: Dict, { context, add }: Below): void {
  for (const parent of node?.kind === 'sequence' ? node.items : []) {
    const fields = fieldsOf(parent)
    const name = fields.get('name')
    if (name === undefined) {
      context.problems.error('bad-type', 'Cannot generate the group: a parent has no name', { range: parent.range })
      continue
    }
    const wanted = textFrom(name, variables, context)
    if (wanted === undefined) continue
    const group = context.store.addGroup(wanted)
    add(group)
    context.store.setGroupVariables(group, variablesFrom(fields.get('vars'), variables, context))
    addParents(fields.get('parents'), variables, { context, add: (above) => { addChild(above, { group, range: parent.range }, context) } })
  }
}

function addChild(above: string, { group, range }: { readonly group: string, readonly range: YamlNode['range'] }, { store, problems }: SourceContext): void {
  if (!store.addChild(above, group)) problems.error('group-loop', `Cannot make '${group}' a child of '${above}': it contains it`, { range })
}

function variablesFrom(node: YamlNode | undefined, variables: Dict, context: SourceContext): PlacedMap<string> {
  const made = new PlacedMap<string>()
  if (node?.kind !== 'mapping') return made
  for (const { key, value } of node.entries) {
    const result = evaluated(value, variables, context)
    if (result !== undefined) made.place(keyText(key), result, value.range)
  }
  return made
}

function textFrom(node: YamlNode, variables: Dict, context: SourceContext): string | undefined {
  const value = evaluated(node, variables, context)
  return value === undefined ? undefined : textOf(value)
}

function evaluated(node: YamlNode, variables: Dict, { evaluate, problems }: SourceContext): Value | undefined {
  const value = valueOf(node)
  if (!(value instanceof TemplateString)) return value
  try {
    return evaluate?.(value, variables)
  } catch (error) {
    problems.error('generator-template', `Cannot evaluate the template: ${error instanceof Error ? error.message : String(error)}`, { range: node.range })
    return undefined
  }
}
