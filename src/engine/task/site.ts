import type { Scope } from '../../template/types.ts'
import type { Dict, Value } from '../../value/value.ts'
import type { ScopePlace } from '../../variables/host-variables.ts'
import type { TaskStep } from '../plan/steps.ts'
import type { PlayContext } from '../play/play-context.ts'
import { magicVariables } from './magic-variables.ts'

/** One task on one host, or one loop item of it: where it runs and what it sees. */
export interface Site {
  readonly play: PlayContext
  readonly step: TaskStep
  readonly host: string
  /** Hosts that get the result: the host itself, or all of a run_once task. */
  readonly shares: readonly string[]
  /** Loop variables and the like. */
  readonly special: Dict
  /** Only looked at: its turn has not come. */
  readonly ahead: boolean
  readonly scope: Scope
}

export interface SitePlace {
  readonly play: PlayContext
  readonly step: TaskStep
  readonly host: string
  readonly shares?: readonly string[]
  readonly ahead?: boolean
}

export function openSite({ play, step, host, shares = [host], ahead = false }: SitePlace): Site {
  const special: Dict = new Map()
  return { play, step, host, shares, special, ahead, scope: scopeOf({ play, step, host, ahead }, special) }
}

/** The same site with more special variables. */
export function withSpecial(site: Site, entries: Iterable<readonly [string, Value]>): Site {
  const special: Dict = new Map([...site.special, ...entries])
  return { ...site, special, scope: scopeOf(site, special) }
}

/** What the task would see on another host: for the connection variables of a delegate. */
export function scopeOn(site: Site, host: string): Scope {
  return scopeOf({ ...site, host }, site.special)
}

function scopeOf(place: SitePlace, special: Dict): Scope {
  const { play, host, ahead = false } = place
  const scope = play.run.request.variables.scope(variablePlace(place, special))
  return {
    // Where nobody says otherwise a host is reached by its name.
    get(name) {
      if (name === 'ansible_delegated_vars') return delegatedVars(place, scope)
      return name === 'ansible_host' ? scope.get(name) ?? scope.get('ansible_ssh_host') ?? host : scope.get(name)
    },
    names: () => scope.names(),
    ...(ahead && { ahead }),
  }
}

/** From where a task on a host looks at variables. */
export function variablePlace(place: SitePlace, special: Dict): ScopePlace {
  const { play, step: { frame }, host } = place
  return {
    host,
    play: play.play,
    ...(frame.role && { role: frame.role }),
    publicRoles: play.publicRoles,
    taskVars: frame.taskVars,
    includeParameters: frame.includeParameters,
    special,
    magic: magicVariables(place),
  }
}

/** The variables of the host that does a delegated task, under its name. */
function delegatedVars({ play, step: { frame } }: SitePlace, scope: Scope): Value | undefined {
  const raw = frame.keywords.delegateTo
  const name = raw === undefined ? undefined : play.run.request.templar.evaluate(raw, scope)
  if (typeof name !== 'string') return undefined
  return new Map<Value, Value>([[name, play.hostvars.get(name) ?? new Map<Value, Value>([['inventory_hostname', name], ['ansible_host', name]])]])
}
