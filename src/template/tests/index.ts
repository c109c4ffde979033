import type { Test } from '../types.ts'
import { COMPARISON_TESTS } from './comparisons.ts'
import { FILE_TESTS } from './files.ts'
import { MATCHING_TESTS } from './matching.ts'
import { NETWORK_TESTS } from './network.ts'
import { RESULT_TESTS } from './results.ts'
import { TYPE_TESTS } from './types.ts'
import { checked } from '../signatures.ts'
import { URL_TESTS } from './urls.ts'

/** Every built-in test; one line a family. */
export const TESTS: ReadonlyMap<string, Test> = checked('tests', [
  ...TYPE_TESTS,
  ...COMPARISON_TESTS,
  ...MATCHING_TESTS,
  ...RESULT_TESTS,
  ...FILE_TESTS,
  ...URL_TESTS,
  ...NETWORK_TESTS,
])
