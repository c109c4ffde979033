import { compareText } from '../../value/order.ts'
import { EvaluationError } from '../evaluation-error.ts'

const PATTERN = /^v?(?:(\d+)!)?(\d+(?:\.\d+)*)(?:[-_.]?(a|b|c|rc|alpha|beta|pre|preview)[-_.]?(\d*))?((?:-\d+)|(?:[-_.]?(?:post|rev|r)[-_.]?\d*))?(?:[-_.]?(dev)[-_.]?(\d*))?(?:\+([a-z0-9]+(?:[-_.][a-z0-9]+)*))?$/i

const PHASES: Readonly<Record<string, number>> = { a: 0, alpha: 0, b: 1, beta: 1, c: 2, rc: 2, pre: 2, preview: 2 }

/** Python packages' order: 1.0.dev1 < 1.0a1 < 1.0rc1 < 1.0 < 1.0.post1. */
export function comparePep440(left: string, right: string): number {
  const [leftKey, rightKey] = [keyOf(left), keyOf(right)]
  for (let index = 0; index < Math.max(leftKey.length, rightKey.length); index++) {
    const order = (leftKey[index] ?? 0) - (rightKey[index] ?? 0)
    if (order !== 0) return order
  }
  return compareText(localOf(left), localOf(right))
}

/** Epoch, release of fixed length, then pre-release, post-release and development numbers. */
function keyOf(version: string): number[] {
  const match = PATTERN.exec(version.trim())
  if (match === null) throw new EvaluationError('filter-argument', `Cannot read '${version}' as a PEP 440 version`)
  const [, epoch, release = '', phase, phaseNumber, post, dev, devNumber] = match
  const numbers = release.split('.').map(Number)
  const padded = Array.from({ length: 12 }, (_, index) => numbers[index] ?? 0)
  const last = dev === undefined ? Number.MAX_SAFE_INTEGER : Number(devNumber ?? 0)
  return [Number(epoch ?? 0), ...padded, ...preKey(phase, phaseNumber, post === undefined && dev !== undefined), postKey(post), last]
}

/** A development release without a phase comes before all phases, a release without one after them. */
function preKey(phase: string | undefined, number: string | undefined, isOnlyDev: boolean): number[] {
  if (phase === undefined) return isOnlyDev ? [-1, 0] : [9, 0]
  return [PHASES[phase.toLowerCase()] ?? 0, Number(number ?? 0)]
}

function postKey(post: string | undefined): number {
  return post === undefined ? -1 : Number(/\d+/.exec(post)?.[0] ?? 0)
}

function localOf(version: string): string {
  return /\+(.*)$/.exec(version)?.[1] ?? ''
}
