import type { Diagnostic } from '../../diagnostics/types.ts'
import type { Templar } from '../../template/types.ts'
import type { TemplateString } from '../../value/template-string.ts'
import type { PlannedTask } from './every-task.ts'
import type { StillPlay } from './still-plays.ts'
import { argumentTemplates, expressionsOf, keywordTemplates, templatesIn } from './templates-in.ts'

/** Filters, tests and lookups of a task that are not there, and `with_NAME` without a lookup of that name. */
export function checkCalls({ context }: StillPlay, { step: { task }, certainty }: PlannedTask): readonly Diagnostic[] {
  if (certainty === 'expected') return []
  const { templar } = context.run.request
  const templates = [...argumentTemplates(task), ...keywordTemplates(task.keywords), ...templatesIn(task.loop?.value)]
  const problems = [
    ...templates.flatMap((template) => unknownCalls(templar, template, 'template')),
    ...expressionsOf(task).flatMap((expression) => unknownCalls(templar, expression, 'expression')),
    ...task.loop?.lookup === undefined ? [] : unknownLoop(templar, task.loop.lookup, task.loop.range),
  ]
  return certainty === 'certain' ? problems : problems.map((problem) => ({ ...problem, severity: 'warning' }))
}

/** What a template calls that is not there. */
export function unknownCalls(templar: Templar, template: TemplateString, as: 'template' | 'expression'): readonly Diagnostic[] {
  return templar.unknownCalls(template, as).map(({ kind, name, near, range }) => unknown(`Cannot find the ${kind} '${name}'`, { kind, near, range }))
}

function unknownLoop(templar: Templar, name: string, range: Diagnostic['range']): readonly Diagnostic[] {
  const near = templar.namesLike('lookup', name)
  return near === undefined ? [] : [unknown(`Cannot loop by 'with_${name}': there is no lookup '${name}'`, { kind: 'lookup', near: near.map((like) => `with_${like}`), range })]
}

const CODES = { filter: 'unknown-filter', test: 'unknown-test', lookup: 'unknown-lookup' } as const

function unknown(summary: string, { kind, near, range }: { readonly kind: keyof typeof CODES, readonly near: readonly string[], readonly range: Diagnostic['range'] }): Diagnostic {
  return {
    code: CODES[kind], severity: 'error', summary,
    ...(near.length > 0 && { hint: `Did you mean ${near.map((name) => `'${name}'`).join(' or ')}?` }),
    ...(range && { range }),
  }
}
