import { TemplateString } from '../../value/template-string.ts'
import type { Value } from '../../value/value.ts'
import type { Site } from './site.ts'

/** The first of some conditions that does not hold, or undefined when all hold. */
export function unmetCondition(site: Site, conditions: readonly Value[]): Value | undefined {
  return conditions.find((condition) => !holds(site, condition))
}

export function allHold(site: Site, conditions: readonly Value[]): boolean {
  return unmetCondition(site, conditions) === undefined
}

/** A condition as its author wrote it. */
export function conditionText(condition: Value): string {
  return condition instanceof TemplateString ? condition.source : String(condition)
}

function holds(site: Site, condition: Value): boolean {
  const range = condition instanceof TemplateString ? condition.range : undefined
  return site.play.run.request.templar.condition(condition, site.scope, range)
}
