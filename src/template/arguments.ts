import { Undefined } from '../value/undefined.ts'
import { UndefinedUseError } from '../value/use-error.ts'
import { isTrue } from '../value/truth.ts'
import { numberOf } from '../value/equal.ts'
import { textOf } from '../value/text.ts'
import { typeName } from '../value/type-name.ts'
import type { Value } from '../value/value.ts'
import { EvaluationError } from './evaluation-error.ts'

type Bound<Names extends readonly string[]> = { readonly [Name in Names[number]]: Value | undefined }

/** Sorts positional and named arguments into parameters; too many or unknown ones are errors. */
export function bind<const Names extends readonly string[]>(names: Names, args: readonly Value[], named: ReadonlyMap<string, Value>): Bound<Names> {
  if (args.length > names.length) throw new EvaluationError('filter-argument', `Cannot take ${args.length} arguments: at most ${names.length} are known (${names.join(', ')})`)
  const bound: Record<string, Value | undefined> = {}
  for (let index = 0; index < names.length; index++) bound[names[index] ?? ''] = args[index]
  for (const [name, value] of named) {
    if (!names.includes(name)) throw new EvaluationError('filter-argument', `Cannot take an argument named '${name}'`, `Known are: ${names.join(', ')}`)
    if (bound[name] !== undefined) throw new EvaluationError('filter-argument', `Cannot take the argument '${name}' twice`)
    bound[name] = value
  }
  return bound as Bound<Names>
}

/** A required argument. */
export function required(value: Value | undefined, name: string): Value {
  if (value === undefined) throw new EvaluationError('filter-argument', `Cannot go without the argument '${name}'`)
  if (value instanceof Undefined) throw new UndefinedUseError(value)
  return value
}

/** An argument as text: whatever it is, it is printed. */
export function textArgument(value: Value | undefined, fallback: string): string {
  return value === undefined ? fallback : textOf(value)
}

/** An argument that must be text. */
export function strictText(value: Value | undefined, name: string): string {
  if (typeof value === 'string') return value
  throw new EvaluationError('filter-argument', `Cannot use a value of type '${typeName(required(value, name))}' as '${name}': text is needed`)
}

export function numberArgument(value: Value | undefined, fallback: number): number {
  if (value === undefined || value === null) return fallback
  const number = numberOf(value) ?? Number(typeof value === 'string' && value.trim() !== '' ? value : NaN)
  if (Number.isNaN(Number(number))) throw new EvaluationError('filter-argument', `Cannot use a value of type '${typeName(value)}' as a number`)
  return Number(number)
}

/** An option that may be text too, as those of lookups may: `'no'` is false. */
export function optionFlag(value: Value | undefined, fallback: boolean): boolean {
  return typeof value === 'string' ? /^(?:yes|on|1|true|t|y)$/i.test(value) : flagArgument(value, fallback)
}

export function flagArgument(value: Value | undefined, fallback: boolean): boolean {
  return value === undefined ? fallback : isTrue(value)
}
