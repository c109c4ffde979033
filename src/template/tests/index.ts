import type { Test } from '../types.ts'
import { TYPE_TESTS } from './types.ts'
import { RESULT_TESTS } from './results.ts'
import { COMPARISON_TESTS } from './comparisons.ts'

/** Every built-in test; one line a family. */
export const TESTS: ReadonlyMap<string, Test> = new Map<string, Test>([
  ...TYPE_TESTS,
  ...COMPARISON_TESTS,
  ...RESULT_TESTS,
])
