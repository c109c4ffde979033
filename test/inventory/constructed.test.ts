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

  it('names groups by every option of keyed_groups', async () => {
    const constructed = [
      'plugin: constructed', 'leading_separator: false', 'use_vars_plugins: true', 'keyed_groups:', '  - { key: os }', '  - { key: tags, separator: "-" }', '  - { key: tags, prefix: t, default_value: none }',
      '  - { key: tags, prefix: n, trailing_separator: false }', '  - { key: roles, parent_group: "{{ site }}_roles", prefix: r }', '  - { key: "\'\'", default_value: empty }', '  - { key: beside }',
    ].join('\n')
    await inFolder({ '1/hosts': HOSTS, '1/group_vars/web.yml': 'beside: yes_it_is\n', '2.yml': constructed }, async (folder) => {
      const { value, diagnostics } = await loadInventory([join(folder, '1'), join(folder, '2.yml')], { evaluate: evaluator() })
      expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
      const groups = [...value.groups.keys()].filter((name) => !['all', 'ungrouped', 'web'].includes(name))
      expect(groups.sort()).toEqual(['debian', 'empty', 'env-prod', 'n_env_prod', 'n_team', 'north_roles', 'r_x', 'r_y', 'redhat', 't_env_prod', 't_team_none', 'team-', 'yes_it_is'])
      expect(value.hostsOf('north_roles')).toEqual(['a'])
    })
  })

  it('sees extra variables only when it is told to', async () => {
    const files = { '1-hosts': HOSTS, '2.yml': 'plugin: constructed\nuse_extra_vars: true\ncompose: { x: "word" }\n', '3.yml': 'plugin: constructed\ncompose: { y: "word" }\n' }
    await inFolder(files, async (folder) => {
      const { value } = await loadInventory([folder], { evaluate: evaluator(), extra: new Map([['word', 'hi']]) })
      expect([value.hosts.get('a')?.variables.get('x'), value.hosts.get('a')?.variables.has('y')]).toEqual(['hi', false])
    })
  })

  it('refuses options that contradict each other, and keys that name no group', async () => {
    const files = { '1-hosts': HOSTS, '2.yml': 'plugin: constructed\nkeyed_groups:\n  - { key: os, default_value: x, trailing_separator: true }\n  - { prefix: x }\n  - { key: "5" }\n' }
    await inFolder(files, async (folder) => {
      const { diagnostics } = await loadInventory([folder], { evaluate: evaluator() })
      expect([...new Set(diagnostics.map(({ summary }) => summary))]).toEqual([
        'parameters are mutually exclusive for keyed groups: default_value|trailing_separator',
        "Invalid keyed group entry, it must be a dictionary with a 'key'",
        'Invalid group name format, expected a string or a list of them or dictionary, got: 5',
      ])
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
