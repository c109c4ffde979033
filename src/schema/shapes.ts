import type { KeywordType } from '../playbook/keywords.ts'
import type { Json, JsonObject } from '../value/value.ts'

export type Schema = JsonObject

/** Text that is evaluated may stand wherever a value does. */
export const TEMPLATE: Schema = { type: 'string', pattern: '\\{[{%#]' }

/** As `isVariableName` has it. */
export const VARIABLE_NAME = '^(?!(?:[Tt]rue|[Ff]alse|[Nn]one|not)$)[A-Za-z_][A-Za-z0-9_]*$'

export const TEXT: Schema = { type: ['string', 'number', 'boolean'] }
export const ANY: Schema = {}
export const MAPPING: Schema = { type: 'object' }
export const VARIABLES: Schema = { type: 'object', propertyNames: { pattern: VARIABLE_NAME } }

/** One of them, or a list of them. */
export function oneOrMore(item: Schema): Schema {
  return { anyOf: [item, { type: 'array', items: item }] }
}

/** What a value of a keyword must look like, by the type that the loader checks. */
export const OF_TYPE: Readonly<Record<KeywordType, Schema>> = {
  boolean: { anyOf: [{ type: 'boolean' }, { enum: ['yes', 'no', 'on', 'off', 'true', 'false', 0, 1] }, TEMPLATE] },
  integer: { anyOf: [{ type: 'integer' }, { type: 'string', pattern: '^\\s*[-+]?\\d+\\s*$' }, TEMPLATE] },
  number: { anyOf: [{ type: 'number' }, { type: 'string', pattern: '^\\s*[-+]?\\d+(\\.\\d+)?\\s*%?\\s*$' }, TEMPLATE] },
  text: TEXT,
  list: { type: 'array' },
  mapping: { anyOf: [MAPPING, TEMPLATE] },
  any: ANY,
}

/** A reference to a definition, in this file unless another one is named. */
export function ref(name: string, file = ''): Schema {
  return { $ref: `${file}#/$defs/${name}` }
}

/** A whole schema file. */
export function schemaFile(title: string, body: Schema): Schema {
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', title, ...body }
}

export function object(properties: Readonly<Record<string, Json>>, more: Schema = {}): Schema {
  return { type: 'object', properties: { ...properties }, additionalProperties: false, ...more }
}
