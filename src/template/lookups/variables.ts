import { OMIT } from '../../value/omit.ts'
import { textOf } from '../../value/text.ts'
import { typeName } from '../../value/type-name.ts'
import { Undefined } from '../../value/undefined.ts'
import { UndefinedUseError } from '../../value/use-error.ts'
import type { Value } from '../../value/value.ts'
import { EvaluationError } from '../evaluation-error.ts'
import { pythonRegex } from '../regex/python-regex.ts'
import { Missing } from '../runtime/missing.ts'
import type { CallContext, Lookup } from '../types.ts'

/** Lookups of variables and of the environment of the control host. */
export const VARIABLE_LOOKUPS: readonly (readonly [string, Lookup])[] = [
  ['env', (terms, named) => terms.map((term) => environment(textOf(term), named.get('default')))],
  ['vars', (terms, named, context) => terms.map((term) => variable(identifier(term), named.get('default'), context))],
  ['varnames', (terms, _named, { scope }) => terms.flatMap((term) => namesLike(identifier(term), [...scope.names()]))],
  ['inventory_hostnames', (terms, _named, context) => hostNames(terms.map(textOf), context)],
]

function environment(term: string, fallback: Value | undefined): Value {
  const [name = ''] = term.trim().split(/\s+/)
  const value = process.env[name] ?? fallback ?? ''
  if (value instanceof Undefined) throw new UndefinedUseError(value)
  return value
}

function variable(name: string, fallback: Value | undefined, context: CallContext): Value {
  const raw = context.scope.get(name)
  const value = raw === undefined ? undefined : context.evaluate(raw)
  if (value !== undefined && !(value instanceof Undefined)) return value
  if (fallback !== undefined && fallback !== OMIT) return fallback
  if (value instanceof Undefined) throw new UndefinedUseError(value)
  throw new UndefinedUseError(new Missing(name, `No variable found with this name: ${name}`))
}

function identifier(term: Value): string {
  if (typeof term === 'string') return term
  throw new EvaluationError('lookup-failed', `Invalid setting identifier, "${textOf(term)}" is not a string, its a ${typeName(term)}`)
}

function namesLike(pattern: string, names: readonly string[]): string[] {
  try {
    const regex = pythonRegex(pattern)
    return names.filter((name) => name.search(regex) >= 0)
  } catch (error) {
    throw new EvaluationError('lookup-failed', `Unable to use "${pattern}" as a search parameter: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** Host patterns are the inventory's business; it hands over a function of this name. */
function hostNames(patterns: readonly string[], context: CallContext): Value[] {
  const groups = context.evaluate(context.scope.get('groups') ?? null)
  let names = new Set<Value>()
  for (const pattern of patterns.flatMap((each) => each.split(/[,:]/)).map((each) => each.trim())) {
    const matched = matchGroup(pattern.replace(/^[!&]/, ''), groups)
    names = new Set(combined(pattern.charAt(0), [...names], matched))
  }
  return [...names]
}

function combined(mark: string, names: readonly Value[], matched: ReadonlySet<Value>): readonly Value[] {
  if (mark === '&') return names.filter((name) => matched.has(name))
  return mark === '!' ? names.filter((name) => !matched.has(name)) : [...names, ...matched]
}

/** A group, a host, or a shell pattern of either. */
function matchGroup(pattern: string, groups: Value): Set<Value> {
  if (!(groups instanceof Map)) return new Set()
  const shell = new RegExp(`^${pattern.replace(/[\\^$.+(){}|]/g, '\\$&').replaceAll('*', '.*').replaceAll('?', '.')}$`)
  const matched = new Set<Value>()
  for (const [group, hosts] of groups) {
    const isWhole = shell.test(textOf(group))
    for (const host of Array.isArray(hosts) ? hosts : []) if (isWhole || shell.test(textOf(host))) matched.add(host)
  }
  return matched
}
