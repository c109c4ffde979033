import { ConnectionError } from '../../connection/connection.ts'
import { UnknownValueError } from '../../value/unknown.ts'
import { failedResult } from './failed-result.ts'
import { plainEnd, type ItemEnd } from './item-end.ts'
import { resultFields } from './result-fields.ts'

/** The host boundary: whatever was thrown becomes the way the task ended there. */
export function errorEnd(error: unknown): ItemEnd {
  if (error instanceof ConnectionError) return { ...plainEnd('unreachable', { changed: false, unreachable: true, msg: error.message, reason: error.kind }), error }
  if (error instanceof UnknownValueError) return plainEnd('unknown', { changed: false, msg: error.message })
  return { ...plainEnd('failed', resultFields(failedResult(error))), error }
}
