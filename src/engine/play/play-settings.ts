import type { Diagnostic } from '../../diagnostics/types.ts'
import type { Play } from '../../playbook/ast.ts'
import type { Scope } from '../../template/types.ts'
import { Omit } from '../../value/omit.ts'
import { requireKnown } from '../../value/require-known.ts'
import type { Value } from '../../value/value.ts'
import type { RunContext } from '../run-context.ts'
import { asBoolean, asNumber, asText, asTexts } from '../task/keyword.ts'

/** What a play says about itself, evaluated before any host is looked at. */
export interface PlaySettings {
  readonly name: string
  /** As `order` wants them. */
  readonly hosts: readonly string[]
  /** The same hosts as the inventory has them. */
  readonly selected: readonly string[]
  readonly serial: Value | undefined
  readonly strategy: string
  readonly failureLimit: number | undefined
  readonly forceHandlers: boolean
  readonly gatherFacts: boolean
  readonly check: boolean
}

/** Variables that belong to no host: those of the play, of `-e`, of group `all`. */
const NO_HOST = ''

export function playSettings(run: RunContext, play: Play, warn?: (diagnostic: Diagnostic) => void): PlaySettings {
  const { variables, inventory, options, templar, config } = run.request
  const scope: Scope = variables.scope({ host: NO_HOST, play, magic: new Map([['playbook_dir', play.folder]]) })
  const evaluate = (raw: Value | undefined) => {
    const value = raw === undefined ? undefined : requireKnown(templar.evaluate(raw, scope))
    return value instanceof Omit || value === null ? undefined : value
  }
  const { keywords } = play
  const patterns = asTexts(evaluate(play.hosts))
  const choice = { ...(options.limit !== undefined && { limit: options.limit }), ...(warn ? { warn } : { mismatch: 'ignore' as const }) }
  const limit = evaluate(keywords.maxFailPercentage)
  const selected = inventory.select(patterns, choice)
  return {
    name: asText(evaluate(play.name)) ?? patterns.join(','),
    hosts: inOrder(selected, asText(evaluate(keywords.order))),
    selected,
    serial: evaluate(keywords.serial),
    strategy: asText(evaluate(keywords.strategy)) ?? config.get('DEFAULT_STRATEGY'),
    failureLimit: limit === undefined ? undefined : asNumber(percentage(limit), 0),
    forceHandlers: asBoolean(evaluate(keywords.forceHandlers), config.get('DEFAULT_FORCE_HANDLERS')),
    check: asBoolean(evaluate(play.shared.checkMode), options.check),
    gatherFacts: asBoolean(evaluate(keywords.gatherFacts), config.get('DEFAULT_GATHERING') !== 'explicit'),
  }
}

function percentage(value: Value): Value {
  return typeof value === 'string' ? value.replace('%', '') : value
}

function inOrder(hosts: readonly string[], order: string | undefined): readonly string[] {
  switch (order) {
    case 'sorted': return hosts.toSorted()
    case 'reverse_sorted': return hosts.toSorted().reverse()
    case 'reverse_inventory': return hosts.toReversed()
    case 'shuffle': return shuffled(hosts)
    default: return hosts
  }
}

function shuffled(hosts: readonly string[]): readonly string[] {
  return hosts.map((host) => ({ host, place: Math.random() })).sort((a, b) => a.place - b.place).map(({ host }) => host)
}
