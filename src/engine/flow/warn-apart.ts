import type { Diagnostic } from '../../diagnostics/types.ts'
import type { PlayContext } from '../play/play-context.ts'
import { goesApart } from '../play/strategies.ts'
import { asBoolean, keyword } from '../task/keyword.ts'
import type { Site } from '../task/site.ts'

/** Keywords that mean nothing where hosts do not wait for one another, and what is said of them, once a run. */
const NO_EFFECT = {
  runOnce: warning('Using run_once with the free strategy is not currently supported. This task will still be executed for every host in the inventory list'),
  anyErrorsFatal: warning('Using any_errors_fatal with the free strategy is not supported, as tasks are executed independently on each host'),
} as const
const NO_LIMIT = warning('Using max_fail_percentage with the free strategy is not supported, as tasks are executed independently on each host')

/** Warns of keywords of a task that are of no effect because each host goes through the play by itself. */
export function warnApart(site: Site): void {
  if (!goesApart(site.play.settings.strategy)) return
  for (const name of ['runOnce', 'anyErrorsFatal'] as const) if (isSet(site, name)) warnOnce(site.play, NO_EFFECT[name])
}

/** The same for the play's own limit of failures. */
export function warnOfLimit(play: PlayContext): void {
  if (goesApart(play.settings.strategy) && play.settings.failureLimit !== undefined) warnOnce(play, NO_LIMIT)
}

function isSet(site: Site, name: keyof typeof NO_EFFECT): boolean {
  try {
    return asBoolean(keyword(site, name), false)
  } catch {
    return false
  }
}

function warnOnce({ run }: PlayContext, diagnostic: Diagnostic): void {
  if (run.warnedOf.has(diagnostic)) return
  run.warnedOf.add(diagnostic)
  run.events.emit({ kind: 'warned', diagnostic })
}

function warning(summary: string): Diagnostic {
  return { code: 'no-effect-in-free', severity: 'warning', summary }
}
