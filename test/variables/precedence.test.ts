import { describe, expect, it } from 'vitest'
import type { Inventory } from '../../src/inventory/inventory.ts'
import type { VariableFolder } from '../../src/inventory/variable-folder.ts'
import type { Play, Role, RoleUse } from '../../src/playbook/ast.ts'
import type { Templar } from '../../src/template/types.ts'
import type { Dict, Value } from '../../src/value/value.ts'
import { createVariables } from '../../src/variables/create-variables.ts'
import type { ScopePlace, Variables } from '../../src/variables/host-variables.ts'

/** Weakest first: the order of Ansible's documentation. Each level sets the variable `level` to its own name. */
const ORDER = [
  'role-defaults', 'inventory-group', 'inventory-group_vars-all', 'playbook-group_vars-all', 'inventory-group_vars', 'playbook-group_vars',
  'inventory-host', 'inventory-host_vars', 'playbook-host_vars', 'facts', 'play-vars', 'vars_prompt', 'vars_files', 'role-vars',
  'task-and-block-vars', 'include_vars', 'set_fact-and-register', 'role-parameters', 'include-parameters', 'extra-vars',
] as const
type LevelName = typeof ORDER[number]

describe('precedence', () => {
  it.each(ORDER.map((name, index) => [name, ORDER.slice(0, index + 1)] as const))('%s is stronger than all levels before it', (name, set) => {
    const { variables, place } = world(new Set(set))
    expect(variables.scope(place).get('level')).toBe(name)
  })

  it('tells all origins of a value, strongest first', () => {
    const { variables, place } = world(new Set(ORDER))
    expect(variables.origins(place, 'level').map(({ level }) => level)).toEqual([...ORDER].reverse())
  })

  it('puts facts below ansible_facts without their prefix, and beside', () => {
    const { variables, place } = world(new Set())
    variables.setFacts('web1', dict({ ansible_distribution: 'Debian', ansible_local: 1 }))
    const scope = variables.scope(place)
    expect(scope.get('ansible_distribution')).toBe('Debian')
    expect([...(scope.get('ansible_facts') as Dict).keys()]).toEqual(['distribution', 'ansible_local'])
    variables.clearFacts('web1')
    expect(variables.scope(place).get('ansible_distribution')).toBeUndefined()
  })

  it('knows magic variables, which nothing overrides', () => {
    const { variables, place } = world(new Set())
    variables.register('web1', 'inventory_hostname', 'other')
    const scope = variables.scope(place)
    expect(scope.get('inventory_hostname')).toBe('web1')
    expect(scope.get('group_names')).toEqual(['web'])
    expect((scope.get('groups') as Dict).get('web')).toEqual(['web1'])
    expect((scope.get('hostvars') as Dict).get('db1')).toBeUndefined()
    expect(((scope.get('hostvars') as Dict).get('web1') as Dict).get('inventory_hostname')).toBe('web1')
  })

  it('lets a role see its own defaults before those of other roles of the play', () => {
    const [own, other] = [roleUse('own', { port: 1 }), roleUse('other', { port: 2, path: '/x' })]
    const { variables, play } = world(new Set(), [own, other])
    expect(variables.scope({ host: 'web1', play, role: own }).get('port')).toBe(1)
    expect(variables.scope({ host: 'web1', play, role: own }).get('path')).toBe('/x')
    expect(variables.scope({ host: 'web1', play }).get('port')).toBe(2)
  })
})

interface World { readonly variables: Variables, readonly play: Play, readonly place: ScopePlace }

function world(set: ReadonlySet<LevelName>, roles: readonly RoleUse[] = []): World {
  const at = (name: LevelName): Dict => set.has(name) ? dict({ level: name }) : new Map()
  const use: RoleUse = { role: role('r', at('role-defaults'), at('role-vars')), parameters: at('role-parameters'), vars: new Map(), isPublic: true, identity: '', allowDuplicates: false, parent: undefined, dependencies: [], range: undefined }
  const play = { roles, shared: { vars: at('play-vars') }, varsFiles: ['vars.yml'], varsPrompt: [{ name: 'asked' }] } as unknown as Play
  const folder = (place: 'inventory' | 'playbook'): VariableFolder => ({
    groups: new Map([['all', at(`${place}-group_vars-all`)], ['web', at(`${place}-group_vars`)]]), hosts: new Map([['web1', at(`${place}-host_vars`)]]),
  })
  const playbookFolders = [folder('playbook')]
  const variables = createVariables({
    inventory: inventory(at('inventory-group'), at('inventory-host')), templar: { evaluate: (value: Value) => value } as unknown as Templar,
    inventoryFolders: [folder('inventory')], playbookFolders: () => playbookFolders, extra: at('extra-vars'),
  })
  variables.setFacts('web1', at('facts'))
  variables.setPrompted(at('vars_prompt'))
  variables.setVarsFiles('web1', at('vars_files'))
  variables.includeVariables('web1', at('include_vars'))
  variables.setVariables('web1', at('set_fact-and-register'))
  return { variables, play, place: { host: 'web1', play, role: use, taskVars: [at('task-and-block-vars')], includeParameters: [at('include-parameters')] } }
}

function inventory(groupVars: Dict, hostVars: Dict): Inventory {
  const web = { name: 'web', variables: groupVars as ReadonlyMap<string, Value>, children: new Set<string>(), hosts: new Set(['web1']), depth: 1, priority: 1 }
  return {
    hosts: new Map([['web1', { name: 'web1', variables: hostVars as ReadonlyMap<string, Value> }]]), groups: new Map([['web', web]]),
    groupsOf: () => [web], hostsOf: () => ['web1'],
  } as unknown as Inventory
}

function roleUse(name: string, defaults: Readonly<Record<string, Value>>): RoleUse {
  return { role: role(name, dict(defaults), new Map()), parameters: new Map(), vars: new Map(), isPublic: true, identity: '', allowDuplicates: false, parent: undefined, dependencies: [], range: undefined }
}

function role(name: string, defaults: Dict, vars: Dict): Role {
  return { name, path: `/roles/${name}`, defaults, vars, tasks: [], handlers: [], allowDuplicates: false, collections: [], argumentSpecs: undefined }
}

function dict(entries: Readonly<Record<string, Value>>): Dict {
  return new Map(Object.entries(entries))
}
