import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { stringify } from 'yaml'
import type { TextDiff } from '../../src/module/module.ts'
import { MODULES } from '../../src/modules/index.ts'
import { openFileJournal } from '../../src/journal/file-journal.ts'
import type { RunEvent } from '../../src/run/run-event.ts'
import type { Outcome } from '../../src/run/outcome.ts'
import type { Json, JsonObject } from '../../src/value/value.ts'
import { runEngine } from '../support/engine-run.ts'
import { helperModule } from '../support/helper-module.ts'
import { stateOf, type HostState } from '../parity/state.ts'
import { taskOf, type Family, type Rehearsed } from './family.ts'
import type { ExampleHost } from './host/example-host.ts'
import { Changes, type Lasting } from './taken-back.ts'

/** How a task ended. */
export interface Ended {
  readonly outcome: Outcome
  readonly diff: readonly TextDiff[]
}

/** What came of a family's examples. */
export interface Rehearsal {
  /** By the task's name: predicted, and in each of the plays. */
  readonly check: ReadonlyMap<string, Ended>
  readonly first: ReadonlyMap<string, Ended>
  readonly again: ReadonlyMap<string, Ended>
  readonly redo: ReadonlyMap<string, Ended>
  /** The host before, after check mode, after undo. */
  readonly states: Readonly<Record<'before' | 'checked' | 'undone', HostState>>
  readonly lasting: readonly Lasting[]
}

interface Stage {
  readonly host: ExampleHost
  readonly folder: string
  /** Whether all that is done can be taken back. */
  readonly isTakenBack: boolean
}

/** Makes what examples presuppose. */
export async function prepare(family: Family, { inventory }: ExampleHost, folder: string): Promise<void> {
  if (family.given.length === 0) return
  const { events, exitCode } = await runEngine({ ...setting(family, { inventory, folder }), files: filesOf(family, [{ hosts: 'all', gather_facts: false, tasks: family.given }]) })
  if (exitCode !== 0) throw new Error(`What the examples of ${family.name} presuppose cannot be made: ${JSON.stringify(failures(events))}`)
}

/** Runs examples: in check mode, really, again; takes back what they did, and runs them once more. */
export async function rehearse(family: Family, examples: readonly Rehearsed[], { host, folder, isTakenBack }: Stage): Promise<Rehearsal> {
  const shared = setting(family, { inventory: host.inventory, folder })
  const play = { hosts: 'host', gather_facts: false, vars: family.variables, ...family.keywords }
  const tasks = examples.map(taskOf)
  const before = await stateOf(host.host)
  const checking = await runEngine({ ...shared, options: { ...shared.options, check: true }, files: filesOf(family, [{ ...play, name: 'check', tasks }]) })
  const checked = await stateOf(host.host)
  const changes = new Changes()
  const states: Record<string, HostState> = {}
  const lasting: Lasting[] = []
  const helpers = [
    helperModule('look_at', async (name) => { states[name] = await stateOf(host.host) }),
    helperModule('take_back', async () => { lasting.push(...await changes.takeBack()) }),
  ]
  const aside = { hosts: 'host', gather_facts: false }
  const journal = await openFileJournal(join(folder, '.tsplay'), 'examples')
  const run = await runEngine({
    ...shared, modules: [...MODULES.map((module) => changes.noting(module)), ...helpers],
    journal,
    files: filesOf(family, [
      { ...play, name: 'first', tasks }, { ...play, name: 'again', tasks },
      ...isTakenBack ? [{ ...aside, name: 'undo', tasks: [{ take_back: { name: 'all' } }, { look_at: { name: 'undone' } }] }, { ...play, name: 'redo', tasks }] : [],
    ]),
  })
  await journal.close()
  if (!isTakenBack) lasting.push(...changes.lasting())
  const undo = endedIn(run.events, 'undo')
  for (const [task, { outcome }] of undo) if (outcome.status === 'failed') throw new Error(`${task}: ${String(outcome.result['msg'])}`)
  return {
    check: endedIn(checking.events, 'check'), first: endedIn(run.events, 'first'), again: endedIn(run.events, 'again'), redo: endedIn(run.events, 'redo'),
    states: { before, checked, undone: states['undone'] ?? before }, lasting,
  }
}

function setting({ keywords }: Family, { inventory, folder }: { readonly inventory: string, readonly folder: string }) {
  mkdirSync(folder, { recursive: true })
  return { inventory, folder, options: { diff: true, connection: { kind: 'ssh', hostKeyChecking: true, timeout: 20 } }, keywords }
}

function filesOf({ files }: Family, plays: readonly Json[]): Record<string, string> {
  return { ...files, 'site.yml': stringify(plays, { lineWidth: 0 }) }
}

function endedIn(events: readonly RunEvent[], play: string): ReadonlyMap<string, Ended> {
  return new Map(events.flatMap((event) => event.kind === 'host-ended' && event.task.play.name === play ? [[event.task.name, { outcome: event.outcome, diff: event.diff }] as const] : []))
}

function failures(events: readonly RunEvent[]): JsonObject[] {
  return events.flatMap((event) => event.kind === 'host-ended' && ['failed', 'unreachable'].includes(event.outcome.status) ? [{ task: event.task.name, ...withoutGood(event.outcome.result) }] : [])
}

/** Of a loop's items only those that failed. */
function withoutGood(result: JsonObject): JsonObject {
  const { results } = result
  return Array.isArray(results) ? { results: (results as readonly JsonObject[]).filter(({ failed }) => failed === true) } : Object.fromEntries(Object.entries(result).filter(([name]) => ['msg', 'stderr', 'rc'].includes(name)))
}
