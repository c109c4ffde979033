import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { locationText } from '../../src/diagnostics/position.ts'
import type { Inventory } from '../../src/inventory/inventory.ts'
import { loadInventory, type InventoryOptions } from '../../src/inventory/load-inventory.ts'
import { inFolder } from '../support/case-files.ts'

/** A small platform of two zones; the addresses end in the numbers. */
const NODES: Readonly<Record<string, string>> = {
  proxy0: settings('proxy0', 21, { role: 'proxy,dnsmaster', physical_host_network_interface: 'br0' }),
  webservice0: settings('webservice0', 22, { role: 'webservice', physical_host_network_interface: 'br0' }),
  pek3ar01n01: settings('pek3ar01n01', 31, { role: 'pgmaster,pgpool,seed' }),
  pek3ar01n03: settings('pek3ar01n03', 33, { role: 'vgateway' }),
  pek3ar02n02: settings('pek3ar02n02', 42, { role: 'hyper', feature_hypernode: 'on', container_mode: 'repl' }),
  pek3ar02n10: settings('pek3ar02n10', 50, { role: 'hyper', feature_hypernode: 'on', container_mode: 'local' }),
  'sh1b-zoocassa0': settings('sh1b-zoocassa0', 61, { role: 'zoocassa', physical_host_network_interface: 'br0', zone_id: '' }),
  sh1br01n02: settings('sh1br01n02', 62, { role: 'pgserver', zone_id: 'sh1b', bm_ipmi_network_interface: 'ipmi0' }),
  sh1br01n04: settings('sh1br01n04', 64, { role: 'newrole', zone_id: 'sh1b' }),
}

