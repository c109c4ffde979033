import { resolve } from 'node:path'
import { DiagnosticError } from '../diagnostics/diagnostic-error.ts'
import { didYouMean } from '../diagnostics/nearest.ts'
import { createPaint } from '../diagnostics/paint.ts'
import { type Viewpoint, viewpoints } from '../engine/inspect-variables.ts'
import { createModuleRegistry } from '../module/registry.ts'
import { MODULES } from '../modules/index.ts'
import { emptyPlay } from '../playbook/empty-play.ts'
import { wantsColour } from '../report/create-output.ts'
import type { VarsFlags } from './commands/vars.ts'
import { composeRun } from './compose/compose-run.ts'
import { readPasswords } from './compose/connection-options.ts'
import { loadPlaybooks, loadSources, type Sources } from './compose/load-sources.ts'
import { openConfig } from './compose/open-config.ts'
import { failOnErrors, showWarnings } from './compose/problems.ts'
import { EXIT } from './exit-codes.ts'
import { jsonText } from './vars/json-text.ts'
import { oneText } from './vars/print-one.ts'
import { tableText } from './vars/print-table.ts'
import { variableView, type VariableView } from './vars/variable-view.ts'

export interface VarsTarget {
  readonly host: string
  /** One variable; undefined: all of them. */
  readonly name: string | undefined
}

/** `tsplay vars`: what a host's variables are and where that comes from. Touches no host. */
export async function varsCommand({ host, name }: VarsTarget, flags: VarsFlags): Promise<number> {
  const config = openConfig(flags)
  const sources = await loadSources(flags, { config, modules: createModuleRegistry(MODULES), passwords: await readPasswords(config) })
  failOnErrors(sources.problems)
  if (!flags.json) showWarnings(sources.problems, config)
  const view = await viewpointOf(checkedHost(host, sources), sources, flags)
  const views = viewsOf(name, view, { sources, all: flags.all ?? false })
  if (flags.json) print(JSON.stringify(sources.secrets.mask(jsonText(host, views)), undefined, 2))
  else {
    const options = { paint: createPaint(wantsColour(process.stdout, config)), width: process.stdout.columns ?? 120, title: titleOf(host, view) }
    const [only] = views
    print(sources.secrets.mask(name !== undefined && only !== undefined ? oneText(only, options) : tableText(views, options)))
  }
  return EXIT.ok
}

function checkedHost(host: string, { inventory }: Sources): string {
  if (inventory.hosts.has(host)) return host
  const [implicit] = ['localhost', '127.0.0.1', '::1'].includes(host) ? inventory.select(host) : []
  if (implicit !== undefined) return implicit
  const hint = didYouMean(host, inventory.hosts.keys())
  throw new DiagnosticError([{ code: 'unknown-host', severity: 'error', summary: `Cannot show the variables of '${host}': the inventory has no host of that name`, ...hint !== undefined && { hint } }])
}

/** The inventory alone, or a play of a playbook, or one of its tasks. */
async function viewpointOf(host: string, sources: Sources, flags: VarsFlags): Promise<Viewpoint> {
  if (flags.playbook === undefined) return { play: '', task: undefined, place: { host, play: emptyPlay(resolve(flags.playbookDir ?? '.')) } }
  const { value: playbooks, diagnostics } = await loadPlaybooks([flags.playbook], sources)
  failOnErrors(diagnostics)
  const reporter = { report: () => undefined, close: () => Promise.resolve() }
  const request = await composeRun({ ...flags, journal: false }, { sources, playbooks, reporter })
  const [first] = await viewpoints(request, host, flags.task)
  if (first !== undefined) return first
  const what = flags.task === undefined ? `no play of ${flags.playbook} runs on it` : `no task '${flags.task}' of ${flags.playbook} runs on it`
  throw new DiagnosticError([{ code: 'no-hosts', severity: 'error', summary: `Cannot show what '${host}' sees: ${what}` }])
}

interface Wanted {
  readonly sources: Sources
  readonly all: boolean
}

function viewsOf(name: string | undefined, { place }: Viewpoint, { sources, all }: Wanted): readonly VariableView[] {
  const { variables, templar, config } = sources
  const parts = { variables, templar, place, mergesDicts: config.get('DEFAULT_HASH_BEHAVIOUR') === 'merge' }
  const names = [...variables.scope(place).names()].sort()
  if (name !== undefined && !names.includes(name)) throw unknownName(name, place.host, names)
  const views = (name === undefined ? names : [name]).map((one) => variableView(one, parts))
  return all || name !== undefined ? views : views.filter(isOwn)
}

/** Not magic, and not the empty `ansible_facts` of a host that nothing is known of. */
function isOwn({ origins }: VariableView): boolean {
  return origins.some(({ level, value }) => level !== 'magic' && !(level === 'facts' && value instanceof Map && value.size === 0))
}

function unknownName(name: string, host: string, names: readonly string[]): DiagnosticError {
  const hint = didYouMean(name, names)
  return new DiagnosticError([{ code: 'undefined-variable', severity: 'error', summary: `Cannot show '${name}': nothing defines it for '${host}'`, ...hint !== undefined && { hint } }])
}

function titleOf(host: string, { play, task }: Viewpoint): string {
  return [host, ...play === '' ? [] : [`play ${play}`], ...task === undefined ? [] : [`task ${task}`]].join(' · ')
}

function print(text: string): void {
  process.stdout.write(`${text.trimEnd()}\n`)
}
