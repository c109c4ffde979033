import { Unknown } from '../../value/unknown.ts'
import type { Value } from '../../value/value.ts'
import type { Site } from './site.ts'

/** In check mode, a set_fact that cannot be predicted makes its variables unknown: keeping old values would predict wrongly. */
export function forgetAssigned(site: Site, cause: string): void {
  const { task } = site.step
  const { modules, variables } = site.play.run.request
  if (modules.find(task.module)?.name !== 'set_fact') return
  const names = [...task.args.named.keys()].filter((name) => name !== 'cacheable')
  const dict = new Map<Value, Value>(names.map((name) => [name, new Unknown(cause)]))
  for (const host of site.shares) variables.setVariables(host, dict)
}
