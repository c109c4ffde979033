import type { Callable } from '../../value/callable.ts'
import { Undefined } from '../../value/undefined.ts'
import { UndefinedUseError } from '../../value/use-error.ts'
import type { Value } from '../../value/value.ts'
import { finalize } from '../finalize.ts'
import { globalValue } from '../runtime/globals.ts'
import type { Session } from '../runtime/session.ts'
import { ACCEPTS_UNDEFINED_FILTERS, ACCEPTS_UNDEFINED_TESTS } from '../runtime/special-names.ts'
import type { PlainFunction } from './nunjucks-types.ts'
import { fromPlain, toPlain } from './plain-values.ts'

export interface PlainArguments {
  readonly positional: Value[]
  readonly named: ReadonlyMap<string, Value>
}

/** Between nunjucks' plain data and our values, for one rendering. */
export class Bridge {
  /** The first error thrown on our side: nunjucks keeps only its message. */
  failure: unknown
  readonly #session: Session
  readonly #callable = new WeakSet()
  readonly #variables = new Map<string, unknown>()

  constructor(session: Session) {
    this.#session = session
  }

  /** Lets templates call a function. All others are refused. */
  allow(call: PlainFunction): PlainFunction {
    const kept: PlainFunction = (...args) => this.#keeping(() => call(...args))
    this.#callable.add(kept)
    return kept
  }

  isCallable(target: unknown): target is PlainFunction {
    return typeof target === 'function' && this.#callable.has(target)
  }

  plain(value: Value): unknown {
    return toPlain(value, (callable) => this.#function(callable))
  }

  /** A variable of the scope, or a global. */
  variable(name: string): unknown {
    if (!this.#variables.has(name)) this.#variables.set(name, this.#keeping(() => this.#variable(name)))
    return this.#variables.get(name)
  }

  /** Our filters and tests in the form that nunjucks keeps its own in. */
  plugins(): { readonly filters: object, readonly tests: object } {
    const { filters, tests } = this.#session.engine.registry
    const { context } = this.#session
    return {
      filters: this.#table(filters, ACCEPTS_UNDEFINED_FILTERS, (filter, { positional, named }) => this.plain(finalize(filter(positional, named, context), this.#session))),
      tests: this.#table(tests, ACCEPTS_UNDEFINED_TESTS, (test, { positional, named }) => test(positional, named, context)),
    }
  }

  #table<Plugin>(plugins: ReadonlyMap<string, Plugin>, accepting: ReadonlySet<string>, run: (plugin: Plugin, args: PlainArguments) => unknown): object {
    const table = Object.create(null) as Record<string, PlainFunction>
    for (const [name, plugin] of plugins) {
      table[name] = (...given) => this.#keeping(() => {
        const args = splitArguments(given)
        if (!accepting.has(name)) requireDefined(args.positional)
        return run(plugin, args)
      })
    }
    return table
  }

  #function(callable: Callable): PlainFunction {
    return this.allow((...args) => {
      const { positional, named } = splitArguments(args)
      return this.plain(this.#session.settle(callable.call(positional, named)))
    })
  }

  #variable(name: string): unknown {
    const value = this.#session.variable(name)
    if (value instanceof Undefined) return undefined
    if (value !== undefined) return this.plain(finalize(this.#session.settle(value), this.#session))
    const global = name === 'vars' ? undefined : globalValue(this.#session, name)
    return global === undefined ? undefined : this.plain(global)
  }

  #keeping<Result>(run: () => Result): Result {
    try {
      return run()
    } catch (error) {
      this.failure ??= error
      throw error
    }
  }
}

/** nunjucks puts named arguments into a marked object at the end. */
export function splitArguments(args: readonly unknown[]): PlainArguments {
  const last = args.at(-1)
  const hasNamed = typeof last === 'object' && last !== null && Object.hasOwn(last, '__keywords')
  const named = hasNamed ? Object.entries(last).filter(([name]) => name !== '__keywords') : []
  return {
    positional: (hasNamed ? args.slice(0, -1) : args).map(fromPlain),
    named: new Map(named.map(([name, value]) => [name, fromPlain(value)])),
  }
}

function requireDefined(values: readonly Value[]): void {
  for (const value of values) if (value instanceof Undefined) throw new UndefinedUseError(value)
}
