import { compareText } from '../../value/order.ts'
import { EvaluationError } from '../evaluation-error.ts'

const PATTERN = /^v?(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?$/

/** By the rules of semver.org: a pre-release comes before its release, build metadata does not count. */
export function compareSemantic(left: string, right: string): number {
  const [leftVersion, rightVersion] = [parse(left), parse(right)]
  for (let index = 0; index < 3; index++) {
    const order = (leftVersion.core[index] ?? 0) - (rightVersion.core[index] ?? 0)
    if (order !== 0) return order
  }
  return comparePrerelease(leftVersion.prerelease, rightVersion.prerelease)
}

interface Semantic {
  readonly core: readonly number[]
  readonly prerelease: readonly string[]
}

function parse(version: string): Semantic {
  const match = PATTERN.exec(version)
  if (match === null) throw new EvaluationError('filter-argument', `Cannot read '${version}' as a semantic version: 1.2.3 was expected`)
  return { core: match.slice(1, 4).map(Number), prerelease: match[4]?.split('.') ?? [] }
}

function comparePrerelease(left: readonly string[], right: readonly string[]): number {
  if (left.length === 0 || right.length === 0) return right.length - left.length === 0 ? 0 : left.length === 0 ? 1 : -1
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const order = compareIdentifier(left[index] ?? '', right[index] ?? '')
    if (order !== 0) return order
  }
  return left.length - right.length
}

/** Numbers come before words. */
function compareIdentifier(left: string, right: string): number {
  const [leftNumber, rightNumber] = [/^\d+$/.test(left), /^\d+$/.test(right)]
  if (leftNumber && rightNumber) return Number(left) - Number(right)
  if (leftNumber !== rightNumber) return leftNumber ? -1 : 1
  return compareText(left, right)
}
