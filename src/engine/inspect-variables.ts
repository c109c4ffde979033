import type { ScopePlace } from '../variables/host-variables.ts'
import { everyTask } from './check/every-task.ts'
import { stillPlays, type StillPlay } from './check/still-plays.ts'
import { loadVarsFiles } from './play/vars-files.ts'
import { createRunContext } from './run-context.ts'
import type { RunRequest } from './run-request.ts'
import { playMagic } from './task/magic-variables.ts'
import { openSite, variablePlace } from './task/site.ts'
import { taskName } from './task/task-name.ts'

/** From where a host's variables can be looked at: a play, or one of its tasks. */
export interface Viewpoint {
  readonly play: string
  readonly task: string | undefined
  readonly place: ScopePlace
}

/** The plays of a run that a host takes part in, as far as they can be known before it; with a task's name, the tasks of that name. */
export async function viewpoints(request: RunRequest, host: string, task: string | undefined): Promise<readonly Viewpoint[]> {
  const plays = stillPlays(createRunContext(request)).filter(({ context }) => context.hosts.includes(host))
  const found: Viewpoint[] = []
  for (const still of plays) {
    // The last play whose vars_files are loaded is the one that they belong to.
    await loadVarsFiles({ ...still.context, batch: [host] })
    found.push(...task === undefined ? [ofPlay(still, host)] : await ofTasks(still, host, task))
    if (found.length > 0) return found
  }
  return found
}

function ofPlay({ context }: StillPlay, host: string): Viewpoint {
  return { play: context.address.name, task: undefined, place: { host, play: context.play, publicRoles: context.publicRoles, magic: playMagic(context) } }
}

async function ofTasks(still: StillPlay, host: string, wanted: string): Promise<readonly Viewpoint[]> {
  const { tasks } = await everyTask(still)
  return tasks.flatMap(({ step }) => {
    const place = { play: still.context, step, host }
    const name = taskName(openSite(place))
    return name === wanted ? [{ play: still.context.address.name, task: name, place: variablePlace(place, new Map()) }] : []
  })
}
