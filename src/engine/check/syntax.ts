import type { Diagnostic } from '../../diagnostics/types.ts'
import type { Task } from '../../playbook/ast.ts'
import type { TemplateString } from '../../value/template-string.ts'
import type { PlannedTask, StillPlay } from './every-task.ts'
import { argumentTemplates, expressionsOf, keywordTemplates, templatesIn } from './templates-in.ts'

/** Templates and conditions that cannot be parsed. */
export function checkSyntax({ context }: StillPlay, tasks: readonly PlannedTask[]): readonly Diagnostic[] {
  const { play } = context
  const roles = play.roles.flatMap(({ role, parameters }) => [role.defaults, role.vars, parameters])
  const templates = [
    ...keywordTemplates(play.shared),
    ...roles.flatMap(templatesIn),
    ...tasks.flatMap(({ step }) => templatesOf(step.task)),
  ]
  const { templar } = context.run.request
  const problems = [
    ...templates.flatMap((template) => templar.check(template)),
    ...tasks.filter(isStrict).flatMap(({ step }) => expressionsOf(step.task)).flatMap((expression) => templar.check(expression, 'expression')),
  ]
  return problems.map(({ message, range }) => ({ code: 'template-syntax', severity: 'error', summary: message, ...(range && { range }) }))
}

/** A condition may be wrong on purpose where the failure is caught. */
function isStrict({ step, rescuable }: PlannedTask): boolean {
  return !rescuable && step.frame.keywords.ignoreErrors === undefined
}

function templatesOf(task: Task): readonly TemplateString[] {
  return [
    ...argumentTemplates(task),
    ...keywordTemplates(task.keywords),
    ...templatesIn(task.loop?.value),
    ...task.notify.flatMap(templatesIn),
  ]
}
