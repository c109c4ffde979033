import type { TaskTraits } from '../module/controller.ts'
import { defineAction } from '../module/define-module.ts'
import { ModuleFailure, type ModuleResult } from '../module/module.ts'
import type { Json } from '../value/value.ts'
import { mergedFacts } from './setup/merged-facts.ts'
import { argumentsFor, factsModules, hasOwnTimeout } from './setup/facts-modules.ts'

/** `ansible.builtin.gather_facts`: facts by all the modules that the setting `facts_modules` names, merged. */
export const gatherFacts = defineAction({
  name: 'gather_facts',
  summary: 'Gather facts about the host by one or several modules.',
  where: 'host',
  check: 'run',
  callsOthers: true,
  args: {
    parallel: { type: 'bool', description: 'Whether several modules run side by side; by default they do. `ansible_facts_parallel` says it for a host.' },
    gather_subset: { type: 'list', elements: 'str', description: 'For setup: which facts.' },
    filter: { type: 'list', elements: 'str', description: 'For setup: patterns of names.' },
    gather_timeout: { type: 'int', description: 'Seconds. Modules side by side that know no such argument are ended after them.' },
    fact_path: { type: 'path', description: 'For setup: folder of local facts.' },
  },
  examples: [
    { name: 'All that the settings say', args: {} },
    { name: 'One module after the other', args: { parallel: false } },
  ],
  run: async ({ parallel: asked, gather_timeout: seconds }, { controller: { task } }) => {
    if (task?.instead === undefined) throw new Error('Facts are gathered for a task')
    const names = factsModules(task)
    const ended = await (isParallel(task, { asked, names }) ? Promise.all(names.map((name) => gathered(task, name, seconds))) : oneByOne(task, names))
    return combined(ended)
  },
})

interface Ended {
  readonly name: string
  readonly result: ModuleResult
  readonly warnings: readonly string[]
}

function isParallel(task: TaskTraits, { asked, names }: { readonly asked: boolean | undefined, readonly names: readonly string[] }): boolean {
  const wanted = task.variable('ansible_facts_parallel')
  if (wanted === undefined || wanted === null) return asked ?? names.length > 1
  return wanted === true || /^(?:true|yes|on|y|t|1)$/i.test(String(wanted as string))
}

async function oneByOne(task: TaskTraits, names: readonly string[]): Promise<readonly Ended[]> {
  const ended: Ended[] = []
  for (const name of names) ended.push(await gathered(task, name, undefined))
  return ended
}

/** As in Ansible, only modules that run side by side are ended when their time is over. */
async function gathered(task: TaskTraits, name: string, seconds: number | undefined): Promise<Ended> {
  const { args, warnings } = argumentsFor(name, task.values)
  const isLimited = seconds !== undefined && seconds > 0 && !hasOwnTimeout(name)
  const result = await task.instead?.({ name, args, ...isLimited && { seconds } })
  if (result === undefined) throw new ModuleFailure(`The module ${name} was not found in configured module paths`)
  return { name, warnings, result: result.failed === true && result.fields?.timedout !== undefined ? { ...result, msg: 'Timeout exceeded' } : result }
}

function combined(ended: readonly Ended[]): ModuleResult {
  const skipped = ended.filter(({ result }) => result.skipped === true)
  const failed = ended.filter(({ result }) => result.failed === true)
  const good = ended.filter((one) => !skipped.includes(one) && !failed.includes(one))
  const facts = { ...mergedFacts(good.map(({ result }) => result.fields?.ansible_facts)), _ansible_facts_gathered: true }
  const unknown = good.find(({ result }) => result.unknown === true)
  return {
    changed: false,
    ...failed.length > 0 && { failed: true, msg: `The following modules failed to execute: ${failed.map(({ name }) => name).join(', ')}\n` },
    ...failed.length === 0 && skipped.length > 0 && { msg: `The following modules were skipped: ${skipped.map(({ name }) => name).join(', ')}\n`, skipped: skipped.length === ended.length },
    ...unknown !== undefined && { unknown: true, msg: unknown.result.msg ?? '' },
    effects: failed.length > 0 ? [] : [...good.flatMap(({ result }) => otherEffects(result)), { kind: 'facts', facts, cacheable: true }],
    fields: {
      ansible_facts: facts,
      ...told(ended),
      ...failed.length > 0 && { failed_modules: resultsOf(failed) },
      ...skipped.length > 0 && { skipped_modules: resultsOf(skipped) },
    },
  }
}

/** The facts themselves are told once, when they are merged. */
function otherEffects({ effects = [], fields }: ModuleResult): NonNullable<ModuleResult['effects']> {
  return effects.filter((effect) => effect.kind !== 'facts' || effect.facts !== fields?.ansible_facts)
}

function told(ended: readonly Ended[]): { readonly [name: string]: Json } {
  const warnings = ended.flatMap(({ result, warnings: own }) => [...own, ...listOf(result.fields?.warnings)])
  const deprecations = ended.flatMap(({ result }) => listOf(result.fields?.deprecations))
  return { ...warnings.length > 0 && { warnings }, ...deprecations.length > 0 && { deprecations } }
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value as readonly Json[] : []
}

function resultsOf(ended: readonly Ended[]): { readonly [name: string]: Json } {
  return Object.fromEntries(ended.map(({ name, result: { changed, failed, skipped, msg, fields } }) =>
    [name, { ...fields, changed, ...failed !== undefined && { failed }, ...skipped !== undefined && { skipped }, ...msg !== undefined && { msg } }]))
}
