import { compareText } from '../../value/order.ts'
import { EvaluationError } from '../evaluation-error.ts'

/** Numbers and letters as they come: Python's LooseVersion. A number and a word in the same place cannot be compared. */
export function compareLoose(left: string, right: string): number {
  const [leftParts, rightParts] = [looseParts(left), looseParts(right)]
  for (let index = 0; index < Math.min(leftParts.length, rightParts.length); index++) {
    const order = comparePart(leftParts[index] ?? 0, rightParts[index] ?? 0, `'${left}' and '${right}'`)
    if (order !== 0) return order
  }
  return leftParts.length - rightParts.length
}

/** Two or three numbers with an optional `a1` or `b2`: Python's StrictVersion. */
export function compareStrict(left: string, right: string): number {
  const [leftParts, rightParts] = [strictParts(left), strictParts(right)]
  for (let index = 0; index < leftParts.length; index++) {
    const order = (leftParts[index] ?? 0) - (rightParts[index] ?? 0)
    if (order !== 0) return order
  }
  return 0
}

function looseParts(version: string): (number | string)[] {
  return version.split(/(\d+|[a-z]+|\.)/).filter((part) => part !== '' && part !== '.').map((part) => /^\d+$/.test(part) ? Number(part) : part)
}

function comparePart(left: number | string, right: number | string, both: string): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right
  if (typeof left === 'string' && typeof right === 'string') return compareText(left, right)
  throw new EvaluationError('filter-argument', `Cannot compare the versions ${both}: a number stands against letters`, "Try version_type='semver' or 'pep440'")
}

function strictParts(version: string): number[] {
  const match = /^(\d+)\.(\d+)(?:\.(\d+))?(?:([ab])(\d+))?$/.exec(version)
  if (match === null) throw new EvaluationError('filter-argument', `Cannot read '${version}' as a strict version: 1.2 or 1.2.3 was expected`)
  const [, major, minor, patch = 0, letter, pre = 0] = match
  return [Number(major), Number(minor), Number(patch), letter === undefined ? 2 : letter === 'b' ? 1 : 0, Number(pre)]
}
