import type { Value } from '../value/value.ts'
import type { ArgumentProblem } from './argument-problem.ts'
import { takeArguments } from './intake.ts'
import type { Module } from './module.ts'

/** Arguments as a module gets them (plain data, defaults filled in), or everything wrong with them. */
export type CoercedArguments =
  | { readonly kind: 'valid', readonly args: unknown }
  | { readonly kind: 'invalid', readonly problems: readonly ArgumentProblem[] }

/**
 * Turns evaluated arguments into what the module takes, by Ansible's conversions. Free text is given under the name `module.freeForm`.
 * Throws `UnknownValueError` when a value is unknown in check mode.
 */
export function coerceArguments(module: Module, given: ReadonlyMap<string, Value>): CoercedArguments {
  const problems: ArgumentProblem[] = []
  const { args: spec, constraints, acceptsAnyArgument } = module
  const args = takeArguments(given, { spec, constraints, acceptsAnyArgument, isOpen: () => false, prefix: '', problems })
  return problems.length === 0 ? { kind: 'valid', args } : { kind: 'invalid', problems }
}
