import { combination } from '../../value/merge-dicts.ts'
import { compareText } from '../../value/order.ts'
import type { Dict, Value } from '../../value/value.ts'
import type { SourceContext } from '../source-context.ts'
import type { VariableFolder } from '../variable-folder.ts'

/** What the sources read so far, folders of variables if asked for, and the fact cache say of a host. */
export function hostVariables(host: string, folders: readonly VariableFolder[], { store, settings, facts }: SourceContext): Dict {
  const groups = store.groupsOf(host)
  const weakestFirst = [...folders].reverse()
  const combine = combination(settings.mergesDicts)
  const variables: Dict = new Map()
  const add = (dict: ReadonlyMap<Value, Value> | undefined): void => {
    for (const [name, value] of dict ?? []) variables.set(name, combine(variables.get(name), value))
  }
  for (const group of groups) add(group.variables)
  for (const folder of weakestFirst) for (const group of groups) add(folder.groups.get(group.name))
  add(store.hosts.get(host)?.variables)
  for (const folder of weakestFirst) add(folder.hosts.get(host))
  add(namesOf(host, groups.map(({ name }) => name)))
  add(facts(host))
  return variables
}

function namesOf(host: string, groups: readonly string[]): Dict {
  return new Map<Value, Value>([
    ['inventory_hostname', host],
    ['inventory_hostname_short', host.split('.')[0] ?? host],
    ['group_names', groups.filter((name) => name !== 'all').sort(compareText)],
  ])
}
