import { createTemplar } from '../../src/template/templar.ts'
import type { Scope, Templar } from '../../src/template/types.ts'
import { fromJson } from '../../src/value/json.ts'
import { TemplateString, isTemplate } from '../../src/value/template-string.ts'
import { Tuple } from '../../src/value/tuple.ts'
import type { Json, Value } from '../../src/value/value.ts'

/** A scope of plain data; strings that look like templates are templates, as in a file of variables. */
export function scopeOf(variables: Readonly<Record<string, Value>>): Scope {
  const values = new Map(Object.entries(variables))
  return { get: (name) => values.get(name), names: () => values.keys() }
}

/** Variables as a YAML loader gives them. */
export function variables(json: { readonly [name: string]: Json }): Record<string, Value> {
  return Object.fromEntries(Object.entries(json).map(([name, value]) => [name, withTemplates(fromJson(value))]))
}

export const templar: Templar = createTemplar()

export function evaluate(source: string, names: Readonly<Record<string, Value>> = {}): Value {
  return templar.evaluate(new TemplateString(source), scopeOf(names))
}

/** Renders the text of a template file. */
export function render(text: string, names: Readonly<Record<string, Value>> = {}, searchPath: readonly string[] = []): string {
  return templar.renderFile({ path: 'test.j2', text, searchPath }, scopeOf(names))
}

function withTemplates(value: Value): Value {
  if (typeof value === 'string') return isTemplate(value) ? new TemplateString(value) : value
  if (Array.isArray(value)) return value.map(withTemplates)
  if (value instanceof Tuple) return new Tuple(value.items.map(withTemplates))
  return value instanceof Map ? new Map([...value].map(([key, item]) => [key, withTemplates(item)])) : value
}
