import type { Json, JsonObject } from '../value/value.ts'
import type { Argument, ArgumentSpec, ArgumentType } from './argument-spec.ts'

const TYPES: Readonly<Record<ArgumentType, JsonObject>> = {
  str: { type: ['string', 'number', 'boolean'] },
  path: { type: 'string' },
  bool: { anyOf: [{ type: 'boolean' }, { enum: ['yes', 'no', 'on', 'off', 'true', 'false', 'True', 'False', '1', '0', 1, 0] }] },
  int: { anyOf: [{ type: 'integer' }, { type: 'string', pattern: '^[-+]?\\d+$' }] },
  float: { anyOf: [{ type: 'number' }, { type: 'string', pattern: '^[-+]?\\d*\\.?\\d+$' }] },
  list: { type: ['array', 'string', 'number'] },
  dict: { type: ['object', 'string'] },
  raw: {},
  json: {},
  bytes: { type: ['string', 'number'] },
  bits: { type: ['string', 'number'] },
}

/** A JSON Schema (draft 2020-12) of a spec, for editors and ajv. With `templates`, any slot may hold a template instead. */
export function toJsonSchema(spec: ArgumentSpec, options: { readonly templates?: boolean } = {}): JsonObject {
  const entries = Object.entries(spec)
  const required = entries.filter(([, argument]) => argument.required && argument.aliases === undefined).map(([name]) => name)
  const needed = entries.filter(([, argument]) => argument.required && argument.aliases !== undefined)
    .map(([name, { aliases = [] }]): Json => ({ anyOf: [name, ...aliases].map((option) => ({ required: [option] })) }))
  return {
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(entries.flatMap(([name, argument]) => [name, ...(argument.aliases ?? [])].map((own) => [own, schemaOf(argument, options)]))),
    ...(required.length > 0 && { required }),
    ...(needed.length > 0 && { allOf: needed }),
  }
}

/** Of any value of a type. */
export function typeSchema(type: ArgumentType): JsonObject {
  return TYPES[type]
}

function schemaOf(argument: Argument, options: { readonly templates?: boolean }): JsonObject {
  const described = { description: argument.description, ...(argument.default !== undefined && { default: argument.default }) }
  const schema = argument.type === 'list' ? listSchema(argument, options) : valueSchema(argument, options)
  return options.templates ? { ...described, anyOf: [{ type: 'string', pattern: '\\{[{%#]' }, schema] } : { ...described, ...schema }
}

function listSchema(argument: Argument, options: { readonly templates?: boolean }): JsonObject {
  if (argument.elements === undefined) return TYPES.list
  return { ...TYPES.list, items: valueSchema({ ...argument, type: argument.elements }, options) }
}

function valueSchema(argument: Argument, options: { readonly templates?: boolean }): JsonObject {
  if (argument.choices !== undefined) return { enum: [...argument.choices] }
  if (argument.type === 'dict' && argument.options !== undefined) return { anyOf: [toJsonSchema(argument.options, options), { type: 'string' }] }
  return TYPES[argument.type]
}
