import type { Probe } from '../../remote/probe.ts'
import type { Effects } from '../../remote/write.ts'
import { predictedAwayOf } from '../sql/predicted-away.ts'
import { serverProblem } from './server-problem.ts'

/** Says nothing; but in check mode it is unknown once something of the server or its programs is predicted to be different. */
const UNTOUCHED: Probe<true> = {
  kind: 'script', key: 'postgresql-untouched', script: ':', parse: () => true,
  readsPaths: ['/etc/postgresql', '/var/lib/postgresql', '/var/lib/pgsql', '/usr'],
}

/** What a change of a database touches as far as hosts can tell. */
export const PREDICTION: Effects = { keys: ['postgresql-untouched*'] }

/** In check mode something that is missing may be what an earlier task would have made: that is unknown rather than a failure. */
export const predictedAway = predictedAwayOf({ untouched: UNTOUCHED, serverProblem })
