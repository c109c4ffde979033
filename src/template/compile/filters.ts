import { didYouMean } from '../../diagnostics/nearest.ts'
import { Unknown, UnknownValueError } from '../../value/unknown.ts'
import type { Value } from '../../value/value.ts'
import { EvaluationError } from '../evaluation-error.ts'
import { findByName } from '../find-by-name.ts'
import type { Evaluate } from '../runtime/compiled-template.ts'
import { ACCEPTS_UNDEFINED_FILTERS, ACCEPTS_UNDEFINED_TESTS, LAZY_FILTERS, LAZY_TESTS, STRUCTURAL_FILTERS } from '../runtime/special-names.ts'
import type { Arguments } from './call-arguments.ts'
import type { ExpressionOf, FilterNode } from '../syntax/ast.ts'
import { compileArguments } from './call-arguments.ts'
import { undefinedAmong } from './calls.ts'
import type { Compiler } from './compiler.ts'

/** `target | name(arguments)` */
export function compileFilter(node: FilterNode, compiler: Compiler): Evaluate {
  if (node.target === undefined) throw new TypeError('A filter without a target belongs to a block')
  return compileFilterOf(compiler.expression(node.target), node, compiler)
}

/** Filters what an evaluator yields: the target of a filter, or the text of a block. */
export function compileFilterOf(target: Evaluate, node: FilterNode, compiler: Compiler): Evaluate {
  const { at, name } = node
  const filter = findByName(compiler.registry.filters, name)
  if (filter === undefined) return failing(at, () => unknown('filter', name, compiler.registry.filters.keys()))
  const lazy = LAZY_FILTERS.has(name)
  const args = compileArguments(node.arguments, compiler, lazy)
  const accepts = ACCEPTS_UNDEFINED_FILTERS.has(name)
  const structural = STRUCTURAL_FILTERS.has(name)
  return (frame) => {
    const { session } = frame
    const given = target(frame)
    const value = lazy ? given : structural ? session.shallow(given) : session.settle(given)
    const values = args(frame, value)
    session.at = at
    if (!accepts) {
      const missing = unusable(values)
      if (missing !== undefined) return missing
    }
    const result = filter(values.positional, values.named, session.context)
    return structural ? session.derived(value, result) : result
  }
}

/** The first argument that is undefined: the result is then undefined too. Unknown ones cannot be used at all. */
function unusable({ positional, named }: Arguments): Value | undefined {
  for (const value of positional) if (value instanceof Unknown) throw new UnknownValueError(value.cause)
  return undefinedAmong(positional, named)
}

/** `target is name(arguments)` */
export function compileTest({ target, name, at, arguments: given }: ExpressionOf<'test'>, compiler: Compiler): Evaluate {
  const test = findByName(compiler.registry.tests, name)
  const value = compiler.expression(target)
  if (test === undefined) return failing(at, () => unknown('test', name, compiler.registry.tests.keys()))
  const accepts = ACCEPTS_UNDEFINED_TESTS.has(name)
  const lazy = LAZY_TESTS.has(name)
  const args = compileArguments(given, compiler)
  return (frame) => {
    const subject = lazy ? value(frame) : frame.session.settle(value(frame))
    const { positional, named } = args(frame, subject)
    frame.session.at = at
    if (!accepts) {
      const missing = unusable({ positional, named })
      if (missing !== undefined) return missing
    }
    return test(positional, named, frame.session.context)
  }
}

/** Unknown names are an error only where they are reached: a role may test for them first. */
function failing(at: number, error: () => Error): Evaluate {
  return (frame) => {
    frame.session.at = at
    throw error()
  }
}

function unknown(kind: 'filter' | 'test', name: string, known: Iterable<string>): EvaluationError {
  return new EvaluationError(kind === 'filter' ? 'unknown-filter' : 'unknown-test', `Cannot find a ${kind} named '${name}'`, didYouMean(name, known))
}

