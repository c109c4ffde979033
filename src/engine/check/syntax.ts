import type { Diagnostic } from '../../diagnostics/types.ts'
import type { Task } from '../../playbook/ast.ts'
import type { TemplateString } from '../../value/template-string.ts'
import type { PlannedTask } from './every-task.ts'
import type { StillPlay } from './still-plays.ts'
import { argumentTemplates, expressionsOf, keywordTemplates, templatesIn } from './templates-in.ts'

/** Templates and conditions that cannot be parsed. What is wrong on purpose, where a failure is caught, is left alone. */
export function checkSyntax({ context }: StillPlay, tasks: readonly PlannedTask[]): readonly Diagnostic[] {
  const { play } = context
  const roles = play.roles.flatMap(({ role, parameters }) => [role.defaults, role.vars, parameters])
  const serious = tasks.filter(({ certainty }) => certainty !== 'expected').map(({ step }) => step.task)
  const templates = [...keywordTemplates(play.shared), ...roles.flatMap(templatesIn), ...serious.flatMap(templatesOf)]
  const { templar } = context.run.request
  const problems = [
    ...templates.flatMap((template) => templar.check(template)),
    ...serious.flatMap(expressionsOf).flatMap((expression) => templar.check(expression, 'expression')),
  ]
  return problems.map(({ message, range }) => ({ code: 'template-syntax', severity: 'error', summary: message, ...(range && { range }) }))
}

function templatesOf(task: Task): readonly TemplateString[] {
  return [
    ...argumentTemplates(task),
    ...keywordTemplates(task.keywords),
    ...templatesIn(task.loop?.value),
    ...task.notify.flatMap(templatesIn),
  ]
}
