import type { Diagnostic } from '../diagnostics/types.ts'
import type { LintFile } from './lint-file.ts'
import { playsOf, tasksOf } from './lint-model.ts'
import type { Finding, Rule } from './rule.ts'

/** What rules find in a file, in the order of its lines. */
export function applyRules(file: LintFile, rules: readonly Rule[]): readonly Diagnostic[] {
  const tasks = tasksOf(file)
  const plays = playsOf(file)
  const found = rules.flatMap((rule) => [
    ...rule.source?.(file) ?? [],
    ...plays.flatMap((play) => rule.play?.(play) ?? []),
    ...tasks.flatMap((task) => rule.task?.(task) ?? []),
  ].map((finding) => asDiagnostic(rule, finding)))
  return found.sort((a, b) => (a.range?.start ?? 0) - (b.range?.start ?? 0))
}

function asDiagnostic({ id }: Rule, { message, range, hint }: Finding): Diagnostic {
  return { code: id, severity: 'error', summary: message, range, ...hint !== undefined && { hint } }
}
