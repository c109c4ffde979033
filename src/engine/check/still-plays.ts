import { DiagnosticError } from '../../diagnostics/diagnostic-error.ts'
import type { Diagnostic } from '../../diagnostics/types.ts'
import type { Play } from '../../playbook/ast.ts'
import { emptyPlay } from '../../playbook/empty-play.ts'
import { batchesOf } from '../play/batches.ts'
import { contextOf } from '../play/context-of.ts'
import type { PlayContext } from '../play/play-context.ts'
import type { PlayPlan } from '../play/play-plan.ts'
import { playSettings, type PlaySettings } from '../play/play-settings.ts'
import { expectPrompts } from '../play/prompt-variables.ts'
import { strategyOf } from '../play/strategies.ts'
import { UnknownValueError } from '../../value/unknown.ts'
import type { RunContext } from '../run-context.ts'
import { placeOf } from './place-of.ts'

/** A play as it would run, planned but not started. */
export interface StillPlay {
  readonly context: PlayContext
  readonly plan: PlayPlan
  /** What is wrong with the play's own keywords. */
  readonly problems: readonly Diagnostic[]
}

/** All plays of a run; one whose keywords cannot be used is looked at without hosts. */
export function stillPlays(run: RunContext): readonly StillPlay[] {
  const plays = run.request.playbooks.flatMap((playbook) => playbook.plays)
  expectPrompts(run.request, plays)
  return plays.map((play, index) => {
    const problems: Diagnostic[] = []
    const settings = settingsOf(run, play, problems)
    const plan = run.line.plan(play)
    const address = { index, name: settings.name, range: play.range }
    return { problems, plan, context: contextOf({ run, play, address, hosts: settings.hosts, batch: settings.hosts, settings, plan }) }
  })
}

function settingsOf(run: RunContext, play: Play, problems: Diagnostic[]): PlaySettings {
  try {
    const settings = playSettings(run, play)
    strategyOf(settings.strategy)
    batchesOf(settings.hosts, settings.serial)
    return settings
  } catch (error) {
    problems.push(...problemsOf(error, play))
    return { ...NO_SETTINGS, hosts: hostsOf(run, play) }
  }
}

/** The hosts matter most: they are looked for even where other keywords are wrong. */
function hostsOf(run: RunContext, play: Play): readonly string[] {
  try {
    return playSettings(run, { ...play, keywords: emptyPlay(play.folder).keywords }).hosts
  } catch {
    return []
  }
}

function problemsOf(error: unknown, play: Play): readonly Diagnostic[] {
  // It hangs on what is yet to be asked for.
  if (error instanceof UnknownValueError) return []
  const range = (error instanceof Error ? placeOf(quotedIn(error.message), play.range) : undefined) ?? placeOf('hosts', play.range) ?? play.range
  if (error instanceof DiagnosticError) return error.diagnostics.map((diagnostic) => ({ range, ...diagnostic }))
  if (error instanceof Error && 'kind' in error) return [{ code: 'bad-keyword', severity: 'error', range, summary: error.message }]
  throw error
}

function quotedIn(message: string): string {
  return /'([^']+)'/.exec(message)?.[1] ?? ''
}

const NO_SETTINGS: PlaySettings = {
  name: '', hosts: [], selected: [], serial: undefined, strategy: 'linear', failureLimit: undefined, forceHandlers: false, gatherFacts: false, check: false,
}
