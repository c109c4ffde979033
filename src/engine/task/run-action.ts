import { expandHostPaths } from '../../module/host-paths.ts'
import type { TaskTraits } from '../../module/controller.ts'
import { hostSetting } from '../../module/host-setting.ts'
import type { ModuleResult } from '../../module/module.ts'
import type { Remote } from '../../remote/remote.ts'
import { toJson } from '../../value/json.ts'
import { requireKnown } from '../../value/require-known.ts'
import type { Call } from './call.ts'
import type { AnyAction } from './run-module.ts'
import { scopeOn } from './site.ts'
import { noRemote, overlaid, taskRemote } from './task-remote.ts'

type Arguments = Parameters<AnyAction['run']>[0]

/** Runs an action, or tells what it would do; `dress` puts something between it and its host. */
export async function runAction(module: AnyAction, call: Call, dress: (remote: Remote) => Remote = (remote) => limited(remote, call)): Promise<ModuleResult> {
  if (module.where === 'controller') {
    return perform(module, call, { args: call.args as Arguments, remote: noRemote(module.name) })
  }
  const route = call.route()
  const raw = await call.site.play.run.sessions.remote(module.check === 'tell' ? { ...route, predicted: false } : route)
  const { remote, touched } = taskRemote(dress(raw), call, { keepAnswers: true, asksInEnvironment: module.asksInEnvironment === true })
  const args = await expandHostPaths(call.module, call.args as Arguments, remote)
  try {
    return await perform(module, call, { args, remote })
  } finally {
    call.traces.touched ||= touched() || module.check === 'tell'
  }
}

/** A command that takes longer than its task may is ended with all that it started. */
function limited(remote: Remote, call: Call): Remote {
  const seconds = secondsOf(call)
  if (seconds === undefined) return remote
  return overlaid(remote, {
    exec: (request, effects) => remote.exec({ ...request, timeout: Math.min(seconds, request.timeout ?? Infinity) }, effects),
  })
}

function secondsOf({ timeout, asyncSeconds }: Call): number | undefined {
  const seconds = Math.min(timeout ?? Infinity, asyncSeconds ?? Infinity)
  return seconds === Infinity ? undefined : seconds
}

interface Performance {
  readonly args: Arguments
  readonly remote: Parameters<AnyAction['run']>[1]['remote']
}

async function perform(module: AnyAction, call: Call, { args, remote }: Performance): Promise<ModuleResult> {
  const context = { remote, controller: { ...call.controller, task: taskTraits(call) } }
  if (!call.predicted || module.check !== 'predict') return module.run(args, context)
  if (module.predict) return module.predict(args, context)
  return { changed: false, unknown: true, msg: `Module ${module.name} cannot tell what it would do without doing it` }
}

function taskTraits(call: Call): TaskTraits {
  const { predicted, showDiff, noLog, environment, job, site, delegate, values, instead } = call
  const { config, templar } = site.play.run.request
  const traits: TaskTraits = {
    check: predicted, diff: showDiff, noLog, environment: environment ?? {}, seconds: secondsOf(call), ...(job && { job }), values, ...(instead && { instead }),
    variable(name) {
      const scope = delegate === undefined ? site.scope : scopeOn(site, delegate)
      const raw = scope.get(name)
      return raw === undefined ? undefined : toJson(requireKnown(templar.evaluate(raw, scope)))
    },
    setting: (name) => hostSetting(name, { config, task: traits }),
  }
  return traits
}
