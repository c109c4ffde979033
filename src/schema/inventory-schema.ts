import { ANY, object, ref, type Schema, schemaFile } from './shapes.ts'

/** An inventory in YAML: groups of hosts, groups and variables; or the configuration of an inventory plugin. */
export function inventorySchema(): Schema {
  return schemaFile('Inventory of tsplay and Ansible', {
    anyOf: [
      { type: 'object', required: ['plugin'], properties: { plugin: { type: 'string' } } },
      { type: 'object', not: { required: ['plugin'] }, additionalProperties: ref('group') },
    ],
    $defs: {
      group: {
        anyOf: [{ type: 'null' }, object({
          hosts: { anyOf: [{ type: 'object', additionalProperties: { anyOf: [ref('variables'), { type: 'null' }] } }, { type: 'string' }, { type: 'null' }] },
          children: { anyOf: [{ type: 'object', additionalProperties: ref('group') }, { type: 'string' }, { type: 'null' }] },
          vars: { anyOf: [ref('variables'), { type: 'null' }] },
        })],
      },
      variables: { type: 'object', properties: { ansible_group_priority: { type: 'integer' }, ansible_port: ANY }, additionalProperties: true },
    },
  })
}
