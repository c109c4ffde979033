import { ModuleFailure, type Change } from '../../../module/module.ts'
import type { ScriptProbe } from '../../../remote/probe.ts'
import type { Remote } from '../../../remote/remote.ts'
import type { JsonObject } from '../../../value/value.ts'
import type { DnfArguments } from './dnf-arguments.ts'
import { dnfCommand, dnfWords, stateOf, type DnfProgram } from './dnf-command.ts'
import { listed } from './dnf-list.ts'
import { NOTHING_TO_DO, planProbe, type DnfPlan } from './dnf-plan.ts'
import { touchedBySetup } from './package-effects.ts'
import { installedSpecsProbe } from './rpm-installed.ts'

/** What is there, and what dnf would do about it. */
export interface DnfState {
  readonly program: DnfProgram
  /** What of the wanted is still to be done. */
  readonly specs: readonly string[]
  readonly plan: DnfPlan
  readonly list?: readonly JsonObject[]
}

/** Names one by one. */
export function wantedOfDnf(given: DnfArguments): DnfArguments {
  if (given.name.length === 0 && given.list === undefined && !given.update_cache && !given.autoremove) throw new ModuleFailure('one of the following is required: name, list, update_cache')
  return { ...given, name: given.name.flatMap(splitNames) }
}

/** Asks dnf what it would do about what is not as wanted. */
export async function observeDnf(given: DnfArguments, remote: Remote): Promise<DnfState> {
  const program = programFor(await remote.read(PROGRAMS), given)
  if (given.list !== undefined) return { program, specs: [], plan: NOTHING_TO_DO, list: await listed(given, program, remote) }
  const specs = await neededSpecs(given, remote)
  return planned(given, { program, specs }, remote)
}

/** What dnf would do, as a change. */
export function dnfChange(_given: DnfArguments, before: DnfState): Change<DnfState> | undefined {
  const { plan } = before
  if (plan.problem !== undefined) throw failure(plan.problem)
  if (plan.installed.length === 0 && plan.removed.length === 0) return undefined
  const lines = (names: readonly string[]) => names.map((name) => `${name}\n`).join('')
  return { before, after: { ...before, specs: [], plan: NOTHING_TO_DO }, diff: [{ before: lines(plan.removed), after: lines(plan.installed) }], fields: told(plan) }
}

/** What results tell besides the change. */
export function dnfResult({ update_cache: updates, name }: DnfArguments, { list, plan }: DnfState): JsonObject {
  if (list !== undefined) return { results: list }
  return updates && name.length === 0 ? { msg: 'Cache updated', results: [], rc: 0 } : { msg: plan === NOTHING_TO_DO ? 'Nothing to do' : '', results: [], rc: 0 }
}

/** Runs dnf. */
export async function applyDnf(given: DnfArguments, { before }: Change<DnfState>, remote: Remote): Promise<JsonObject> {
  const { program, specs } = before
  const command = commandFor(given, program, specs)
  const { keys, paths } = touchedBySetup(given.affects)
  await remote.write({
    summary: `Run ${program.path} ${dnfWords(given, specs, program.isFifth).join(' ')}`,
    command: { script: `${command} -y` },
    effects: {
      keys: ['package:*', 'packages', 'dnf:*', 'processes', ...keys],
      paths,
      predictions: [
        { probe: installedSpecsProbe(given.name, given.installroot), answer: given.name.map(() => stateOf(given) !== 'absent') },
        { probe: planProbe(command, given.installroot), answer: NOTHING_TO_DO },
      ],
    },
  })
  return {}
}

/** Names may come in one text with commas, but patterns and versions have commas of their own in braces. */
function splitNames(name: string): readonly string[] {
  return name.split(/,(?![^{]*\})/).map((one) => one.trim()).filter((one) => one !== '')
}

const PROGRAMS: ScriptProbe<ReadonlyMap<string, string>> = {
  kind: 'script',
  key: 'package-manager:dnf',
  script: 'for c in dnf5 dnf-3 dnf yum; do if f=$(command -v "$c"); then echo "$c $(readlink -f "$f")"; fi; done',
  parse: ({ stdout }) => new Map(stdout.toString('utf8').split('\n').filter((line) => line !== '').map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)])),
}

function programFor(found: ReadonlyMap<string, string>, { use_backend: backend }: DnfArguments): DnfProgram {
  const order = backend === 'auto' ? ['dnf', 'dnf5', 'yum'] : backend === 'dnf5' ? ['dnf5'] : ['dnf-3', 'dnf', 'yum']
  const path = order.find((name) => found.has(name))
  if (path === undefined) throw new ModuleFailure(`Could not find the program ${order.join(' or ')} on the host`)
  return { path, isFifth: /dnf5$/.test(found.get(path) ?? '') }
}

/** What is there need not be asked of dnf, which takes its time. */
async function neededSpecs(given: DnfArguments, remote: Remote): Promise<readonly string[]> {
  const state = stateOf(given)
  if (given.name.length === 0 || state === 'latest' || given.download_only) return given.name
  const installed = await remote.read(installedSpecsProbe(given.name, given.installroot))
  return given.name.filter((spec, index) => spec.startsWith('@') || installed[index] !== (state === 'present'))
}

async function planned(given: DnfArguments, { program, specs }: Pick<DnfState, 'program' | 'specs'>, remote: Remote): Promise<DnfState> {
  if (specs.length === 0 && (given.name.length > 0 || !given.autoremove)) return { program, specs, plan: NOTHING_TO_DO }
  const plan = await remote.read(planProbe(commandFor(given, program, specs), given.installroot))
  if (plan.downgraded.length === 0 || given.allow_downgrade) return { program, specs, plan }
  // An older version than the one that is there counts as there.
  const kept = specs.filter((spec) => !plan.downgraded.some((name) => spec === name || spec.startsWith(`${name}-`)))
  if (kept.length === specs.length) throw new ModuleFailure(`Cannot install without making packages older, which takes allow_downgrade: ${plan.downgraded.join(', ')}`)
  return planned(given, { program, specs: kept }, remote)
}

function commandFor(given: DnfArguments, program: DnfProgram, specs: readonly string[]): string {
  return dnfCommand(program, given, dnfWords(given, specs, program.isFifth))
}

function failure({ rc, text }: NonNullable<DnfPlan['problem']>): ModuleFailure {
  const missing = [...text.matchAll(/(?:No match for argument: |Unable to find a match: )(.+)$/gm)].flatMap(([, names = '']) => names.trim().split(/\s+/))
  if (missing.length === 0) return new ModuleFailure(`Depsolve Error occurred: ${/^(?:Error: ?\n?)([\s\S]*)/m.exec(text)?.[1]?.trim() ?? text}`, { rc, results: [], failures: [] })
  return new ModuleFailure('Failed to install some of the specified packages', { rc, results: [], failures: [...new Set(missing)].map((name) => `No package ${name} available.`) })
}

function told({ installed, removed }: DnfPlan): JsonObject {
  return { msg: '', rc: 0, results: [...installed.map((name) => `Installed: ${name}`), ...removed.map((name) => `Removed: ${name}`)] }
}
