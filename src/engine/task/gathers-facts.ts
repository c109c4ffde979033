import type { Site } from './site.ts'

const GATHERERS: ReadonlySet<string> = new Set(['setup', 'gather_facts'])

/** Whether the task's module is one of those that tell what a host is. */
export function gathersFacts({ play, step }: Pick<Site, 'play' | 'step'>): boolean {
  return GATHERERS.has(play.run.request.modules.find(step.task.module)?.name ?? '')
}