describe('inventory plugin settings', () => {
  it('computes every group, over all zones and for each zone', async () => {
    await withPlatform({}, (inventory) => {
      const groups = ['phy', 'vm', 'hyper', 'hyper-repl', 'hyper-pair', 'vg', 'ks', 'ks-phy', 'ks-vm', 'ks-bm', 'non-ks', 'non-vg-phy', 'non-hyper', 'pgserver', 'dns', 'ntp', 'pgpool', 'newrole', 'boss']
      expect(Object.fromEntries(groups.map((group) => [group, inventory.hostsOf(group).join(' ')]))).toEqual({
        phy: 'pek3ar01n01 pek3ar01n03 pek3ar02n02 pek3ar02n10 sh1br01n02 sh1br01n04',
        vm: 'proxy0 sh1b-zoocassa0 webservice0',
        hyper: 'pek3ar02n02 pek3ar02n10',
        'hyper-repl': 'pek3ar02n02',
        'hyper-pair': '',
        vg: 'pek3ar01n03',
        ks: 'pek3ar01n01 proxy0 sh1b-zoocassa0 sh1br01n02 sh1br01n04 webservice0',
        'ks-phy': 'pek3ar01n01 sh1br01n02 sh1br01n04',
        'ks-vm': 'proxy0 sh1b-zoocassa0 webservice0',
        'ks-bm': 'sh1br01n02',
        'non-ks': 'pek3ar01n03 pek3ar02n02 pek3ar02n10',
        'non-vg-phy': 'pek3ar01n01 pek3ar02n02 pek3ar02n10 sh1br01n02 sh1br01n04',
        'non-hyper': 'pek3ar01n01 pek3ar01n03 proxy0 sh1b-zoocassa0 sh1br01n02 sh1br01n04 webservice0',
        pgserver: 'pek3ar01n01 sh1br01n02',
        dns: 'proxy0',
        ntp: 'proxy0 sh1br01n02',
        pgpool: 'pek3ar01n01',
        newrole: 'sh1br01n04',
        boss: '',
      })
      expect(inventory.select('sh1b-all')).toEqual(['sh1b-zoocassa0', 'sh1br01n02', 'sh1br01n04'])
      expect(inventory.select('sh1b-pgserver:pek3a-hyper-repl')).toEqual(['sh1br01n02', 'pek3ar02n02'])
      expect(inventory.select('hyper,proxy0')).toEqual(['pek3ar02n02', 'pek3ar02n10', 'proxy0'])
      expect(inventory.select('pek3a-ks:!vm')).toEqual(['pek3ar01n01'])
    })
  })

  it('gives each host its address, its zone and its settings', async () => {
    await withPlatform({ configuration: 'prefix: node_\n' }, (inventory) => {
      const variables = inventory.hosts.get('sh1b-zoocassa0')?.variables
      expect(variables?.get('ansible_host')).toBe('10.31.8.61')
      expect(variables?.get('zone_id')).toBe('sh1b')
      expect(variables?.get('node_hostname')).toBe('sh1b-zoocassa0')
      expect((variables?.get('settings') as Map<string, string>).get('role')).toBe('zoocassa')
    })
  })

  it('reads a firstbox through the reader it is given', async () => {
    const asked: string[] = []
    const readRemote = (host: string, path: string): Promise<ReadonlyMap<string, string>> => {
      asked.push(`${host}:${path}`)
      return Promise.resolve(new Map(path.endsWith('settings') ? Object.entries(NODES) : [['variables.yaml', 'common: {ntp_main_address: 10.31.8.22}']]))
    }
    const configuration = 'plugin: settings\nsource: box:/conf/settings\nvariables: box:/conf/variables.yaml\n'
    await inFolder({ 'platform.yml': configuration }, async (folder) => {
      const { value, diagnostics } = await loadInventory([folder], { readRemote })
      expect(diagnostics).toEqual([])
      expect(asked).toEqual(['box:/conf/settings', 'box:/conf/variables.yaml'])
      expect(value.hostsOf('ntp')).toEqual(['webservice0'])
    })
  })

  it('reports everything that contradicts itself together', async () => {
    const nodes = {
      ...NODES,
      twin: settings('twin', 21, { zone_id: 'pek3a' }),
      other: settings('proxy0', 70, { zone_id: 'pek3a' }),
      lost: settings('lost', 71, { zone_id: '' }),
      far: settings('far', 72, { zone_id: 'pek3b' }),
      broken: 'hostname="broken"\nzone_id="pek3a\nmgmt_network_address=10.31.8.73\nrm -rf /tmp/x\nfoo=$(id)\n',
    }
    await withPlatform({ nodes, configuration: 'zones: [pek3a, sh1b]\n' }, (_, problems) => {
      expect(problems).toEqual([
        'broken-settings-line settings/broken:2:9 Cannot read the line: the closing quote is missing',
        'broken-settings-line settings/broken:4:1 Cannot read the line: it is not an assignment such as name="value"',
        'broken-settings-line settings/broken:5:5 Cannot read the line: only a shell could expand this, and settings files are read without running them',
        "unknown-zone settings/broken:1:1 Cannot tell the zone of 'broken': zone_id is empty and no zone's id starts the name",
        "unknown-zone settings/far:3:1 Cannot use the settings of 'far': there is no zone 'pek3b'",
        "unknown-zone settings/lost:3:1 Cannot tell the zone of 'lost': zone_id is empty and no zone's id starts the name",
        "hostname-differs settings/other:1:1 Cannot use the settings of 'other': their hostname is 'proxy0'",
        "duplicate-address settings/twin:2:1 Cannot use the address 10.31.8.21 of 'twin': 'proxy0' has it too",
        "duplicate-hostname settings/proxy0:1:1 Cannot use the hostname proxy0 of 'proxy0': 'other' has it too",
      ])
    })
  })

  it('merges several sources, each with a zone for nodes that say none', async () => {
    const files = {
      'platform.yml': 'plugin: settings\nsources:\n  - { folder: one, zone: z1 }\n  - { folder: two, zone: z2 }\n',
      'one/a': settings('a', 1, { zone_id: '' }), 'two/b': settings('b', 2, { zone_id: '' }), 'two/a': settings('a', 3, { zone_id: 'z2' }),
    }
    await inFolder(files, async (folder) => {
      const { value, diagnostics } = await loadInventory([folder])
      expect(value.hostsOf('z1-all')).toEqual(['a'])
      expect(value.hostsOf('z2-all')).toEqual(['b'])
      expect(diagnostics.map(({ code }) => code)).toEqual(['duplicate-settings'])
    })
  })

  it('says what is wrong with its configuration', async () => {
    await inFolder({ 'platform.yml': 'plugin: settings\nfolders: x\ngroups: all\n' }, async (folder) => {
      const { diagnostics } = await loadInventory([join(folder, 'platform.yml')])
      expect(diagnostics.map(({ code, hint }) => [code, hint])).toEqual([['unknown-option', "Did you mean 'folder'?"], ['missing-option', undefined], ['bad-option', undefined]])
    })
  })
})

function settings(hostname: string, number: number, values: Readonly<Record<string, string>>): string {
  const all = { hostname, mgmt_network_address: `10.31.8.${number.toString()}`, zone_id: 'pek3a', ...values }
  return Object.entries(all).map(([name, value]) => `${name}="${value}"\n`).join('')
}

interface Platform {
  readonly nodes?: Readonly<Record<string, string>>
  readonly configuration?: string
  readonly options?: InventoryOptions
}

async function withPlatform({ nodes = NODES, configuration = '', options }: Platform, use: (inventory: Inventory, problems: readonly string[]) => void): Promise<void> {
  const files = {
    'platform.yml': `plugin: settings\nfolder: settings\nvariables: variables.yaml.txt\n${configuration}`,
    'variables.yaml.txt': "pek3a: {ntp_server_address: '10.31.8.21', ntp_backup_address: '10.31.8.62 10.31.8.99'}\n",
    ...Object.fromEntries(Object.entries(nodes).map(([name, text]) => [`settings/${name}`, text])),
  }
  await inFolder(files, async (folder) => {
    const { value, diagnostics } = await loadInventory([folder], options)
    const base = new RegExp(`\\S*${folder.slice(folder.lastIndexOf('/') + 1)}/`, 'g')
    use(value, diagnostics.map(({ code, range, summary }) => `${code} ${range === undefined ? '' : locationText(range)} ${summary}`.replaceAll(base, '')))
  })
}
