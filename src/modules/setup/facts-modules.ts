import type { TaskTraits } from '../../module/controller.ts'
import { textOf } from '../../value/text.ts'
import { isJsonObject } from '../../value/json.ts'
import type { Json, Value } from '../../value/value.ts'

/** The modules that gather facts of a task's host: what the setting names, `smart` being the one for its kind of host. */
export function factsModules(task: TaskTraits): readonly string[] {
  const names = namesIn(task.setting?.('FACTS_MODULES') ?? 'smart')
  if (!names.includes('smart')) return names
  // As in Ansible, that one comes last.
  return [...names.filter((name) => name !== 'smart'), smartModule(task)]
}

/** Network devices have modules of their own; all else is the business of setup. */
function smartModule({ variable }: TaskTraits): string {
  const facts = variable('ansible_facts')
  const system = variable('ansible_network_os') ?? (isJsonObject(facts) ? facts.network_os : undefined)
  if (typeof system !== 'string' || !NETWORK_SYSTEMS.has(system)) return 'ansible.legacy.setup'
  return system.includes('.') ? `${system}_facts` : `ansible.legacy.${system}_facts`
}

const NETWORK_SYSTEMS: ReadonlySet<string> = new Set([
  'asa', 'cisco.asa.asa', 'eos', 'arista.eos.eos', 'frr', 'frr.frr.frr', 'ios', 'cisco.ios.ios', 'iosxr', 'cisco.iosxr.iosxr', 'junos', 'junipernetworks.junos.junos',
  'nxos', 'cisco.nxos.nxos', 'vyos', 'vyos.vyos.vyos', 'exos', 'extreme.exos.exos', 'slxos', 'extreme.slxos.slxos', 'voss', 'extreme.voss.voss', 'ironware', 'community.network.ironware',
])

export interface GivenArguments {
  readonly args: ReadonlyMap<string, Value>
  /** What was not handed on. */
  readonly warnings: readonly string[]
}

/** What of the arguments of gather_facts is for a module. */
export function argumentsFor(name: string, given: ReadonlyMap<string, Value>): GivenArguments {
  const args = new Map([...given].filter(([argument, value]) => argument !== 'parallel' && value !== null))
  if (isSetup(name)) return { args, warnings: [] }
  const warnings = [...SETUP_ARGUMENTS].filter(([argument]) => args.has(argument) && !(argument === 'gather_subset' && isAll(args.get(argument))))
    .map(([argument, called]) => `Not passing ${called}(${textOf(args.get(argument) ?? '')}) to ${name}`)
  for (const argument of SETUP_ARGUMENTS.keys()) args.delete(argument)
  return { args, warnings }
}

const SETUP_ARGUMENTS: ReadonlyMap<string, string> = new Map([['gather_subset', 'subset'], ['gather_timeout', 'timeout'], ['filter', 'filter']])

function isAll(value: Value | undefined): boolean {
  return value === 'all' || (Array.isArray(value) && value.length === 1 && value[0] === 'all')
}

/** Whether a module sees to `gather_timeout` itself. */
export function hasOwnTimeout(name: string): boolean {
  return isSetup(name)
}

function isSetup(name: string): boolean {
  return /^(?:ansible\.(?:builtin|legacy)\.)?setup$/.test(name)
}

function namesIn(value: Json): readonly string[] {
  const names: readonly Json[] = Array.isArray(value) ? value : typeof value === 'string' ? value.split(',') : []
  return names.filter((name) => typeof name === 'string').map((name) => name.trim()).filter((name) => name !== '')
}
