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
  warnOfTemplate(site, condition)
  return site.play.run.request.templar.condition(condition, site.scope, range)
}

/** Worth a word, though it works: what a template in a condition yields is data, and no part of the expression. */
function warnOfTemplate({ play: { run } }: Site, condition: Value): void {
  if (!(condition instanceof TemplateString) || !/^(?!\s*\{\{[^{}]*\}\}\s*$).*\{\{/s.test(condition.source) || run.warnedOf.has(condition)) return
  run.warnedOf.add(condition)
  const summary = `conditional statements should not include jinja2 templating delimiters such as {{ }} or {% %}. Found: ${condition.source.trim()}`
  run.events.emit({ kind: 'warned', diagnostic: { code: 'condition-delimiters', severity: 'warning', summary, ...condition.range && { range: condition.range } } })
}
