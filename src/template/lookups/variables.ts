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
  ['config', (terms, named, context) => terms.map((term) => setting(textOf(term), named, context))],
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
    const kept = pattern.startsWith('&') ? [...names].filter((name) => matched.has(name)) : pattern.startsWith('!') ? [...names].filter((name) => !matched.has(name)) : [...names, ...matched]
    names = new Set(kept)
  }
  return [...names]
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

/** Settings that plays ask for: those that have a variable of their own, or a default here. */
const SETTINGS: Readonly<Record<string, { readonly variable?: string, readonly fallback: Value }>> = {
  DEFAULT_BECOME_USER: { variable: 'ansible_become_user', fallback: 'root' },
  DEFAULT_ROLES_PATH: { fallback: ['~/.ansible/roles', '/usr/share/ansible/roles', '/etc/ansible/roles'] },
  DEFAULT_REMOTE_USER: { variable: 'ansible_user', fallback: null },
  DEFAULT_MANAGED_STR: { variable: 'ansible_managed', fallback: 'Ansible managed' },
  DEFAULT_FORKS: { variable: 'ansible_forks', fallback: 5 },
  DEFAULT_HASH_BEHAVIOUR: { fallback: 'replace' },
  RETRY_FILES_ENABLED: { fallback: false },
  COLOR_OK: { fallback: 'green' }, COLOR_CHANGED: { fallback: 'yellow' }, COLOR_SKIP: { fallback: 'cyan' },
}

function setting(name: string, named: ReadonlyMap<string, Value>, context: CallContext): Value {
  const known = Object.hasOwn(SETTINGS, name) ? SETTINGS[name] : undefined
  if (known !== undefined) {
    const value = known.variable === undefined ? undefined : context.scope.get(known.variable)
    return value === undefined ? known.fallback : context.evaluate(value)
  }
  if (textOf(named.get('on_missing') ?? 'error') === 'skip') return null
  throw new EvaluationError('lookup-failed', `Cannot find a setting named '${name}'`)
}

