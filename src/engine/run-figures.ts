import type { RunFigures } from '../run/run-event.ts'
import type { RunContext } from './run-context.ts'

/** What a run cost since `started` (of `performance.now()`). */
export function runFigures({ sessions, recap }: RunContext, started: number): RunFigures {
  const byHost = new Map<string, number>()
  let [bytesSent, bytesReceived] = [0, 0]
  for (const { host, traffic } of sessions.sessions) {
    byHost.set(host, (byHost.get(host) ?? 0) + traffic.roundTrips)
    bytesSent += traffic.bytesSent
    bytesReceived += traffic.bytesReceived
  }
  const roundTrips = [...byHost.values()].reduce((sum, trips) => sum + trips, 0)
  return { seconds: (performance.now() - started) / 1000, roundTrips, bytesSent, bytesReceived, tasks: recap.tasks, roundTripsByHost: byHost }
}
