import { textOf as pythonText } from '../../value/text.ts'
import { Unknown } from '../../value/unknown.ts'
import type { Value } from '../../value/value.ts'
import type { Site } from './site.ts'

/** How an item is shown: `loop_control.label`, or the item itself. */
export function itemLabel(site: Site, item: Value): string {
  const { label } = site.step.task.loopControl
  return textOf(label === undefined ? item : evaluatedLabel(site, label))
}

function evaluatedLabel(site: Site, label: Value): Value {
  try {
    return site.play.run.request.templar.evaluate(label, site.scope)
  } catch (error) {
    return error instanceof Error ? `(${error.message})` : null
  }
}

function textOf(value: Value): string {
  if (value instanceof Unknown) return '(unknown)'
  return pythonText(value)
}
