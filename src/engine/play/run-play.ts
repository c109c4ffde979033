import type { Play } from '../../playbook/ast.ts'
import type { PlayAddress } from '../../run/run-event.ts'
import type { RunContext } from '../run-context.ts'
import { batchesOf } from './batches.ts'
import { playSettings } from './play-settings.ts'
import { warnOfLimit } from '../flow/warn-apart.ts'
import type { PlayPlan } from './play-plan.ts'
import type { PlayContext } from './play-context.ts'
import { contextOf } from './context-of.ts'
import { promptVariables } from './prompt-variables.ts'
import { runGroup } from './run-group.ts'
import { strategyOf } from './strategies.ts'
import { loadVarsFiles } from './vars-files.ts'

/** Runs a play; false when nothing may come after it. */
export async function runPlay(run: RunContext, play: Play, index: number): Promise<boolean> {
  await promptVariables(run, play)
  const settings = playSettings(run, play, (diagnostic) => { run.events.emit({ kind: 'warned', diagnostic }) })
  const address: PlayAddress = { index, name: settings.name, range: play.range, strategy: settings.strategy, check: settings.check }
  const isLeft = (host: string): boolean => !run.failed.has(host) && !run.unreachable.has(host)
  const hosts = settings.hosts.filter(isLeft)
  if (hosts.length === 0) {
    run.events.emit({ kind: 'play-skipped', play: address, reason: settings.hosts.length === 0 ? 'no-hosts-matched' : 'no-hosts-remaining' })
    return true
  }
  run.events.emit({ kind: 'play-started', play: address, hosts })
  const plan = run.line.plan(play)
  for (const whole of batchesOf(settings.hosts, settings.serial)) {
    const batch = whole.filter(isLeft)
    if (batch.length === 0) continue
    const context = contextOf({ run, play, address, hosts: settings.hosts, batch, settings, plan })
    if (!await runBatch(context, plan, strategyOf(settings.strategy)) || isLost(context, whole)) return false
    if (context.ended === 'play') break
  }
  return true
}

/** False when the play, and with it the playbook, must stop. */
async function runBatch(context: PlayContext, plan: PlayPlan, strategy: ReturnType<typeof strategyOf>): Promise<boolean> {
  warnOfLimit(context)
  await loadVarsFiles(context)
  await strategy(context, (hosts) => runGroup(context, plan, hosts))
  return !context.run.request.signal.aborted && context.ended !== 'broken' && context.ended !== 'halted'
}

/** A batch that lost all of its hosts ends the playbook; those that earlier plays lost do not count, as in Ansible. */
function isLost({ batch, removed }: PlayContext, whole: readonly string[]): boolean {
  return batch.filter((host) => removed.has(host)).length === whole.length
}
