import { pythonJson } from '../../report/ansible/python-json.ts'
import { emitYaml } from '../../template/yaml/emitter.ts'
import { valueToTree } from '../../template/yaml/value-to-tree.ts'
import { fromJson } from '../../value/json.ts'
import type { Json } from '../../value/value.ts'

/** Data as a document. */
export function asYamlOrJson(data: Json, format: string): string {
  return format === 'json' ? pythonJson(data, 4) : emitYaml(valueToTree(fromJson(data), { sortKeys: true, flow: false }), { indent: 2, width: 80 })
}
