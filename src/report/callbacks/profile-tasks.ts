import type { Config } from '../../config/config.ts'
import type { TaskAddress } from '../../run/run-event.ts'
import { taskTitle } from '../task-title.ts'
import { taskPath } from '../ansible/task-path.ts'
import type { Callback } from './callback.ts'
import { Stopwatch } from './stopwatch.ts'
import { filled, secondsLine } from './time-line.ts'

/** `profile_tasks`: the time before each task, and which tasks took longest. */
export const profileTasks: Callback = ({ config, verbosity, say, isForPeople }) => {
  const watch = new Stopwatch<TaskAddress>()
  const isBrief = isForPeople || config.get('callback.profile_tasks.summary_only')
  return {
    report(event) {
      if (event.kind === 'task-started') {
        const line = watch.next(event.task)
        if (!isBrief) say(line)
      } else if (event.kind === 'run-ended') {
        const end = watch.next()
        say([end, filled('', '='), ...slowest(watch.seconds, config).map(([task, seconds]) => lineOf(task, seconds, verbosity))].join('\n'))
      }
    },
    close: () => Promise.resolve(),
  }
}

function slowest(seconds: ReadonlyMap<TaskAddress, number>, config: Config): readonly (readonly [TaskAddress, number])[] {
  const order = config.get('callback.profile_tasks.sort_order')
  const limit = config.get('callback.profile_tasks.output_limit')
  const tasks = [...seconds]
  if (order !== 'none') tasks.sort(([, a], [, b]) => order === 'ascending' ? a - b : b - a)
  return limit === 'all' ? tasks : tasks.slice(0, Number(limit))
}

function lineOf(task: TaskAddress, seconds: number, verbosity: number): string {
  const path = verbosity > 1 ? taskPath(task) : undefined
  return `${secondsLine(taskTitle(task), seconds)}${path === undefined ? '' : `\n${`${path} `.padEnd(79, '-')}`}`
}
