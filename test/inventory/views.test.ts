import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Inventory } from '../../src/inventory/inventory.ts'
import { loadInventory } from '../../src/inventory/load-inventory.ts'
import { writeNodeFiles } from '../../src/inventory/node-files.ts'
import { inventoryGraph, inventoryHost, inventoryList } from '../../src/inventory/views.ts'
import { TemplateString } from '../../src/value/template-string.ts'
import type { Value } from '../../src/value/value.ts'
import { VaultString } from '../../src/value/vault-string.ts'
import { inFolder } from '../support/case-files.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

describe('views of an inventory', () => {
  it('draws groups and hosts as a tree', async () => {
    await withInventory((inventory) => {
      expect(inventoryGraph(inventory).split('\n')).toEqual(['@all:', '  |--@ungrouped:', '  |  |--lone', '  |--@site:', '  |  |--@web:', '  |  |  |--a', '  |  |  |--b'])
      expect(inventoryGraph(inventory, { group: 'web', variables: (host) => new Map<Value, Value>([['name', host], ['list', [1]]]) }).split('\n'))
        .toEqual(['@web:', '  |--a', '  |  |--{list = [1]}', '  |  |--{name = a}', '  |--b', '  |  |--{list = [1]}', '  |  |--{name = b}'])
    })
  })

  it('lists groups and variables as ansible-inventory does', async () => {
    await withInventory((inventory) => {
      expect(inventoryList(inventory, { hostVariables: (host) => inventory.hosts.get(host)?.variables ?? new Map() })).toEqual({
        _meta: { hostvars: { a: { x: 1 } } },
        all: { children: ['ungrouped', 'site'] },
        site: { children: ['web'] },
        ungrouped: { hosts: ['lone'] },
        web: { hosts: ['a', 'b'] },
      })
    })
  })

  it('shows templates as written and leaves vault values encrypted', () => {
    expect(inventoryHost(new Map<Value, Value>([['a', new TemplateString('{{ x }}')], ['b', [new VaultString('secret')]]]))).toEqual({ a: '{{ x }}', b: [{ __ansible_vault: 'secret\n' }] })
  })

  it('writes a node file for every group', async () => {
    const folder = temporaryFolder('test')
    await withInventory(async (inventory) => {
      const names = await writeNodeFiles(inventory, join(folder, 'nodes'))
      expect(names).toEqual(['all', 'web', 'site'])
      expect(readFileSync(join(folder, 'nodes/web'), 'utf8')).toBe('nodes=( a b );\n')
    })
  })
})

async function withInventory(use: (inventory: Inventory) => void | Promise<void>): Promise<void> {
  await inFolder({ hosts: 'lone\n[web]\na x=1\nb\n[site:children]\nweb\n' }, async (folder) => { await use((await loadInventory([folder])).value) })
}
