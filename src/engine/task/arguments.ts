import { coerceArguments } from '../../module/arguments.ts'
import type { Module } from '../../module/module.ts'
import { secretsOf } from '../../module/secrets.ts'
import { Omit } from '../../value/omit.ts'
import { textOf } from '../../value/text.ts'
import { requireKnown } from '../../value/require-known.ts'
import { isEmbedded } from '../../template/whole-template.ts'
import { isTemplate, TemplateString } from '../../value/template-string.ts'
import type { Value } from '../../value/value.ts'
import { moduleDefaults } from './module-defaults.ts'
import { asText, KeywordError } from './keyword.ts'
import type { Site } from './site.ts'
import { isUndefinedVariable, UndefinedOptionError } from './undefined-variable.ts'

/** A task's arguments: evaluated, and as the module takes them. */
export interface EvaluatedArguments {
  readonly values: ReadonlyMap<string, Value>
  readonly args: unknown
  /** Texts of secret arguments. */
  readonly hidden: readonly string[]
  /** Plain texts of the task's own source, which alone may be evaluated as conditions. */
  readonly sourceTexts: ReadonlySet<string>
}

/** Arguments that a module cannot take. */
export class ArgumentError extends Error {
  readonly kind = 'arguments'
}

export function evaluateArguments(site: Site, module: Module): EvaluatedArguments {
  const raw = rawArguments(site, module)
  const sourceTexts = new Set<string>()
  const values = new Map<string, Value>()
  for (const [name, value] of raw) {
    collectTexts(value, sourceTexts)
    const evaluated = evaluateOption(site, holdsConditions(module, name) ? asExpressions(value) : value)
    if (!(evaluated instanceof Omit)) values.set(evaluatedName(site, name), evaluated)
  }
  const coerced = coerceArguments(module, values)
  if (coerced.kind === 'invalid') throw new ArgumentError([...new Set(coerced.problems.map(({ message }) => message))].join('; '))
  return { values, args: coerced.args, hidden: secretsOf(module, coerced.args), sourceTexts }
}

function evaluateOption(site: Site, value: Value): Value {
  try {
    return site.play.run.request.templar.evaluate(value, site.scope)
  } catch (error) {
    throw isUndefinedVariable(error) ? new UndefinedOptionError(error) : error
  }
}

function holdsConditions(module: Module, name: string): boolean {
  return module.name === 'assert' && name === 'that'
}

/** Conditions are evaluated by the module: templates in their midst are left to it. */
function asExpressions(value: Value): Value {
  if (Array.isArray(value)) return value.map(asExpressions)
  return value instanceof TemplateString && isEmbedded(value.source) ? value.source : value
}

/** `set_fact` may name its variables by templates. */
function evaluatedName(site: Site, name: string): string {
  return isTemplate(name) ? asText(site.play.run.request.templar.evaluate(new TemplateString(name), site.scope)) ?? name : name
}

/** Arguments before they are evaluated. Weakest first: module_defaults, arguments given as one dict, those written out. */
export function rawArguments(site: Site, module: Module): Map<string, Value> {
  const { named, free, dynamic } = site.step.task.args
  const raw = new Map<string, Value>([...moduleDefaults(site, module), ...dynamicArguments(site, module, dynamic)])
  for (const [name, { value }] of named) raw.set(name, value)
  if (free && module.acceptsAnyArgument) for (const [name, value] of dynamicArguments(site, module, free.value)) raw.set(name, value)
  else if (free) raw.set(freeForm(site, module, free.value), free.value)
  return raw
}

/** Free text of a module that takes none comes this far only when a template hid it. */
function freeForm(site: Site, module: Module, text: Value): string {
  if (module.freeForm !== undefined) return module.freeForm
  throw new ArgumentError(`Cannot use these arguments of ${module.name}: invalid or malformed argument: '${textOf(requireKnown(evaluateOption(site, text)))}'`)
}

function dynamicArguments(site: Site, module: Module, dynamic: Value | undefined): [string, Value][] {
  if (dynamic === undefined) return []
  const value = requireKnown(site.play.run.request.templar.evaluate(dynamic, site.scope))
  if (value instanceof Omit || value === null) return []
  if (value instanceof Map) return [...value].map(([name, item]) => [String(name), item])
  if (typeof value === 'string' && module.freeForm !== undefined) return [[module.freeForm, value]]
  throw new KeywordError(`Cannot use these arguments: a dict of names and values is needed`)
}

/** All texts in a value of the source, templates as they are written. */
export function collectTexts(value: Value, texts: Set<string>): void {
  if (typeof value === 'string') texts.add(value)
  else if (value instanceof TemplateString) texts.add(value.source)
  else if (Array.isArray(value)) for (const item of value) collectTexts(item, texts)
}
