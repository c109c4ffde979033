import { createRequire } from 'node:module'
import { textOf } from '../../value/text.ts'
import type { Value } from '../../value/value.ts'
import { required } from '../arguments.ts'
import { EvaluationError } from '../evaluation-error.ts'
import { fromPlain, toPlain } from '../nunjucks/plain-values.ts'

interface Jmespath {
  search(data: unknown, expression: string): unknown
}

/** Selects from data by a JMESPath expression: community.general's `json_query`. */
export function jsonQuery([data = null, expression]: readonly Value[]): Value {
  const { search } = createRequire(import.meta.url)('jmespath') as Jmespath
  const text = textOf(required(expression, 'expr'))
  try {
    return fromPlain(search(toPlain(data, () => null), text))
  } catch (error) {
    throw new EvaluationError('filter-argument', `Cannot query by '${text}': ${error instanceof Error ? error.message : String(error)}`)
  }
}
