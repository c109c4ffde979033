import { ModuleFailure } from '../../module/module.ts'
import { COLLECTORS, type Collector } from './collectors.ts'

/**
 * The collectors that a `gather_subset` asks for: the minimum and what is named, less what `!` takes away, and what those require.
 * What is named stays, whatever is taken away; so `!hardware` alone is no more than the minimum, and `all, !mounts` still has all of the hardware, as in Ansible.
 */
export function chosenCollectors(subsets: readonly string[]): readonly Collector[] {
  const asked = subsets.length === 0 ? ['all'] : subsets
  const named = asked.filter((subset) => !subset.startsWith('!') && subset !== 'all' && subset !== 'min')
  for (const name of named) mustBeKnown(name)
  const removed = new Set(asked.filter((subset) => subset.startsWith('!')).flatMap((subset) => takenAway(subset.slice(1))))
  const added = [...MINIMUM, ...asked.includes('all') ? NAMES : []].filter((name) => !removed.has(name))
  return withRequired(new Set([...added, ...named]))
}

const NAMES: readonly string[] = COLLECTORS.flatMap(namesOf)
const MINIMUM: readonly string[] = COLLECTORS.filter(({ isMinimal }) => isMinimal).map(({ name }) => name)

function namesOf({ name, facts }: Collector): readonly string[] {
  return [name, ...facts]
}

function mustBeKnown(name: string): void {
  if (!NAMES.includes(name)) throw new ModuleFailure(`Bad subset '${name}' given to Ansible. gather_subset options allowed: all, ${[...NAMES].sort().join(', ')}`)
}

/** `!all` leaves the minimum, and a name that is none takes nothing away. */
function takenAway(subset: string): readonly string[] {
  if (subset === 'all') return NAMES.filter((name) => !MINIMUM.includes(name))
  if (subset === 'min') return MINIMUM
  const collector = COLLECTORS.find(({ name }) => name === subset)
  return collector === undefined ? [subset] : namesOf(collector)
}

function withRequired(names: ReadonlySet<string>): readonly Collector[] {
  const direct = COLLECTORS.filter((collector) => namesOf(collector).some((name) => names.has(name)))
  const required = new Set(direct.flatMap(({ requires }) => requires))
  return COLLECTORS.filter((collector) => direct.includes(collector) || required.has(collector.name))
}
