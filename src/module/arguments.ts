import type { Value } from '../value/value.ts'
import type { ArgumentSpec } from './argument-spec.ts'
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
  return problems.length === 0 ? { kind: 'valid', args } : { kind: 'invalid', problems: inAnsiblesWords(module, problems.map((problem) => inOwnWords(module, problem))) }
}

function supported(spec: ArgumentSpec): string {
  return Object.entries(spec).map(([name, { aliases = [] }]) => aliases.length === 0 ? name : `${name} (${aliases.join(', ')})`).sort().join(', ')
}

function inOwnWords({ missing, refusals }: Module, problem: ArgumentProblem): ArgumentProblem {
  const isMissing = problem.code === 'missing-argument' || problem.argument === ''
  const words = isMissing ? missing : problem.code === 'conflicting-arguments' ? undefined : refusals
  return { ...problem, message: words?.[problem.argument] ?? problem.message }
}

/** Names that the module does not know come first, in the words that playbooks may look for. */
function inAnsiblesWords({ name, args, refusals, namesSupported, where }: Module & { readonly where?: string }, problems: readonly ArgumentProblem[]): readonly ArgumentProblem[] {
  const isUnknown = ({ code, argument }: ArgumentProblem): boolean => code === 'unknown-argument' && !/[.[]/.test(argument)
  const unknown = problems.filter(isUnknown)
  const [first] = unknown
  if (first === undefined) return problems
  const names = unknown.map(({ argument }) => argument).sort().join(', ')
  const message = where === 'controller' && namesSupported !== true ? `Invalid options for ${name}: ${names}` : `Unsupported parameters for (${name}) module: ${names}. Supported parameters include: ${supported(args)}.`
  return [{ ...first, message: refusals?.[first.argument] ?? message }, ...problems.filter((problem) => !isUnknown(problem))]
}
