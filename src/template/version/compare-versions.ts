import { EvaluationError } from '../evaluation-error.ts'
import { compareLoose, compareStrict } from './distutils-versions.ts'
import { comparePep440 } from './pep440-version.ts'
import { compareSemantic } from './semantic-version.ts'

const SCHEMES: Readonly<Record<string, (left: string, right: string) => number>> = {
  loose: compareLoose,
  strict: compareStrict,
  semver: compareSemantic,
  semantic: compareSemantic,
  pep440: comparePep440,
}

const OPERATORS: Readonly<Record<string, (order: number) => boolean>> = {
  '==': (order) => order === 0, '=': (order) => order === 0, eq: (order) => order === 0,
  '!=': (order) => order !== 0, '<>': (order) => order !== 0, ne: (order) => order !== 0,
  '<': (order) => order < 0, lt: (order) => order < 0,
  '<=': (order) => order <= 0, le: (order) => order <= 0,
  '>': (order) => order > 0, gt: (order) => order > 0,
  '>=': (order) => order >= 0, ge: (order) => order >= 0,
}

/** Compares two versions by a scheme and an operator: the `version` test. */
export function compareVersions(left: string, right: string, { operator, type }: { readonly operator: string, readonly type: string }): boolean {
  if (left === '') throw new EvaluationError('filter-argument', 'Input version value cannot be empty')
  if (right === '') throw new EvaluationError('filter-argument', 'Version parameter to compare against cannot be empty')
  const compare = Object.hasOwn(SCHEMES, type) ? SCHEMES[type] : undefined
  if (compare === undefined) throw new EvaluationError('filter-argument', `Cannot compare versions of type '${type}'`, `Known are: ${Object.keys(SCHEMES).join(', ')}`)
  const holds = Object.hasOwn(OPERATORS, operator) ? OPERATORS[operator] : undefined
  if (holds === undefined) throw new EvaluationError('filter-argument', `Cannot compare versions by '${operator}'`, `Known are: ${Object.keys(OPERATORS).join(' ')}`)
  return holds(compare(left, right))
}

