import { ModuleFailure } from '../../module/module.ts'
import type { Probe } from '../../remote/probe.ts'
import type { Remote } from '../../remote/remote.ts'
import { ifUnknown } from '../../value/unknown.ts'

export interface PredictedServer {
  /** Says nothing; but in check mode it is unknown once something of the server or its programs is predicted to be different. */
  readonly untouched: Probe<true>
  /** What the server says is wrong, if the error is one of its. */
  readonly serverProblem: (error: unknown) => unknown
}

/** In check mode something that is missing may be what an earlier task would have made: that is unknown rather than a failure. */
export function predictedAwayOf({ untouched: probe, serverProblem }: PredictedServer) {
  return async <T>(remote: Remote, look: () => Promise<T>): Promise<T> => {
    const untouched = remote.read(probe).catch(ifUnknown((error) => error))
    try {
      const [state] = await Promise.all([look(), untouched])
      return state
    } catch (error) {
      const unknown = await untouched
      if (unknown !== true && (error instanceof ModuleFailure || serverProblem(error) !== undefined)) throw unknown
      throw error
    }
  }
}
