import { TemplateString } from '../../value/template-string.ts'
import type { TaskStep } from '../plan/steps.ts'

/** The variables that a task's loop gives to each of its turns, and to what it includes. */
export function loopNames({ task: { loop, loopControl } }: TaskStep): readonly string[] {
  const names = [loopControl.loopVar, loopControl.indexVar].filter((name) => typeof name === 'string')
  return [...names, ...loop ? ['item'] : []]
}

/** Whether a template says what they are called. */
export function hasUnknownNames({ task: { loopControl } }: TaskStep): boolean {
  return loopControl.loopVar instanceof TemplateString || loopControl.indexVar instanceof TemplateString
}
