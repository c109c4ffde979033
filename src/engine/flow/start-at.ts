import { openSite, type SitePlace } from '../task/site.ts'
import { taskName } from '../task/task-name.ts'

/** Whether this is the task that `--start-at-task` names (globs allowed); from then on everything runs. */
export function matchesStart(place: SitePlace): boolean {
  const { run } = place.play
  const wanted = run.request.options.startAtTask ?? '*'
  const name = taskName(openSite(place))
  const role = place.step.frame.role?.role.name
  const matches = [name, ...(role === undefined ? [] : [`${role} : ${name}`])].some((candidate) => candidate === wanted || globPattern(wanted).test(candidate))
  if (matches) run.seeking = false
  return matches
}

/** With `--step`, asks whether to run the task: yes, no, or yes to all from here on. */
export async function wantsStep(place: SitePlace): Promise<boolean> {
  const { run } = place.play
  if (!run.request.options.step || run.continuing) return true
  const answer = await run.request.prompt({ text: `Perform task: ${taskName(openSite(place))} (N)o/(y)es/(c)ontinue: `, echo: true })
  if (/^c/i.test(answer)) run.continuing = true
  return /^[yc]/i.test(answer)
}

function globPattern(glob: string): RegExp {
  const source = glob.replace(/[.+^${}()|\\]/g, '\\$&').replaceAll('*', '.*').replaceAll('?', '.')
  return new RegExp(`^${source}$`)
}
