import { valuesEqual } from '../../value/equal.ts'
import { textOf } from '../../value/text.ts'
import type { Value } from '../../value/value.ts'
import type { Option, Options, Relations } from './option.ts'

type Given = ReadonlyMap<string, Value>

/** The message about options of which more than one is given. */
export function exclusiveProblem({ exclusive }: Relations, given: Given): string | undefined {
  const broken = exclusive.filter((names) => names.filter((name) => given.has(name)).length > 1)
  return broken.length === 0 ? undefined : `parameters are mutually exclusive: ${broken.map((names) => names.join('|')).join(', ')}`
}

/** The message about required options that are not given. */
export function missingProblem(options: Options, given: Given): string | undefined {
  const missing = [...options].filter(([name, option]: [string, Option]) => option.required && !given.has(name)).map(([name]) => name)
  return missing.length === 0 ? undefined : `missing required arguments: ${missing.sort().join(', ')}`
}

/** The messages about options that need others. */
export function relationProblems(relations: Relations, given: Given): string[] {
  const problems = [togetherProblem, oneOfProblem, requiredIfProblem, requiredByProblem].map((check) => check(relations, given))
  return problems.filter((problem) => problem !== undefined)
}

function togetherProblem({ together }: Relations, given: Given): string | undefined {
  const broken = together.find((names) => names.some((name) => given.has(name)) && !names.every((name) => given.has(name)))
  return broken && `parameters are required together: ${broken.join(', ')}`
}

function oneOfProblem({ oneOf }: Relations, given: Given): string | undefined {
  const broken = oneOf.find((names) => !names.some((name) => given.has(name)))
  return broken && `one of the following is required: ${broken.join(', ')}`
}

function requiredIfProblem({ requiredIf }: Relations, given: Given): string | undefined {
  for (const { name, value, needed, any } of requiredIf) {
    const own = given.get(name)
    if (own === undefined || !valuesEqual(own, value)) continue
    const missing = needed.filter((other) => !given.has(other))
    if (missing.length === 0 || (any && missing.length < needed.length)) continue
    return `${name} is ${textOf(value)} but ${any ? 'any' : 'all'} of the following are missing: ${missing.join(', ')}`
  }
  return undefined
}

function requiredByProblem({ requiredBy }: Relations, given: Given): string | undefined {
  const isGiven = (name: string): boolean => given.has(name) && given.get(name) !== null
  for (const [name, needed] of requiredBy) {
    const missing = isGiven(name) ? needed.filter((other) => !isGiven(other)) : []
    if (missing.length > 0) return `missing parameter(s) required by '${name}': ${missing.join(', ')}`
  }
  return undefined
}
