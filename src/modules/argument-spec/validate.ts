import { valuesEqual } from '../../value/equal.ts'
import { textOf } from '../../value/text.ts'
import type { Dict, Value } from '../../value/value.ts'
import { classText, ConversionError, convert } from './convert.ts'
import type { Option, Options, Relations } from './option.ts'
import { exclusiveProblem, missingProblem, relationProblems } from './relations.ts'

/** Everything wrong with the values given for a spec, in Ansible's words and order. */
export function validateArguments(options: Options, given: ReadonlyMap<string, Value>): readonly string[] {
  const state: State = { problems: [], unsupported: [] }
  validateLevel({ options, given: new Map(given), context: [], relations: NO_RELATIONS }, state)
  return [...state.problems, ...unsupportedProblem(state)]
}

interface State {
  readonly problems: string[]
  readonly unsupported: { readonly path: string, readonly supported: string }[]
}

/** The options of the role, or those inside one of its dicts. */
interface Level {
  readonly options: Options
  /** Filled up with defaults and converted values. */
  readonly given: Map<string, Value>
  /** Names of the options that this level is inside of. */
  readonly context: readonly string[]
  readonly relations: Relations
}

const NO_RELATIONS: Relations = { exclusive: [], together: [], oneOf: [], requiredIf: [], requiredBy: [] }

function validateLevel(level: Level, state: State): void {
  const { options, given, context, relations } = level
  takeAliases(options, given)
  findUnsupported(level, state)
  const complain = (problem: string | undefined): void => {
    if (problem !== undefined) state.problems.push(problem + foundIn(context))
  }
  complain(exclusiveProblem(relations, given))
  for (const [name, option] of options) if (!given.has(name) && option.default !== null) given.set(name, option.default)
  complain(missingProblem(options, given))
  for (const [name, option] of options) convertOne({ name, option }, level, state)
  for (const [name, option] of options) complain(choiceProblem(name, option, given))
  relationProblems(relations, given).forEach(complain)
  for (const [name, option] of options) validateInside({ name, option }, level, state)
}

function takeAliases(options: Options, given: Map<string, Value>): void {
  for (const [name, { aliases }] of options) {
    for (const alias of aliases) {
      const value = given.get(alias)
      if (value !== undefined) given.set(name, value)
    }
  }
}

function findUnsupported({ options, given, context }: Level, { unsupported }: State): void {
  const aliases = [...options.values()].flatMap((option) => option.aliases)
  const extra = aliases.length > 0 ? ` (${[...aliases].sort().join(', ')})` : ''
  for (const name of given.keys()) {
    if (options.has(name) || aliases.includes(name)) continue
    unsupported.push({ path: [...context, name].join('.'), supported: [...options.keys()].sort().join(', ') + extra })
  }
}

function unsupportedProblem({ unsupported }: State): string[] {
  const names = unsupported.map(({ path }) => path).sort()
  return names.length === 0 ? [] : [`${names.join(', ')}. Supported parameters include: ${unsupported.at(-1)?.supported ?? ''}.`]
}

interface Named {
  readonly name: string
  readonly option: Option
}

function convertOne({ name, option }: Named, { given, context }: Level, { problems }: State): void {
  const value = given.get(name)
  if (value === undefined || (value === null && !option.required && option.default === null)) return
  try {
    const converted = convert(value, option.type)
    given.set(name, converted)
    if (option.elements !== undefined) given.set(name, convertElements({ name, option }, converted, { context, problems }))
  } catch (error) {
    if (!(error instanceof ConversionError)) throw error
    const place = context.length > 0 ? ` found in '${context.join(' -> ')}'.` : ''
    problems.push(`argument '${name}' is of type ${classText(value)}${place} and we were unable to convert to ${option.type}: ${error.message}`)
  }
}

function convertElements({ name, option }: Named, value: Value, { context, problems }: { readonly context: readonly string[], readonly problems: string[] }): Value {
  const { elements = 'str' } = option
  const place = context.length > 0 ? ` found in '${context.join(' -> ')}'` : ''
  if (option.type !== 'list' || !Array.isArray(value)) {
    problems.push(`Invalid type ${option.type} for option '${textOf(value)}'${place === '' ? '' : `${place}.`}, elements value check is supported only with 'list' type`)
    return value
  }
  return value.flatMap((item): Value[] => {
    try {
      return [convert(item, elements)]
    } catch (error) {
      if (!(error instanceof ConversionError)) throw error
      problems.push(`Elements value for option '${name}'${place} is of type ${classText(item)} and we were unable to convert to ${elements}: ${error.message}`)
      return []
    }
  })
}

function choiceProblem(name: string, { choices, secret }: Option, given: ReadonlyMap<string, Value>): string | undefined {
  const value = given.get(name)
  if (choices === undefined || value === undefined) return undefined
  const among = (item: Value): boolean => choices.some((choice) => valuesEqual(choice, item)) || isMeantBoolean(item, choices)
  const told = (item: Value): string => secret ? 'VALUE_SPECIFIED_IN_NO_LOG_PARAMETER' : textOf(item)
  const all = choices.map(textOf).join(', ')
  if (!Array.isArray(value)) return among(value) ? undefined : `value of ${name} must be one of: ${all}, got: ${told(value)}`
  const wrong = value.filter((item) => !among(item))
  return wrong.length === 0 ? undefined : `value of ${name} must be one or more of: ${all}. Got no match for: ${wrong.map(told).join(', ')}`
}

/** YAML makes a boolean of the word `no`: where just one choice is such a word, that one was meant. */
function isMeantBoolean(value: Value, choices: readonly Value[]): boolean {
  if (value !== 'True' && value !== 'False') return false
  const words = value === 'True' ? /^(?:y|yes|on|t|true|1)$/i : /^(?:n|no|off|f|false|0)$/i
  return choices.filter((choice) => words.test(textOf(choice))).length === 1
}

function validateInside({ name, option }: Named, { given, context }: Level, state: State): void {
  const { options, relations } = option
  const value = given.get(name) ?? (option.applyDefaults ? new Map<Value, Value>() : null)
  if (options === undefined || value === null || !holdsDicts(option)) return
  for (const item of Array.isArray(value) ? value : [value]) {
    if (item instanceof Map) validateLevel({ options, given: byText(item), context: [...context, name], relations }, state)
    else state.problems.push(`value of '${name}' must be of type dict or list of dicts`)
  }
}

function holdsDicts({ type, elements }: Option): boolean {
  return type === 'dict' || (type === 'list' && elements === 'dict')
}

function byText(dict: Dict): Map<string, Value> {
  return new Map([...dict].map(([key, value]) => [textOf(key), value]))
}

function foundIn(context: readonly string[]): string {
  return context.length > 0 ? ` found in ${context.join(' -> ')}` : ''
}
