import { UndefinedUseError } from '../value/use-error.ts'
import { Omit } from '../value/omit.ts'
import { textOf } from '../value/text.ts'
import type { Value } from '../value/value.ts'
import type { Argument, ArgumentSpec, ArgumentType } from './argument-spec.ts'
import { CoercionError, type ArgumentProblem } from './argument-problem.ts'
import { toBits, toBoolean, toBytes, toFloat, toInteger, toText } from './coerce-scalar.ts'
import { toDict, toList, toPlain } from './coerce-structure.ts'
import { checkConstraints } from './constraints.ts'
import type { Constraints } from './module.ts'
import { nearestNames } from '../diagnostics/nearest.ts'

/** How a set of arguments is taken in, at the top or inside a dict. */
export interface Intake {
  readonly spec: ArgumentSpec
  readonly constraints?: Constraints | undefined
  readonly acceptsAnyArgument?: boolean | undefined
  /** True for what is not evaluated yet: it counts as given, its value is not looked at. */
  readonly isOpen: (value: Value) => boolean
  /** `rules[2].`, or nothing at the top. */
  readonly prefix: string
  /** Filled with everything wrong. */
  readonly problems: ArgumentProblem[]
}

/** Names, types, choices, defaults and constraints of one set of arguments; open values are left out of the outcome. */
export function takeArguments(given: ReadonlyMap<string, Value>, intake: Intake): Record<string, unknown> {
  const named = byOwnName(given, intake)
  const isLeftOut = ([name, value]: [string, Value]): boolean => intake.isOpen(value) || refusesStructure({ name, value, argument: intake.spec[name] }, intake)
  const open = new Set([...named].filter(isLeftOut).map(([name]) => name))
  const taken: Record<string, unknown> = {}
  for (const [name, value] of named) {
    if (!open.has(name)) taken[name] = takeOne({ name, value, argument: intake.spec[name] }, intake)
  }
  fillIn(taken, open, intake)
  if (intake.constraints !== undefined) checkConstraints({ constraints: intake.constraints, given: new Set(named.keys()), open, taken }, intake)
  return taken
}

function byOwnName(given: ReadonlyMap<string, Value>, intake: Intake): Map<string, Value> {
  const aliases = new Map(Object.entries(intake.spec).flatMap(([name, { aliases = [] }]) => aliases.map((alias) => [alias, name])))
  const named = new Map<string, Value>()
  // Where an argument is given by its name and by an alias, the alias counts, as in Ansible.
  for (const [name, value] of [...given].sort(([a], [b]) => Number(aliases.has(a)) - Number(aliases.has(b)))) {
    const own = intake.spec[name] === undefined ? aliases.get(name) : name
    if (own !== undefined) {
      if (isGiven(value, intake.spec[own])) named.set(own, value)
    } else if (intake.acceptsAnyArgument) named.set(name, value)
    else intake.problems.push(unknownArgument(name, intake))
  }
  return named
}

/** Nothing (`null`, `omit`) means not given, save where an argument takes anything. */
function isGiven(value: Value, argument: Argument | undefined): boolean {
  if (value instanceof Omit) return false
  return value !== null || argument?.type === 'raw' || argument?.type === 'json'
}

function unknownArgument(name: string, intake: Intake): ArgumentProblem {
  const near = nearestNames(name, Object.entries(intake.spec).flatMap(([own, { aliases = [] }]) => [own, ...aliases]))
  const hint = near.length > 0 ? `Did you mean ${near.join(' or ')}?` : `It takes ${Object.keys(intake.spec).sort().join(', ')}`
  return { code: 'unknown-argument', argument: intake.prefix + name, message: `Unsupported parameters: ${intake.prefix}${name}`, hint }
}

interface One {
  readonly name: string
  readonly value: Value
  readonly argument: Argument | undefined
}

function refusesStructure({ name, value, argument }: One, intake: Intake): boolean {
  if (argument?.textOnly === undefined || !(Array.isArray(value) || value instanceof Map)) return false
  intake.problems.push({ code: 'invalid-argument', argument: intake.prefix + name, message: argument.textOnly })
  return true
}

function takeOne({ name, value, argument }: One, intake: Intake): unknown {
  const path = intake.prefix + name
  try {
    const coerced = argument === undefined ? toPlain(value) : coerce(value, argument, { ...intake, prefix: path })
    if (argument?.choices !== undefined) return chosen(coerced, argument.choices)
    return coerced
  } catch (error) {
    if (error instanceof CoercionError) intake.problems.push({ code: 'invalid-argument', argument: path, message: `${path} ${error.message}` })
    else if (error instanceof UndefinedUseError) intake.problems.push({ code: 'invalid-argument', argument: path, message: `${path}: ${error.message}` })
    else throw error
    return undefined
  }
}

function coerce(value: Value, argument: Argument, intake: Intake): unknown {
  if (argument.type === 'list') return toList(value).map((item, index) => listItem(item, argument, { ...intake, prefix: `${intake.prefix}[${index}]` }))
  if (argument.type === 'dict') return dictOf(value, argument, intake)
  return SCALARS[argument.type](value)
}

function listItem(item: Value, argument: Argument, intake: Intake): unknown {
  if (intake.isOpen(item)) return undefined
  if (argument.elements === undefined) return toPlain(item)
  return coerce(item, { ...argument, type: argument.elements }, intake)
}

function dictOf(value: Value, argument: Argument, intake: Intake): unknown {
  const dict = toDict(value)
  if (argument.options === undefined) return toPlain(dict)
  const given = new Map([...dict].map(([key, item]) => [textOf(key), item]))
  return takeArguments(given, { ...intake, spec: argument.options, constraints: undefined, acceptsAnyArgument: false, prefix: `${intake.prefix}.` })
}

const SCALARS: Readonly<Record<Exclude<ArgumentType, 'list' | 'dict'>, (value: Value) => unknown>> = {
  str: toText, path: toText, bool: toBoolean, int: toInteger, float: toFloat, raw: toPlain, json: toPlain, bytes: toBytes, bits: toBits,
}

function chosen(value: unknown, choices: readonly (string | number | boolean)[]): unknown {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value]
  const matched = values.map((item) => choices.find((choice) => choice === item) ?? choiceOfBoolean(item, choices))
  const wrong = matched.findIndex((match) => match === undefined)
  if (wrong >= 0) throw new CoercionError(`must be one of: ${choices.join(', ')}, got: ${String(values[wrong])}`)
  return Array.isArray(value) ? matched : matched[0]
}

/** YAML makes a boolean of the word `no`: where just one choice is such a word, that one was meant. */
function choiceOfBoolean(value: unknown, choices: readonly (string | number | boolean)[]): unknown {
  if (value !== 'True' && value !== 'False') return undefined
  const meant = choices.filter((choice) => typeof choice === 'string' && (value === 'True' ? /^(?:yes|on|true)$/i : /^(?:no|off|false)$/i).test(choice))
  return meant.length === 1 ? meant[0] : undefined
}

function fillIn(taken: Record<string, unknown>, open: ReadonlySet<string>, intake: Intake): void {
  const missing: string[] = []
  for (const [name, argument] of Object.entries(intake.spec)) {
    if (name in taken || open.has(name)) continue
    if (argument.default !== undefined) taken[name] = argument.default
    else if (argument.required) missing.push(intake.prefix + name)
  }
  for (const argument of missing) {
    intake.problems.push({ code: 'missing-argument', argument, message: `missing required arguments: ${argument}` })
  }
}
