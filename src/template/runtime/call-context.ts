import { Undefined } from '../../value/undefined.ts'
import { Unknown, UnknownValueError } from '../../value/unknown.ts'
import type { Value } from '../../value/value.ts'
import { EvaluationError } from '../evaluation-error.ts'
import { findByName } from '../find-by-name.ts'
import type { CallContext, Scope } from '../types.ts'
import type { Session } from './session.ts'
import { ACCEPTS_UNDEFINED_FILTERS, ACCEPTS_UNDEFINED_TESTS } from './special-names.ts'

/** What filters, tests and lookups may use of the evaluation they are part of. */
export function createCallContext(session: Session): CallContext {
  const { engine, scope } = session
  const context: CallContext = {
    scope,
    get basePaths() { return [...searchPath(scope), ...engine.basePaths()] },
    evaluate: (value) => session.evaluate(value),
    filter: (name, args, named) => {
      const filter = findByName(engine.registry.filters, name)
      if (filter === undefined) throw new EvaluationError('unknown-filter', `Cannot find a filter named '${name}'`)
      if (ACCEPTS_UNDEFINED_FILTERS.has(name)) return filter(args, named, context)
      return refuse(args) ?? filter(args, named, context)
    },
    test: (name, args, named) => {
      const test = findByName(engine.registry.tests, name)
      if (test === undefined) throw new EvaluationError('unknown-test', `Cannot find a test named '${name}'`)
      if (!ACCEPTS_UNDEFINED_TESTS.has(name)) requireAll(args)
      return test(args, named, context)
    },
    renderFile: (file, ownScope) => engine.renderFile(file, ownScope),
  }
  return context
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
