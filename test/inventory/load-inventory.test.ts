import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { locationText, positionAt } from '../../src/diagnostics/position.ts'
import type { Diagnostic } from '../../src/diagnostics/types.ts'
import { LiveInventory } from '../../src/inventory/live-inventory.ts'
import { loadInventory } from '../../src/inventory/load-inventory.ts'
import { DEFAULT_INVENTORY_SETTINGS, type InventorySettings } from '../../src/inventory/inventory-settings.ts'
import type { Inventory } from '../../src/inventory/inventory.ts'
import type { Evaluate } from '../../src/inventory/source-context.ts'
import { createTemplar } from '../../src/template/templar.ts'
import { placeOf } from '../../src/value/placed-map.ts'
import { Tuple } from '../../src/value/tuple.ts'
import { TemplateString } from '../../src/value/template-string.ts'
import { toJson } from '../../src/value/json.ts'
import type { Value } from '../../src/value/value.ts'
import { inFolder, readCases } from '../support/case-files.ts'

interface InventoryCase {
  readonly name: string
  readonly files: Readonly<Record<string, string>>
  /** Sources relative to the folder; the folder itself when not given. */
  readonly sources?: readonly string[]
  readonly groups?: Readonly<Record<string, string>>
  readonly hosts?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  readonly groupVars?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  readonly problems?: readonly string[]
  readonly settings?: Partial<InventorySettings>
  /** Pattern, optionally ` | limit`, to the hosts it selects. */
  readonly select?: Readonly<Record<string, string>>
}

describe('loadInventory', () => {
  it.each(readCases<InventoryCase>(join(import.meta.dirname, 'cases')))('$name', async (testCase) => {
    await inFolder(testCase.files, async (folder) => {
      const sources = (testCase.sources ?? ['']).map((source) => (source.includes(',') && !source.includes('/') ? source : join(folder, source)))
      const { value, diagnostics } = await loadInventory(sources, { settings: { ...DEFAULT_INVENTORY_SETTINGS, ...testCase.settings }, evaluate: evaluator() })
      expect(diagnostics.map((diagnostic) => problemLine(diagnostic, folder))).toEqual(testCase.problems ?? [])
      expect(found(value, testCase, folder)).toEqual(wanted(testCase))
    })
  })

  it('sorts the groups of a host by depth, then priority, then name', async () => {
    const ini = '[a]\nh\n[b]\nh\n[c]\nh\n[deep]\nh\n[b:vars]\nansible_group_priority=10\n[c:children]\ndeep\n'
    await inFolder({ hosts: ini }, async (folder) => {
      const { value } = await loadInventory([folder])
      expect(value.groupsOf('h').map(({ name }) => name)).toEqual(['all', 'a', 'c', 'b', 'deep'])
      expect(value.groups.get('deep')?.depth).toBe(2)
    })
  })

  it('takes hosts and groups added during a run', async () => {
    const { value } = await loadInventory(['a,b,'])
    expect(value.addHost('new', ['fresh'], new Map([['x', 1]]))).toBe(true)
    expect(value.addHost('new', ['fresh'], new Map([['x', 1]]))).toBe(false)
    expect(value.addToGroup('a', 'by_os', ['systems'])).toBe(true)
    expect(value.addToGroup('a', 'by_os', ['systems'])).toBe(false)
    expect(value.select('systems:fresh')).toEqual(['a', 'new'])
    expect(value.hostsOf('ungrouped')).toEqual(['b'])
  })

  it('keeps what a run added when sources are read again', async () => {
    await inFolder({ hosts: 'a\nb\n' }, async (folder) => {
      const inventory = new LiveInventory((await loadInventory([folder])).value)
      inventory.addHost('new', ['fresh'], new Map([['x', 1]]))
      inventory.addToGroup('a', 'by_os', ['systems'])
      inventory.addToGroup('b', 'by_os', [])
      await writeFile(join(folder, 'hosts'), 'a\nc\n')
      inventory.replace((await loadInventory([folder])).value)
      expect(inventory.select('all')).toEqual(['c', 'new', 'a'])
      expect(inventory.hostsOf('systems')).toEqual(['a'])
      expect(inventory.hosts.get('new')?.variables.get('x')).toBe(1)
    })
  })

  it('remembers where hosts and variables come from', async () => {
    await inFolder({ 'hosts.yml': 'all:\n  hosts:\n    a: { x: 1 }\n' }, async (folder) => {
      const { value } = await loadInventory([join(folder, 'hosts.yml'), 'b,'])
      const host = value.hosts.get('a')
      expect([host?.source, value.hosts.get('b')?.source]).toEqual([join(folder, 'hosts.yml'), 'b,'])
      const place = host && placeOf(host.variables, 'x')
      expect(place && positionAt(place.file, place.start)).toEqual({ line: 3, column: 10 })
    })
  })

  it('makes the control host up when it is asked for, in no group', async () => {
    const { value } = await loadInventory(['a,'])
    expect(value.select('localhost')).toEqual(['localhost'])
    expect(value.hosts.get('localhost')?.variables.get('ansible_connection')).toBe('local')
    expect(value.select('all')).toEqual(['a'])
    expect(value.groupsOf('localhost').map(({ name }) => name)).toEqual(['all'])
  })

  it('warns of patterns that match nothing, and refuses bad ones', async () => {
    const { value } = await loadInventory(['web1,web2,'])
    const warnings: Diagnostic[] = []
    expect(value.select('web1:wbe2', { warn: (warning) => warnings.push(warning) })).toEqual(['web1'])
    expect(warnings).toMatchObject([{ code: 'unmatched-pattern', hint: "Did you mean 'web2' or 'web1'?" }])
    expect(() => value.select('~web(')).toThrow('Cannot read the host pattern')
    expect(() => value.select('web*[12]')).toThrow("No hosts matched the subscripted pattern 'web*[12]': 'web*' has 2 hosts")
    expect(() => value.select('all', { limit: '@nowhere' })).toThrow('Cannot find the limit file nowhere')
    expect(() => value.select('all', { limit: '@/' })).toThrow('must be a file, not a directory')
  })

  it('keeps templates of INI files apart from data of scripts', async () => {
    const script = '#!/bin/sh\necho \'{"g": {"hosts": ["h"], "vars": {"v": "{{ x }}"}}, "_meta": {"hostvars": {"h": {"w": "{{ y }}"}}}}\'\n'
    await inFolder({ script, hosts: 'h a="{{ x }}" b="[\'{{ y }}\', 1]" c=(1,2)\n' }, async (folder) => {
      const { value } = await loadInventory([join(folder, 'hosts'), join(folder, 'script')])
      const variables = value.hosts.get('h')?.variables
      expect(variables?.get('a')).toBeInstanceOf(TemplateString)
      expect((variables?.get('b') as Value[])[0]).toBeInstanceOf(TemplateString)
      expect(variables?.get('c')).toEqual(new Tuple([1, 2]))
      expect(variables?.get('w')).toBe('{{ y }}')
      expect(value.groups.get('g')?.variables.get('v')).toBe('{{ x }}')
    })
  })

  it('reads 5,000 hosts in 50 groups quickly', async () => {
    const ini = Array.from({ length: 50 }, (_, group) => `[g${group}]\nh[${group * 100}:${group * 100 + 99}] x=1\n`).join('')
    await inFolder({ hosts: ini }, async (folder) => {
      const start = performance.now()
      const { value } = await loadInventory([folder])
      for (const host of value.select('all:!g3')) value.groupsOf(host)
      expect(value.hosts.size).toBe(5000)
      expect(performance.now() - start).toBeLessThan(2000)
    })
  })
})

