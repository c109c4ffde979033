import { ifUnknown, type UnknownValueError } from '../../value/unknown.ts'

/** An answer, or, in check mode, the error of one that only a run could give: for those that may not need it. */
export function knownOr<T>(answer: Promise<T>): Promise<T | UnknownValueError> {
  return answer.catch(ifUnknown((error) => error))
}
