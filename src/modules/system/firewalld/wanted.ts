import type { ArgumentsOf } from '../../../module/argument-spec.ts'
import { ModuleFailure } from '../../../module/module.ts'
import type { FIREWALLD_ARGUMENTS } from './arguments.ts'

type Given = ArgumentsOf<typeof FIREWALLD_ARGUMENTS>

/** The one thing that a task is about. */
export interface Item {
  readonly kind: 'element' | 'switch' | 'interface' | 'target' | 'zone'
  /** As firewall-cmd names it: `service`, `rich-rule`. */
  readonly option: string
  readonly value: string
  /** The argument that it came from. */
  readonly argument: string
}

export interface WantedFirewalld extends Given {
  readonly item: Item
  /** For people: `service https`. */
  readonly label: string
  /** What is to be found: `yes`, `no`, or a target. */
  readonly goal: string
  readonly asks: { readonly permanent: boolean, readonly immediate: boolean }
}

/** What was found; null where it is not asked for. */
export interface FirewalldState {
  readonly permanent: string | null
  readonly immediate: string | null
  readonly zone: string
  /** The daemon does not run, so only files can be changed. */
  readonly offline: boolean
}

export function wantedFirewalld(given: Given): WantedFirewalld {
  const item = itemOf(given)
  const broken = RULES.find(([holds]) => holds(given, item))
  if (broken !== undefined) throw new ModuleFailure(broken[1])
  const permanent = given.permanent
  return {
    ...given, item, label: `${item.option}${item.value === '' ? '' : ` ${item.value}`}`, goal: goalOf(given, item),
    asks: { permanent, immediate: given.immediate || !permanent },
  }
}

export function valuesAfter({ goal, asks, item, target }: WantedFirewalld, before: FirewalldState): FirewalldState {
  const after = (value: string | null): string | null => value === null ? null : item.kind === 'target' && goal === 'default' && value !== target ? value : goal
  return { ...before, permanent: asks.permanent ? after(before.permanent) : null, immediate: asks.immediate ? after(before.immediate) : null }
}

function itemOf(given: Given): Item {
  const simple = SIMPLE.find((name) => given[name] !== undefined)
  if (simple !== undefined) return { kind: simple === 'interface' ? 'interface' : 'element', option: simple.replaceAll('_', '-'), value: given[simple]?.trim() ?? '', argument: simple }
  const turned = SWITCHES.find((name) => given[name] !== undefined)
  if (turned !== undefined) return { kind: 'switch', option: turned.replaceAll('_', '-'), value: '', argument: turned }
  if (given.target !== undefined) return { kind: 'target', option: 'target', value: given.target, argument: 'target' }
  if (given.port_forward !== undefined) return { kind: 'element', option: 'forward-port', value: forwardText(given.port_forward), argument: 'port_forward' }
  return { kind: 'zone', option: 'zone', value: given.zone ?? '', argument: 'zone' }
}

const SIMPLE = ['service', 'protocol', 'port', 'rich_rule', 'source', 'interface', 'icmp_block'] as const
const SWITCHES = ['forward', 'masquerade', 'icmp_block_inversion'] as const

function forwardText(forwards: NonNullable<Given['port_forward']>): string {
  const [forward] = forwards
  if (forward === undefined || forwards.length > 1) throw new ModuleFailure('Only one port forward supported at a time')
  return `port=${forward.port}:proto=${forward.proto}:toport=${forward.toport}:toaddr=${forward.toaddr ?? ''}`
}

function goalOf(given: Given, { kind, argument, value }: Item): string {
  const on = given.state === 'enabled' || given.state === 'present'
  if (kind === 'target') return on ? value : 'default'
  const isInverted = kind === 'switch' && given[argument as typeof SWITCHES[number]] === false
  return on === isInverted ? 'no' : 'yes'
}

const RULES: readonly (readonly [(given: Given, item: Item) => boolean, string])[] = [
  [({ interface: name, zone }) => name !== undefined && zone === undefined, "missing parameter(s) required by 'interface': zone"],
  [({ target, zone }) => target !== undefined && zone === undefined, "missing parameter(s) required by 'target': zone"],
  [({ offline, permanent }) => offline && !permanent, 'offline cannot be enabled unless permanent changes are allowed'],
  [({ port }) => port !== undefined && !/^[^/]+\/[^/]+$/.test(port.trim()), 'improper port format (missing protocol?)'],
  [({ state }, { kind }) => (state === 'absent' || state === 'present') && kind !== 'zone' && kind !== 'target', 'absent and present state can only be used in zone level operations'],
  [({ zone }, { kind }) => kind === 'zone' && zone === undefined, 'Nothing to do: give a service, a port, a rule, a zone ...'],
  [({ state }, { kind }) => kind === 'zone' && (state === 'enabled' || state === 'disabled'), 'A zone itself is present or absent'],
  [({ permanent, immediate }, { kind }) => (kind === 'zone' || kind === 'target') && (!permanent || immediate), "Zone operations must be permanent. Make sure you didn't set the 'permanent' flag to 'false' or the 'immediate' flag to 'true'."],
]
