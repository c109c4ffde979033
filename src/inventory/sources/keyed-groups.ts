import { reprOf, textOf } from '../../value/text.ts'
import { isTrue } from '../../value/truth.ts'
import type { Value } from '../../value/value.ts'
import type { YamlNode } from '../../yaml/node.ts'
import { valueOf } from '../../yaml/value-of.ts'
import type { SourceContext } from '../source-context.ts'

/** One entry of `keyed_groups`. */
export interface KeyedGroup {
  readonly key: YamlNode
  readonly parent: YamlNode | undefined
  readonly prefix: string
  readonly separator: string
  /** Whether a separator stays before an empty value. */
  readonly trailing: boolean
  /** Stands for empty values. */
  readonly otherwise: string | undefined
}

export function readKeyedGroup(node: YamlNode, fields: ReadonlyMap<string, YamlNode>, { problems }: SourceContext): KeyedGroup | undefined {
  const key = fields.get('key')
  if (key === undefined) {
    problems.error('bad-type', "Invalid keyed group entry, it must be a dictionary with a 'key'", { range: node.range })
    return undefined
  }
  if (isGiven(fields.get('default_value')) && isGiven(fields.get('trailing_separator'))) {
    problems.error('bad-option', 'parameters are mutually exclusive for keyed groups: default_value|trailing_separator', { range: fields.get('trailing_separator')?.range })
  }
  return {
    key,
    parent: fields.get('parent_group'),
    prefix: textAt(fields.get('prefix')) ?? '',
    separator: textAt(fields.get('separator')) ?? '_',
    trailing: !isFalse(fields.get('trailing_separator')),
    otherwise: textAt(fields.get('default_value')),
  }
}

export interface Naming {
  /** Whether a separator stands before the name although there is no prefix. */
  readonly leading: boolean
  readonly strict: boolean
  readonly host: string
}

/** The groups that a key's value names; a text that says why it names none. */
export function groupNames(key: Value, keyed: KeyedGroup, { leading, strict, host }: Naming): readonly string[] | string {
  if (!isTrue(key) && !(key === '' && keyed.otherwise !== undefined)) {
    const isEmptySet = Array.isArray(key) || key instanceof Map
    return strict && !isEmptySet ? `No key or key resulted empty in host ${host}, invalid entry` : []
  }
  const names = bareNames(key, keyed)
  const start = keyed.prefix === '' && !leading ? '' : keyed.prefix + keyed.separator
  return typeof names === 'string' ? names : names.map((name) => start + name)
}

function bareNames(key: Value, keyed: KeyedGroup): readonly string[] | string {
  if (typeof key === 'string') return [key === '' ? keyed.otherwise ?? '' : key]
  if (Array.isArray(key)) return key.map((name) => name === '' ? keyed.otherwise ?? '' : textOf(name))
  if (key instanceof Map) return [...key].map(([name, value]) => withValue(textOf(name), textOf(value), keyed))
  return `Invalid group name format, expected a string or a list of them or dictionary, got: ${reprOf(key)}`
}

function withValue(name: string, value: string, { separator, trailing, otherwise }: KeyedGroup): string {
  const shown = value === '' ? otherwise ?? '' : value
  return shown === '' && !trailing ? name : name + separator + shown
}

function isGiven(node: YamlNode | undefined): boolean {
  return node !== undefined && valueOf(node) !== null
}

function isFalse(node: YamlNode | undefined): boolean {
  return node !== undefined && valueOf(node) === false
}

function textAt(node: YamlNode | undefined): string | undefined {
  const value = node === undefined ? null : valueOf(node)
  return value === null ? undefined : textOf(value)
}
