import { compareText } from '../value/order.ts'
import { TemplateString } from '../value/template-string.ts'
import { textOf } from '../value/text.ts'
import { isTrue } from '../value/truth.ts'
import type { Dict, Value } from '../value/value.ts'
import { keyText } from '../yaml/key-text.ts'
import type { YamlNode } from '../yaml/node.ts'
import { valueOf } from '../yaml/value-of.ts'
import type { PluginContext } from './plugins.ts'

/**
 * Plugin `constructed`: variables (`compose`) and groups (`groups`, `keyed_groups`) worked out by expressions over the variables of
 * the hosts that earlier sources named. Unless `strict`, an expression that fails is left out for that host.
 */
export function readConstructedSource(node: YamlNode, context: PluginContext): Promise<readonly string[]> {
  if (node.kind !== 'mapping') return Promise.resolve([])
  if (context.evaluate === undefined) {
    context.problems.error('unknown-plugin', "Cannot use the inventory plugin 'constructed': expressions cannot be evaluated here", { range: node.range })
    return Promise.resolve([])
  }
  const config = new Map(node.entries.map(({ key, value }) => [keyText(key), value]))
  const construction: Construction = { config, context, strict: valueAt(config, 'strict') === true }
  for (const host of context.store.hostsOf('all')) construct(host, construction)
  return Promise.resolve([])
}

interface Construction {
  readonly config: ReadonlyMap<string, YamlNode>
  readonly context: PluginContext
  readonly strict: boolean
}

function construct(host: string, construction: Construction): void {
  const { config, context: { store } } = construction
  for (const { name, node } of entriesOf(config.get('compose'))) {
    const value = evaluated(host, node, construction)
    if (value !== undefined) store.setHostVariable(host, name, value)
  }
  for (const { name, node } of entriesOf(config.get('groups'))) {
    const value = evaluated(host, node, construction)
    if (value !== undefined && isTrue(value)) store.addToGroup(host, name, [])
  }
  const keyed = config.get('keyed_groups')
  for (const item of keyed?.kind === 'sequence' ? keyed.items : []) addKeyedGroups(host, item, construction)
}

/** One group for each value of `key`: PREFIX + separator + value. */
function addKeyedGroups(host: string, node: YamlNode, construction: Construction): void {
  const fields = new Map(entriesOf(node).map((entry) => [entry.name, entry.node]))
  const keyNode = fields.get('key')
  const key = keyNode === undefined ? undefined : evaluated(host, keyNode, construction)
  if (key === undefined) return
  const parent = fields.get('parent_group')
  const parentName = parent === undefined ? undefined : evaluatedText(host, parent, construction)
  for (const name of namesOf(key, namingOf(fields, construction))) {
    construction.context.store.addToGroup(host, name, parentName === undefined ? [] : [parentName])
  }
}

interface Naming {
  readonly prefix: string
  readonly separator: string
  readonly leading: boolean
  readonly trailing: boolean
  /** Stands for empty values. */
  readonly otherwise: string | undefined
}

function namingOf(fields: ReadonlyMap<string, YamlNode>, { config }: Construction): Naming {
  const text = (name: string): string | undefined => {
    const value = valueAt(fields, name)
    return value === undefined || value === null ? undefined : textOf(value)
  }
  return {
    prefix: text('prefix') ?? '',
    separator: text('separator') ?? '_',
    leading: valueAt(config, 'leading_separator') !== false,
    trailing: valueAt(fields, 'trailing_separator') !== false,
    otherwise: text('default_value'),
  }
}

function namesOf(key: Value, naming: Naming): readonly string[] {
  if (key instanceof Map) return [...key].map(([name, value]) => joined(withValue(textOf(name), textOf(value), naming), naming))
  const values = Array.isArray(key) ? key.map(textOf) : [textOf(key)]
  return values.flatMap((value) => {
    const name = value === '' ? naming.otherwise : value
    return name === undefined ? [] : [joined(name, naming)]
  })
}

function withValue(name: string, value: string, { separator, trailing, otherwise }: Naming): string {
  const shown = value === '' ? otherwise ?? '' : value
  return shown === '' && !trailing ? name : name + separator + shown
}

function joined(name: string, { prefix, separator, leading }: Naming): string {
  return prefix === '' && !leading ? name : prefix + separator + name
}

function evaluatedText(host: string, node: YamlNode, construction: Construction): string | undefined {
  const value = valueOf(node)
  if (value instanceof TemplateString) return textOf(construction.context.evaluate?.(value, variablesOf(host, construction.context)) ?? '')
  return value === null ? undefined : textOf(value)
}

/** The value of a bare expression on a host; undefined when it fails. */
function evaluated(host: string, node: YamlNode, { context, strict }: Construction): Value | undefined {
  const value = valueOf(node)
  const source = value instanceof TemplateString ? value.source : typeof value === 'string' ? `{{ ${value} }}` : undefined
  if (source === undefined) return value
  try {
    return context.evaluate?.(new TemplateString(source, node.range), variablesOf(host, context))
  } catch (error) {
    if (strict) {
      const why = error instanceof Error ? error.message : String(error)
      context.problems.error('constructed-expression', `Cannot evaluate the expression for '${host}': ${why}`, { range: node.range })
    }
    return undefined
  }
}

/** Variables of the host over those of its groups, and the names that sources may use. */
function variablesOf(host: string, { store }: PluginContext): Dict {
  const groups = store.groupsOf(host)
  const names = groups.map(({ name }) => name).filter((name) => name !== 'all').sort(compareText)
  return new Map<Value, Value>([
    ...groups.flatMap((group) => [...group.variables]),
    ...store.hosts.get(host)?.variables ?? [],
    ['inventory_hostname', host],
    ['inventory_hostname_short', host.split('.')[0] ?? host],
    ['group_names', names],
  ])
}

interface NamedNode {
  readonly name: string
  readonly node: YamlNode
}

function entriesOf(node: YamlNode | undefined): readonly NamedNode[] {
  return node?.kind === 'mapping' ? node.entries.map(({ key, value }) => ({ name: keyText(key), node: value })) : []
}

function valueAt(fields: ReadonlyMap<string, YamlNode>, name: string): Value | undefined {
  const node = fields.get(name)
  return node === undefined ? undefined : valueOf(node)
}
