import { roleSchema } from './playbook-schema.ts'
import { ANY, object, OF_TYPE, ref, type Schema, schemaFile } from './shapes.ts'

const TEXTS: Schema = { anyOf: [{ type: 'string' }, { type: 'array', items: { type: ['string', 'object'] } }] }
const NAMES: Schema = { type: 'array', items: { type: 'string' } }

/** `meta/argument_specs.yml`. */
export function argumentSpecsSchema(): Schema {
  return schemaFile('Argument specs of a role', object({ argument_specs: ref('specs') }, { required: ['argument_specs'], $defs: specDefinitions() }))
}

/** `meta/main.yml`. */
export function metaSchema(): Schema {
  return schemaFile('Metadata of a role', {
    anyOf: [{ type: 'null' }, object({
      galaxy_info: { type: 'object' },
      dependencies: { anyOf: [{ type: 'array', items: ref('dependency') }, { type: 'null' }] },
      allow_duplicates: OF_TYPE.boolean,
      collections: { anyOf: [NAMES, { type: 'string' }] },
      argument_specs: ref('specs'),
    })],
    $defs: { ...specDefinitions(), dependency: { anyOf: [roleSchema(), { type: 'object', required: ['src'] }] } },
  })
}

const TYPES = ['str', 'list', 'dict', 'bool', 'int', 'float', 'path', 'raw', 'jsonarg', 'json', 'bytes', 'bits']

function specDefinitions(): Readonly<Record<string, Schema>> {
  return {
    specs: { anyOf: [{ type: 'object', additionalProperties: ref('entry') }, { type: 'null' }] },
    entry: object({
      short_description: { type: 'string' }, description: TEXTS, author: TEXTS, version_added: ANY, seealso: { type: 'array' }, notes: TEXTS, attributes: { type: 'object' },
      options: { anyOf: [{ type: 'object', additionalProperties: ref('option') }, { type: 'null' }] },
    }),
    option: object({
      type: { enum: TYPES }, elements: { enum: TYPES }, required: { type: 'boolean' }, default: ANY, choices: { anyOf: [{ type: 'array' }, { type: 'object' }] }, aliases: NAMES,
      description: TEXTS, version_added: ANY, no_log: { type: 'boolean' }, apply_defaults: { type: 'boolean' },
      removed_in: ANY, removed_in_version: ANY, removed_at_date: ANY, removed_from_collection: ANY, deprecated_aliases: { type: 'array' },
      options: { type: 'object', additionalProperties: ref('option') },
      mutually_exclusive: { type: 'array' }, required_together: { type: 'array', items: NAMES }, required_one_of: { type: 'array', items: NAMES },
      required_if: { type: 'array', items: { type: 'array', minItems: 3, maxItems: 4 } }, required_by: { type: 'object' },
    }),
  }
}
