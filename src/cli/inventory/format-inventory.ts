import { pythonJson } from '../../report/ansible/python-json.ts'
import { emitYaml } from '../../template/yaml/emitter.ts'
import { valueToTree } from '../../template/yaml/value-to-tree.ts'
import { fromJson } from '../../value/json.ts'
import type { JsonObject } from '../../value/value.ts'

export type InventoryForm = 'json' | 'yaml' | 'toml'

/** Data as ansible-inventory writes it: keys in order of their names. */
export async function formatInventory(data: JsonObject, form: InventoryForm): Promise<string> {
  if (form === 'json') return `${pythonJson(data, 4)}\n`
  if (form === 'yaml') return emitYaml(valueToTree(fromJson(data), { sortKeys: true, flow: false }), { indent: 2, width: 80 })
  const { stringify } = await import('smol-toml')
  return stringify(data)
}
