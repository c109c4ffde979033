import { reprOf } from '../../value/text.ts'
import type { Dict, Value } from '../../value/value.ts'

/** One option of a role's argument spec, as its author wrote it: data, unlike the specs of modules. */
export interface Option {
  readonly type: string
  readonly elements: string | undefined
  readonly required: boolean
  readonly default: Value
  readonly choices: readonly Value[] | undefined
  readonly aliases: readonly string[]
  readonly options: Options | undefined
  readonly applyDefaults: boolean
  readonly secret: boolean
  readonly relations: Relations
}

export type Options = ReadonlyMap<string, Option>

/** Which options of a dict go together. */
export interface Relations {
  readonly exclusive: readonly (readonly string[])[]
  readonly together: readonly (readonly string[])[]
  readonly oneOf: readonly (readonly string[])[]
  readonly requiredIf: readonly RequiredIf[]
  readonly requiredBy: readonly (readonly [string, readonly string[]])[]
}

export interface RequiredIf {
  readonly name: string
  readonly value: Value
  readonly needed: readonly string[]
  /** One of them is enough. */
  readonly any: boolean
}

/** A spec that cannot be read as one. */
export class SpecError extends Error {
  readonly kind = 'spec'
}

/** The options of a spec by name. */
export function readOptions(spec: Value): Options {
  if (!(spec instanceof Map)) throw new SpecError(`the options of an argument spec must be a dict, got ${reprOf(spec)}`)
  return new Map([...spec].map(([name, option]) => [String(name), readOption(String(name), option)]))
}

function readOption(name: string, given: Value): Option {
  const option: Dict = given === null ? new Map() : asDict(name, given)
  const fallback = valueIn(option, 'default')
  const required = option.get('required') === true
  if (required && fallback !== null) throw new SpecError(`internal error: required and default are mutually exclusive for ${name}`)
  const options = valueIn(option, 'options')
  const choices = valueIn(option, 'choices')
  return {
    type: textIn(option, 'type') ?? 'str',
    elements: textIn(option, 'elements'),
    required,
    default: fallback,
    choices: choices === null ? undefined : listOf(choices),
    aliases: listOf(valueIn(option, 'aliases')).map(String),
    options: options === null ? undefined : readOptions(options),
    applyDefaults: option.get('apply_defaults') === true,
    secret: option.get('no_log') === true,
    relations: readRelations(option),
  }
}

function asDict(name: string, given: Value): Dict {
  if (given instanceof Map) return given
  throw new SpecError(`the spec of option '${name}' must be a dict, got ${reprOf(given)}`)
}

function readRelations(option: Dict): Relations {
  const lists = (key: string): string[][] => listOf(valueIn(option, key)).map((names) => listOf(names).map(String))
  const by = option.get('required_by')
  return {
    // One list of names stands for a list of one list.
    exclusive: nested(valueIn(option, 'mutually_exclusive')),
    together: lists('required_together'),
    oneOf: lists('required_one_of'),
    requiredIf: listOf(valueIn(option, 'required_if')).map(readRequiredIf),
    requiredBy: by instanceof Map ? [...by].map(([name, needed]) => [String(name), listOf(needed).map(String)]) : [],
  }
}

function nested(value: Value): string[][] {
  const items = listOf(value)
  return items.some((item) => Array.isArray(item)) ? items.map((names) => listOf(names).map(String)) : items.length > 0 ? [items.map(String)] : []
}

function readRequiredIf(given: Value): RequiredIf {
  const [name = null, value = null, needed = null, any = false] = listOf(given)
  return { name: String(name), value, needed: listOf(needed).map(String), any: any === true }
}

function listOf(value: Value): readonly Value[] {
  if (value === null) return []
  return Array.isArray(value) ? value : [value]
}

/** Null where nothing is given. */
function valueIn(option: Dict, key: string): Value {
  const value = option.get(key)
  return value === undefined ? null : value
}

function textIn(option: Dict, key: string): string | undefined {
  const value = option.get(key)
  return typeof value === 'string' ? value : undefined
}