function evaluator(): Evaluate {
  const templar = createTemplar({ basePaths: () => [] })
  return (template, variables) => templar.evaluate(template, { get: (name) => variables.get(name), names: () => [...variables.keys()].filter((name) => typeof name === 'string') })
}

/** What the case states, with every part present. */
function wanted({ select = {}, groups = {}, hosts = {}, groupVars = {} }: InventoryCase): unknown {
  return { select, groups, hosts, groupVars }
}

/** The same of the inventory as loaded. */
function found(inventory: Inventory, testCase: InventoryCase, folder: string): unknown {
  const { groups = {}, hosts = {}, groupVars = {} } = testCase
  return {
    select: selected(inventory, testCase, folder),
    groups: mapped(groups, (group) => inventory.hostsOf(group).join(' ')),
    hosts: mapped(hosts, (host) => plain(inventory.hosts.get(host)?.variables)),
    groupVars: mapped(groupVars, (group) => plain(inventory.groups.get(group)?.variables)),
  }
}

function mapped(keys: Readonly<Record<string, unknown>>, value: (key: string) => unknown): Record<string, unknown> {
  return Object.fromEntries(Object.keys(keys).map((key) => [key, value(key)]))
}

function selected(inventory: Inventory, { select = {} }: InventoryCase, folder: string): Record<string, string> {
  return Object.fromEntries(Object.keys(select).map((key) => {
    const [pattern = '', limit] = key.split(' | ')
    return [key, inventory.select(pattern, limit === undefined ? {} : { limit: limit.replace('@', `@${folder}/`) }).join(' ')]
  }))
}

function plain(variables: ReadonlyMap<string, Value> | undefined): unknown {
  return toJson(new Map(variables))
}

function problemLine({ code, summary, range, hint, detail }: Diagnostic, folder: string): string {
  const base = new RegExp(`\\S*${folder.slice(folder.lastIndexOf('/') + 1)}/`, 'g')
  const place = range === undefined ? '' : ` ${locationText(range)}`
  return `${code}${place} ${summary}${hint === undefined ? '' : ` // ${hint}`}${detail === undefined ? '' : ` // ${detail}`}`.replaceAll(base, '')
}
