import { createRunContext } from './run-context.ts'
import type { RunRequest } from './run-request.ts'
import { type StillPlay, stillPlays } from './check/still-plays.ts'
import { isWanted, tagsOf } from './flow/tags.ts'
import type { Step, TaskStep } from './plan/steps.ts'
import { openSite } from './task/site.ts'
import { taskName } from './task/task-name.ts'
import { asTexts } from './task/keyword.ts'

/** What `--list-hosts` prints. */
export function listHosts(request: RunRequest): string {
  return listing(request, ({ context }) => [
    `    pattern: ${JSON.stringify(asTexts(context.play.hosts)).replaceAll('"', "'")}`,
    `    hosts (${context.hosts.length}):`,
    ...context.hosts.map((host) => `      ${host}`),
  ])
}

/** What `--list-tasks` prints: the tasks that the chosen tags let run, in order. */
export function listTasks(request: RunRequest): string {
  return listing(request, (still) => ['    tasks:', ...wantedSteps(still).map((step) => `      ${titleOf(still, step)}\tTAGS: [${sortedTags(still, step).join(', ')}]`)])
}

/** What `--list-tags` prints. */
export function listTags(request: RunRequest): string {
  return listing(request, (still) => {
    const tags = wantedSteps(still).flatMap((step) => sortedTags(still, step))
    return [`      TASK TAGS: [${[...new Set(tags)].sort().join(', ')}]`]
  })
}

function listing(request: RunRequest, linesOf: (still: StillPlay) => readonly string[]): string {
  const plays = stillPlays(createRunContext(request))
  const lines = request.playbooks.flatMap((playbook) => [
    '', `playbook: ${playbook.path}`,
    ...plays.filter(({ context }) => playbook.plays.includes(context.play)).flatMap((still, index) => ['', playTitle(still, index + 1), ...linesOf(still)]),
  ])
  return `${lines.join('\n')}\n`
}

function playTitle({ context }: StillPlay, number: number): string {
  const pattern = asTexts(context.play.hosts).join(':')
  const tags = context.play.shared.tags.flatMap((tag) => asTexts(tag, ','))
  return `  play #${number} (${pattern}): ${context.address.name}\tTAGS: [${tags.join(',')}]`
}

function wantedSteps(still: StillPlay): readonly TaskStep[] {
  return still.plan.sections.flatMap(({ steps }) => steps.flatMap(tasksOf)).filter((step) => isWanted(placeOf(still, step)))
}

function tasksOf(step: Step): readonly TaskStep[] {
  return step.kind === 'task' ? [step] : [...step.main, ...step.rescue, ...step.always].flatMap(tasksOf)
}

function sortedTags(still: StillPlay, step: TaskStep): string[] {
  return [...new Set(tagsOf(placeOf(still, step)))].sort()
}

function titleOf(still: StillPlay, step: TaskStep): string {
  const role = step.frame.role?.role.name
  return `${role === undefined ? '' : `${role} : `}${taskName(openSite(placeOf(still, step)))}`
}

function placeOf({ context }: StillPlay, step: TaskStep): { readonly play: StillPlay['context'], readonly step: TaskStep, readonly host: string } {
  return { play: context, step, host: context.hosts[0] ?? '' }
}
