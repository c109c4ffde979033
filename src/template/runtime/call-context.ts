import { Undefined } from '../../value/undefined.ts'
import { Unknown, UnknownValueError } from '../../value/unknown.ts'
import type { Value } from '../../value/value.ts'
import { EvaluationError } from '../evaluation-error.ts'
import { findByName } from '../find-by-name.ts'
import type { CallContext, Scope, SourcedSetting, TemplateFile } from '../types.ts'
import type { Session } from './session.ts'
import { ACCEPTS_UNDEFINED_FILTERS, ACCEPTS_UNDEFINED_TESTS } from './special-names.ts'

/** What filters, tests and lookups may use of the evaluation they are part of. */
export function createCallContext(session: Session): CallContext {
  return new SessionContext(session)
}

class SessionContext implements CallContext {
  readonly #session: Session

  constructor(session: Session) {
    this.#session = session
  }

  get scope(): Scope {
    return this.#session.scope
  }

  get basePaths(): readonly string[] {
    return [...searchPath(this.scope), ...this.#session.engine.basePaths()]
  }

  get isNative(): boolean {
    return this.#session.engine.isNative
  }

  evaluate(value: Value): Value {
    return this.#session.evaluate(value)
  }

  filter(name: string, args: readonly Value[], named: ReadonlyMap<string, Value>): Value {
    const filter = findByName(this.#session.engine.registry.filters, name)
    if (filter === undefined) throw new EvaluationError('unknown-filter', `Cannot find a filter named '${name}'`)
    if (ACCEPTS_UNDEFINED_FILTERS.has(name)) return filter(args, named, this)
    const missing = refuse(args)
    return missing === undefined ? filter(args, named, this) : missing
  }

  test(name: string, args: readonly Value[], named: ReadonlyMap<string, Value>): boolean {
    const test = findByName(this.#session.engine.registry.tests, name)
    if (test === undefined) throw new EvaluationError('unknown-test', `Cannot find a test named '${name}'`)
    if (!ACCEPTS_UNDEFINED_TESTS.has(name)) requireAll(args)
    return test(args, named, this)
  }

  readText(path: string): string {
    return this.#session.engine.readText(path)
  }

  setting(name: string): SourcedSetting | undefined {
    return this.#session.engine.setting(name)
  }

  knows(kind: 'filters' | 'tests', name: string): boolean {
    return findByName<unknown>(this.#session.engine.registry[kind], name) !== undefined
  }

  renderFile(file: TemplateFile, scope: Scope): string {
    return this.#session.engine.renderFile(file, scope)
  }
}

/** The folders of the task that evaluates, as the engine tells them. */
function searchPath(scope: Scope): readonly string[] {
  const folders = scope.get('ansible_search_path')
  return Array.isArray(folders) ? folders.filter((folder) => typeof folder === 'string') : []
}

/** Something undefined makes the result undefined; something unknown cannot be used at all. */
function refuse(args: readonly Value[]): Value | undefined {
  for (const value of args) if (value instanceof Unknown) throw new UnknownValueError(value.cause)
  return args.find((value) => value instanceof Undefined)
}

function requireAll(args: readonly Value[]): void {
  const missing = refuse(args)
  if (missing instanceof Undefined) throw new EvaluationError('undefined-variable', `Cannot test '${missing.name}': it is undefined`)
}
