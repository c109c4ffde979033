import type { Callback } from './callback.ts'
import { Stopwatch } from './stopwatch.ts'
import { filled, secondsLine } from './time-line.ts'

/** `profile_roles`: the time before each task, and how long each role, or each module outside of roles, took. */
export const profileRoles: Callback = ({ config, say, isForPeople }) => {
  const watch = new Stopwatch<string>()
  const isBrief = isForPeople || config.get('callback.profile_roles.summary_only')
  return {
    report(event) {
      if (event.kind === 'task-started') {
        const line = watch.next(event.task.role ?? event.task.module)
        if (!isBrief) say(line)
      } else if (event.kind === 'run-ended') {
        say([watch.next(), filled('', '='), ...summary(watch.seconds)].join('\n'))
      }
    },
    close: () => Promise.resolve(),
  }
}

function summary(seconds: ReadonlyMap<string, number>): readonly string[] {
  const longest = [...seconds].sort(([, a], [, b]) => b - a)
  const total = longest.reduce((sum, [, each]) => sum + each, 0)
  return [...longest.map(([name, each]) => secondsLine(name, each)), filled('', '~'), secondsLine('total', total)]
}
