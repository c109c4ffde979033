import type { Keywords, Task } from '../../playbook/ast.ts'
import { TemplateString } from '../../value/template-string.ts'
import { Tuple } from '../../value/tuple.ts'
import type { Value } from '../../value/value.ts'

/** Every template in a value, at any depth. */
export function templatesIn(value: Value | undefined): readonly TemplateString[] {
  if (value instanceof TemplateString) return [value]
  if (Array.isArray(value)) return value.flatMap(templatesIn)
  if (value instanceof Tuple) return value.items.flatMap(templatesIn)
  if (value instanceof Map) return [...value].flatMap(([key, item]) => [...templatesIn(key), ...templatesIn(item)])
  return []
}

/** Values of a task that are bare expressions. */
export function expressionsOf({ keywords, until, changedWhen, failedWhen, loopControl }: Task): readonly TemplateString[] {
  const values = [...keywords.when, ...until, ...changedWhen ?? [], ...failedWhen ?? [], ...loopControl.breakWhen]
  return values.filter((value) => value instanceof TemplateString)
}

/** Templates of a task's arguments. */
export function argumentTemplates({ args }: Task): readonly TemplateString[] {
  const values = [...args.named.values(), ...args.free ? [args.free] : []].map(({ value }) => value)
  return [...values.flatMap(templatesIn), ...templatesIn(args.dynamic)]
}

/** Templates of keywords, conditions left out. */
export function keywordTemplates(keywords: Keywords): readonly TemplateString[] {
  return Object.entries(keywords).flatMap(([name, value]) => name === 'when' ? [] : templatesIn(value as Value | undefined))
}
