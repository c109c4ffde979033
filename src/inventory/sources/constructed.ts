import type { Diagnostic } from '../../diagnostics/types.ts'
import { combination } from '../../value/merge-dicts.ts'
import { PlacedMap } from '../../value/placed-map.ts'
import { TemplateString } from '../../value/template-string.ts'
import { isTrue } from '../../value/truth.ts'
import type { Dict, Value } from '../../value/value.ts'
import { keyText } from '../../yaml/key-text.ts'
import type { YamlNode } from '../../yaml/node.ts'
import { valueOf } from '../../yaml/value-of.ts'
import type { InventoryPlugin } from '../inventory-plugin.ts'
import type { SourceContext } from '../source-context.ts'
import { readConfiguration, fieldsOf, fieldValue } from './configuration.ts'
import { hostVariables } from './host-variables.ts'
import { groupNames, readKeyedGroup, type KeyedGroup } from './keyed-groups.ts'
import { maybeYaml } from './yaml-document.ts'

/**
 * Plugin `constructed`: variables (`compose`) and groups (`groups`, `keyed_groups`) worked out by expressions over the variables of
 * the hosts that earlier sources named. Unless `strict`, an expression that fails is left out for that host.
 */
export const constructed: InventoryPlugin = {
  accepts: (source) => maybeYaml(source),
  configured: true,
  read(source, context) {
    const configuration = readConfiguration(source, 'constructed', context)
    if (configuration === undefined) return undefined
    refuseUnknown(configuration.fields, context)
    const construction = readConstruction(configuration.fields, context)
    for (const host of context.store.hosts.keys()) construct(host, construction)
    return []
  },
}

const OPTIONS = new Set(['plugin', 'compose', 'groups', 'keyed_groups', 'strict', 'use_vars_plugins', 'use_extra_vars', 'leading_separator', 'cache'])

function refuseUnknown(fields: ReadonlyMap<string, YamlNode>, { problems }: SourceContext): void {
  for (const [name, node] of fields) if (!OPTIONS.has(name)) problems.warning('unknown-inventory-key', `Skipped '${name}': constructed has ${[...OPTIONS].join(', ')}`, { range: node.range })
}

interface Construction {
  readonly context: SourceContext
  readonly compose: readonly Named[]
  readonly groups: readonly Named[]
  readonly keyedGroups: readonly KeyedGroup[]
  readonly strict: boolean
  readonly usesExtra: boolean
  readonly leading: boolean
  /** What a host's variables are at this moment. */
  readonly variables: (host: string) => Dict
}

interface Named {
  readonly name: string
  readonly node: YamlNode
}

function readConstruction(fields: ReadonlyMap<string, YamlNode>, context: SourceContext): Construction {
  const keyed = fields.get('keyed_groups')
  const flag = (name: string, otherwise: boolean): boolean => {
    const value = fieldValue(fields, name)
    return value === undefined || value === null ? otherwise : isTrue(value)
  }
  const folders = flag('use_vars_plugins', false) ? context.folders() : []
  return {
    context,
    compose: namedOf(fields.get('compose')),
    groups: namedOf(fields.get('groups')),
    keyedGroups: (keyed?.kind === 'sequence' ? keyed.items : []).flatMap((item) => readKeyedGroup(item, fieldsOf(item), context) ?? []),
    strict: flag('strict', false),
    usesExtra: flag('use_extra_vars', context.settings.usesExtraVars),
    leading: flag('leading_separator', true),
    variables: (host) => hostVariables(host, folders, context),
  }
}

function namedOf(node: YamlNode | undefined): readonly Named[] {
  return node?.kind === 'mapping' ? node.entries.map(({ key, value }) => ({ name: keyText(key), node: value })) : []
}

/** Groups see what `compose` made; one composed variable does not see another. */
function construct(host: string, construction: Construction): void {
  const { compose, groups, keyedGroups, context: { store } } = construction
  const before = withExtra(construction.variables(host), construction)
  for (const { name, node } of compose) {
    const value = evaluated({ host, node, variables: before, what: `set ${name} for host ${host}` }, construction)
    if (value !== undefined) store.setHostVariables(host, new PlacedMap<string>().place(name, value, node.range))
  }
  const variables = construction.variables(host)
  for (const { name, node } of groups) {
    const value = evaluated({ host, node, variables, what: `add host ${host} to group ${name}` }, construction)
    if (value !== undefined && isTrue(value)) store.addToGroup(host, name, [])
  }
  const seen = withExtra(variables, construction)
  for (const keyed of keyedGroups) addKeyed({ host, keyed, variables: seen }, construction)
}

function withExtra(variables: Dict, { usesExtra, context: { extra, settings } }: Construction): Dict {
  if (!usesExtra) return variables
  const combine = combination(settings.mergesDicts)
  const all = new Map(variables)
  for (const [name, value] of extra) all.set(name, combine(all.get(name), value))
  return all
}

interface KeyedWork {
  readonly host: string
  readonly keyed: KeyedGroup
  readonly variables: Dict
}

function addKeyed({ host, keyed, variables }: KeyedWork, construction: Construction): void {
  const { context: { store, problems }, strict, leading } = construction
  const key = evaluated({ host, node: keyed.key, variables, what: `generate group for host ${host} from keyed_groups` }, construction)
  if (key === undefined) return
  const names = groupNames(key, keyed, { leading, strict, host })
  if (typeof names === 'string') {
    problems.error('constructed-key', names, { range: keyed.key.range })
    return
  }
  const parent = names.length === 0 ? undefined : parentOf({ host, keyed, variables }, construction)
  for (const name of names) store.addToGroup(host, name, parent === undefined ? [] : [parent])
}

function parentOf({ host, keyed: { parent }, variables }: KeyedWork, construction: Construction): string | undefined {
  const value = parent === undefined ? null : valueOf(parent)
  if (parent === undefined || value === null) return undefined
  const text = value instanceof TemplateString ? evaluated({ host, node: parent, variables, what: `generate parent group for host ${host}` }, construction) : value
  return text === undefined || text === null ? undefined : String(text)
}

interface Expression {
  readonly host: string
  readonly node: YamlNode
  readonly variables: Dict
  /** What it is for, to say that it cannot be done. */
  readonly what: string
}

/** The value of a bare expression on a host; undefined when it fails. */
function evaluated({ node, variables, what }: Expression, { context: { evaluate, problems }, strict }: Construction): Value | undefined {
  const value = valueOf(node)
  const source = value instanceof TemplateString ? value.source : typeof value === 'string' ? `{{ ${value} }}` : undefined
  if (source === undefined) return value
  try {
    return evaluate?.(new TemplateString(source, node.range), variables)
  } catch (error) {
    const failure: Omit<Diagnostic, 'severity'> = { code: 'constructed-expression', summary: `Could not ${what}: ${error instanceof Error ? error.message : String(error)}`, range: node.range }
    if (strict) problems.error(failure.code, failure.summary, { range: failure.range })
    return undefined
  }
}
