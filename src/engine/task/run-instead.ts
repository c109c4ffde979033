import type { OtherModule } from '../../module/controller.ts'
import type { ModuleResult } from '../../module/module.ts'
import { callInstead, type Call } from './call.ts'
import { failedResult } from './failed-result.ts'
import { asAction, runModule } from './run-module.ts'
import type { Site } from './site.ts'

/** Runs a call; its module may have others run in its place. */
export function runCall(call: Call): Promise<ModuleResult> {
  if (asAction(call.module)?.callsOthers !== true) return runModule(call)
  return runModule({ ...call, instead: (other) => runInstead(call, other) })
}

async function runInstead(call: Call, { name, args, seconds }: OtherModule): Promise<ModuleResult | undefined> {
  const { site } = call
  if (site.play.run.request.modules.find(name) === undefined) return undefined
  try {
    const other = callInstead(call, siteOf(site, name, args))
    return await runModule(seconds === undefined ? other : { ...other, timeout: Math.min(seconds, call.timeout ?? Infinity) })
  } catch (error) {
    return failedResult(error)
  }
}

/** As if the task had named the other module. */
function siteOf(site: Site, module: string, args: OtherModule['args']): Site {
  const { task } = site.step
  const named = new Map([...args].map(([name, value]) => [name, { value, range: task.moduleRange }]))
  return { ...site, step: { ...site.step, task: { ...task, module, args: { named, free: undefined, dynamic: undefined } } } }
}
