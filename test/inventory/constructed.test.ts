import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Evaluate } from '../../src/inventory/source-context.ts'
import { loadInventory } from '../../src/inventory/load-inventory.ts'
import { createTemplar } from '../../src/template/templar.ts'
import { inFolder } from '../support/case-files.ts'

const HOSTS = '[web]\na os=debian tags="{\'env\': \'prod\', \'team\': \'\'}" roles="[\'x\', \'y\']"\nb os=redhat\n[web:vars]\nsite=north\n'

describe('inventory plugin constructed', () => {
  it('composes variables and groups from expressions', async () => {
    const constructed = [
      'plugin: ansible.builtin.constructed', 'compose: { double: "inventory_hostname * 2", nothing: undefined_name }',
      'groups: { deb: "os == \'debian\'", northern: "site == \'north\'", broken: "no.such.name" }',
      'keyed_groups:', '  - { key: os, prefix: os }', '  - { key: "roles | default([])", prefix: "", separator: "" }', '  - { key: "tags | default({})", prefix: tag, parent_group: tagged }',
      '  - { key: missing, prefix: m }',
    ].join('\n')
    await inFolder({ '1-hosts': HOSTS, '2-constructed.yml': constructed }, async (folder) => {
      const { value, diagnostics } = await loadInventory([folder], { evaluate: evaluator() })
      expect(diagnostics).toEqual([])
      expect(value.hosts.get('a')?.variables.get('double')).toBe('aa')
      expect(value.hosts.get('a')?.variables.has('nothing')).toBe(false)
      const groups = [...value.groups.keys()].filter((name) => !['all', 'ungrouped', 'web'].includes(name))
      expect(Object.fromEntries(groups.map((name) => [name, value.hostsOf(name).join(' ')]))).toEqual({
        deb: 'a', northern: 'a b', os_debian: 'a', os_redhat: 'b', x: 'a', y: 'a', tag_env_prod: 'a', tag_team_: 'a', tagged: 'a',
      })
    })
  })

  it('reports expressions that fail when it is strict', async () => {
    await inFolder({ '1-hosts': HOSTS, '2.yml': 'plugin: constructed\nstrict: true\ngroups: { g: no_such_name }\n' }, async (folder) => {
      const { diagnostics } = await loadInventory([join(folder, '1-hosts'), join(folder, '2.yml')], { evaluate: evaluator() })
      expect(diagnostics.map(({ code }) => code)).toEqual(['constructed-expression', 'constructed-expression'])
    })
  })
})

function evaluator(): Evaluate {
  const templar = createTemplar({ basePaths: () => [] })
  return (template, variables) => templar.evaluate(template, { get: (name) => variables.get(name), names: () => [...variables.keys()].filter((name) => typeof name === 'string') })
}
