import type { Diagnostic, SourceRange } from '../diagnostics/types.ts'
import type { TaskArguments } from '../playbook/ast.ts'
import { TemplateString } from '../value/template-string.ts'
import { Tuple } from '../value/tuple.ts'
import type { Value } from '../value/value.ts'
import { VaultString } from '../value/vault-string.ts'
import type { ArgumentProblem } from './argument-problem.ts'
import { takeArguments } from './intake.ts'
import type { Module } from './module.ts'

/** Everything that is wrong with a task's arguments whatever its templates turn out to be. `range` is the module's name in the task. */
export function checkArguments(module: Module, { named, free, dynamic }: TaskArguments, range: SourceRange): readonly Diagnostic[] {
  if (free !== undefined && module.freeForm === undefined) return [freeText(module, free.range)]
  const given = new Map([...named].map(([name, { value }]) => [name, value]))
  if (free !== undefined && module.freeForm !== undefined) given.set(module.freeForm, free.value)
  const problems: ArgumentProblem[] = []
  const { args: spec, constraints, acceptsAnyArgument } = module
  takeArguments(given, { spec, constraints, acceptsAnyArgument, isOpen: holdsTemplate, prefix: '', problems })
  // What seems to be missing may be there, under the mistyped name or among arguments that only the run knows.
  const mayBeThere = dynamic !== undefined || problems.some(({ code }) => code === 'unknown-argument')
  return problems
    .filter(({ code, isIncomplete }) => !mayBeThere || (code !== 'missing-argument' && isIncomplete !== true))
    .map((problem) => toDiagnostic(problem, module, rangeOf(problem, named) ?? range))
}

function freeText(module: Module, range: SourceRange): Diagnostic {
  return {
    code: 'unexpected-free-text', severity: 'error', range,
    summary: `Cannot give free text to module ${module.name}: it takes named arguments only`,
    hint: module.acceptsAnyArgument ? 'Write them as name=value, or as a mapping' : `It takes ${Object.keys(module.args).sort().join(', ')}`,
  }
}

function holdsTemplate(value: Value): boolean {
  if (value instanceof TemplateString || value instanceof VaultString) return true
  if (Array.isArray(value)) return value.some(holdsTemplate)
  if (value instanceof Tuple) return value.items.some(holdsTemplate)
  return value instanceof Map && [...value].some(([key, item]) => holdsTemplate(key) || holdsTemplate(item))
}

function toDiagnostic({ code, message, hint }: ArgumentProblem, module: Module, range: SourceRange): Diagnostic {
  return { code, severity: 'error', range, summary: `Cannot use module ${module.name}: ${message}`, ...(hint !== undefined && { hint }) }
}

function rangeOf({ argument }: ArgumentProblem, named: TaskArguments['named']): SourceRange | undefined {
  return named.get(argument.split(/[.[]/)[0] ?? '')?.range
}
