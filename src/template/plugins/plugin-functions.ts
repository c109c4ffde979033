import { isTrue } from '../../value/truth.ts'
import type { Value } from '../../value/value.ts'
import { EvaluationError } from '../evaluation-error.ts'
import { fromPlain, toPlain } from '../nunjucks/plain-values.ts'
import type { Filter, Lookup, Test } from '../types.ts'

/** What a file of plugins exports: plain data in and out; arguments given by name come last, as one object. */
export type PluginFunction = (...args: unknown[]) => unknown

export function asFilter(name: string, run: PluginFunction): Filter {
  return (args, named) => call(name, run, [...args.map(plain), ...options(named)])
}

export function asTest(name: string, run: PluginFunction): Test {
  return (args, named) => isTrue(call(name, run, [...args.map(plain), ...options(named)]))
}

/** Called with the list of terms and an object of options; what is no list is the one result. */
export function asLookup(name: string, run: PluginFunction): Lookup {
  return (terms, named) => {
    const result = call(name, run, [terms.map(plain), options(named)[0] ?? {}])
    return Array.isArray(result) ? result : [result]
  }
}

function call(name: string, run: PluginFunction, args: readonly unknown[]): Value {
  const result = attempt(name, () => run(...args))
  if (result instanceof Promise) throw new EvaluationError('filter-argument', `Cannot use '${name}': it returns a promise, but templates are evaluated at once`)
  return result === undefined ? null : fromPlain(result)
}

function attempt(name: string, run: () => unknown): unknown {
  try {
    return run()
  } catch (error) {
    throw new EvaluationError('filter-argument', `Cannot use '${name}': ${error instanceof Error ? error.message : String(error)}`)
  }
}

function plain(value: Value): unknown {
  return toPlain(value, (callable) => (...args: unknown[]) => plain(callable.call(args.map(fromPlain), new Map())))
}

function options(named: ReadonlyMap<string, Value>): Readonly<Record<string, unknown>>[] {
  return named.size === 0 ? [] : [Object.fromEntries([...named].map(([name, value]) => [name, plain(value)]))]
}
