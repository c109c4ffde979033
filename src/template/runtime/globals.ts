import { didYouMean } from '../../diagnostics/nearest.ts'
import { Callable } from '../../value/callable.ts'
import { LazyDict } from '../../value/lazy-dict.ts'
import { OMIT } from '../../value/omit.ts'
import { textOf } from '../../value/text.ts'
import { Undefined } from '../../value/undefined.ts'
import { isTrue } from '../../value/truth.ts'
import type { Dict, Value } from '../../value/value.ts'
import { EvaluationError } from '../evaluation-error.ts'
import { findByName } from '../find-by-name.ts'
import type { Lookup } from '../types.ts'
import { Missing } from './missing.ts'
import type { Session } from './session.ts'

/** What every template can use that no source defines: functions, `omit`, `vars`. */
export function globalValue(session: Session, name: string): Value | undefined {
  return SESSION_GLOBALS.get(name)?.(session) ?? session.engine.registry.globals.get(name)
}

/** Names of the globals, for hints. */
export function globalNames(session: Session): string[] {
  return [...SESSION_GLOBALS.keys(), ...session.engine.registry.globals.keys()]
}

const SESSION_GLOBALS: ReadonlyMap<string, (session: Session) => Value> = new Map<string, (session: Session) => Value>([
  ['omit', () => OMIT],
  ['lookup', (session) => new LookupFunction('lookup', (args, named) => lookup(session, args, named))],
  ['query', (session) => new LookupFunction('query', (args, named) => lookup(session, args, withList(named)))],
  ['q', (session) => new LookupFunction('q', (args, named) => lookup(session, args, withList(named)))],
  ['undef', () => new Callable('undef', (args, named) => new Missing('undef()', textOf(args[0] ?? named.get('hint') ?? 'this variable must be overridden')))],
  ['vars', (session) => new LazyDict({
    keys: () => session.scope.names(),
    get(key) {
      const value = session.variable(textOf(key))
      return value === undefined ? undefined : session.settle(value)
    },
  })],
])

class LookupFunction extends Callable {}

function withList(named: ReadonlyMap<string, Value>): ReadonlyMap<string, Value> {
  return new Map<string, Value>([['wantlist', true], ...named])
}

function lookup(session: Session, args: readonly Value[], named: ReadonlyMap<string, Value>): Value {
  const [plugin, ...terms] = args
  const name = textOf(plugin ?? '')
  const run = findByName(session.engine.registry.lookups, name)
  if (run === undefined) throw unknownLookup(session, name)
  if (session.scope.ahead === true && !isReadOnly(name)) throw new EvaluationError('lookup-failed', `Cannot use lookup '${name}' ahead of the task's turn`)
  const options = new Map(named)
  const [wantList, errors] = [options.get('wantlist'), options.get('errors')]
  options.delete('wantlist')
  options.delete('errors')
  const results = withErrors(() => run(terms, options, session.context), errors)
  return wantList !== undefined && isTrue(wantList) ? listed(results) : together(results)
}

function isDict(results: ReturnType<Lookup>): results is Dict {
  return results instanceof Map
}

/** Lookups that only read what is at hand: these may be used ahead of a task's turn. */
const READ_ONLY: ReadonlySet<string> = new Set([
  'config', 'csvfile', 'dict', 'env', 'file', 'fileglob', 'first_found', 'flattened', 'indexed_items', 'ini', 'inventory_hostnames', 'items', 'list',
  'nested', 'sequence', 'subelements', 'template', 'together', 'unvault', 'varnames', 'vars',
])

function isReadOnly(name: string): boolean {
  return READ_ONLY.has(name.split('.').at(-1) ?? name)
}

/** `errors='ignore'` and `'warn'` turn a failure into nothing. */
function withErrors(run: () => ReturnType<Lookup>, errors: Value | undefined): ReturnType<Lookup> | undefined {
  if (errors !== 'warn' && errors !== 'ignore') return run()
  try {
    return run()
  } catch (error) {
    if (error instanceof EvaluationError) return undefined
    throw error
  }
}

/** With `wantlist`, and of `query()`: all results. */
function listed(results: ReturnType<Lookup> | undefined): Value {
  if (results === undefined) return []
  return isDict(results) ? results : [...results]
}

function together(results: ReturnType<Lookup> | undefined): Value {
  return results === undefined ? '' : joined(isDict(results) ? [...results.keys()] : results)
}

/** `lookup()` without `wantlist`: one result as it is, several texts with commas between them; nothing is an empty list. */
function joined(results: readonly Value[]): Value {
  const [first] = results
  if (results.length === 1 && first !== undefined) return first
  if (results.length > 0 && results.every((result) => typeof result === 'string')) return results.join(',')
  return results.some((result) => result instanceof Undefined) ? results.find((result) => result instanceof Undefined) ?? null : [...results]
}

function unknownLookup(session: Session, name: string): EvaluationError {
  return new EvaluationError('unknown-lookup', `Cannot find a lookup named '${name}'`, didYouMean(name, session.engine.registry.lookups.keys()))
}
