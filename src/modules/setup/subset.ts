import { ModuleFailure } from '../../module/module.ts'
import { COLLECTORS, type Collector } from './collectors.ts'

/** The collectors that a `gather_subset` asks for: `min` and what is named besides, less what is taken away by `!`. So `!hardware` alone is no more than `min`, as in Ansible. */
export function chosenCollectors(subsets: readonly string[]): readonly Collector[] {
  const added = subsets.filter((subset) => !subset.startsWith('!')).map((subset) => [subset, matching(subset)] as const)
  const removed = new Set(subsets.filter((subset) => subset.startsWith('!')).flatMap((subset) => taken(subset.slice(1))))
  const named = new Set(added.filter(([subset]) => subset !== 'all' && subset !== 'min').flatMap(([, collectors]) => collectors))
  const base = new Set([...subsets.length === 0 ? COLLECTORS : added.flatMap(([, collectors]) => collectors), ...matching('min')])
  return COLLECTORS.filter((collector) => base.has(collector) && (named.has(collector) || !removed.has(collector)))
}

function matching(subset: string): readonly Collector[] {
  const found = called(subset)
  if (found.length > 0 || FOREIGN.includes(subset)) return found
  throw new ModuleFailure(`Bad subset '${subset}' given to gather_subset. Allowed: all, min, hardware, network, virtual, ${COLLECTORS.flatMap(({ names }) => names).sort().join(', ')}`)
}

function called(subset: string): readonly Collector[] {
  return subset === 'all' ? COLLECTORS : COLLECTORS.filter(({ group, names }) => group === subset || names.includes(subset))
}

// `!all` leaves the minimum, and a name that is none takes nothing away, as Ansible has it.
function taken(subset: string): readonly Collector[] {
  return subset === 'all' ? COLLECTORS.filter(({ group }) => group !== 'min') : called(subset)
}

/** Names of Ansible's that bring nothing here. */
const FOREIGN = ['facter', 'ohai', 'fibre_channel_wwn', 'sysctl']
