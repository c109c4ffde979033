import type { Remote } from '../../remote/remote.ts'
import type { Undo } from '../../module/module.ts'
import type { DestroyedContent } from '../../run/run-event.ts'
import type { Journal } from '../../run/journal.ts'
import type { JsonObject } from '../../value/value.ts'
import { shownArguments } from './call.ts'
import { destroyedContent } from './destroyed-content.ts'
import type { Application } from './run-state.ts'
import { stateJson } from './state-json.ts'
import { taskAddress } from './task-address.ts'

/** Makes a change between its two entries in the journal. Nothing is written to the host before the first is on disk. */
export async function journalled(application: Application): Promise<JsonObject | undefined> {
  const { module, call, wanted, change, remote } = application
  const { run } = call.site.play
  const id = `${run.request.id}-${run.nextId()}`
  const host = call.delegate ?? call.site.host
  await run.events.record({
    kind: 'change-begun', change: id, task: taskAddress(call.site), host, module: module.name,
    args: shownArguments(call),
    ...await recorded(application, run.request.journal),
  }, call.hidden)
  let result: 'made' | 'failed' = 'failed'
  try {
    const applied = await module.apply(wanted, change, remote)
    result = 'made'
    return applied
  } finally {
    await run.events.record({ kind: 'change-ended', change: id, host, result })
  }
}

interface Recorded {
  readonly before: JsonObject
  readonly after: JsonObject
  readonly destroyed: readonly DestroyedContent[]
  readonly undo: Undo
}

/** What undo needs. Of a no_log task nothing is kept, so it cannot be taken back. */
async function recorded({ module, call, wanted, change, remote }: Application, journal: Journal): Promise<Recorded> {
  if (call.noLog) return { before: {}, after: {}, destroyed: [], undo: { impossible: 'the task has no_log, so what it replaced was not kept' } }
  const paths = module.destroys?.(wanted, change) ?? []
  return {
    before: stateJson(change.before),
    after: stateJson(change.after),
    destroyed: await destroyedAt(paths, remote, journal),
    undo: typeof module.undo === 'function' ? module.undo(wanted, change) : module.undo ?? 'swap',
  }
}

async function destroyedAt(paths: readonly string[], remote: Remote, journal: Journal): Promise<readonly DestroyedContent[]> {
  const found = await Promise.all(paths.map((path) => destroyedContent(path, remote, journal)))
  return found.filter((content) => content !== undefined)
}
