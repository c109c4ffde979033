import type { Scope } from '../../template/types.ts'
import type { Dict, Value } from '../../value/value.ts'
import type { ScopePlace } from '../../variables/host-variables.ts'
import { LazyDict } from '../../value/lazy-dict.ts'
import type { TaskStep } from '../plan/steps.ts'
import type { PlayContext } from '../play/play-context.ts'
import { connectionFallback } from './connection-fallbacks.ts'
import { asText, keyword, KeywordError } from './keyword.ts'
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
  /** The host that does the task in this one's place, when there is one; worked out once. */
  readonly delegate: () => string | undefined
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
  return siteAt({ play, step, host, shares, special: new Map(), ahead })
}

/** The same site with more special variables. */
export function withSpecial(site: Site, entries: Iterable<readonly [string, Value]>): Site {
  return siteAt({ ...site, special: new Map([...site.special, ...entries]) })
}

class NobodyError extends KeywordError {}

/** As in ansible-core, a task delegated to a host without a name fails whatever its condition says; one whose delegate cannot be told yet may still be skipped. */
export function refuseNobody(site: Site): void {
  try {
    site.delegate()
  } catch (error) {
    if (error instanceof NobodyError) throw error
  }
}

/** What the task would see on another host: for the connection variables of a delegate. */
export function scopeOn(site: Site, host: string): Scope {
  const there = scopeOf({ ...site, host, delegate: nobody }, () => withVariables(site))
  const ofTask = { ...there, get: (name: string) => name === 'inventory_hostname' ? site.host : there.get(name) }
  // What the task itself says is meant as seen from its own host; what is said of the delegate, as seen from there.
  const isOfTask = (name: string): boolean => [...site.step.frame.taskVars, ...site.step.frame.includeParameters, site.special].some((dict) => dict.has(name))
  return { ...there, get: (name) => isOfTask(name) ? seen(site, ofTask, name) : there.get(name) }
}

function seen({ play }: Place, scope: Scope, name: string): Value | undefined {
  const raw = scope.get(name)
  return raw === undefined ? undefined : play.run.request.templar.evaluate(raw, scope)
}

type Place = Omit<Site, 'scope' | 'delegate'>

function siteAt(place: Place): Site {
  const delegate = place.step.frame.keywords.delegateTo === undefined ? nobody : delegateOnce(place)
  return { ...place, delegate, scope: scopeOf({ ...place, delegate }) }
}

function nobody(): undefined {
  return undefined
}

/** A template may name another host each time that it is asked. What it sees does not hang on who that is. */
function delegateOnce(place: Place): () => string | undefined {
  let found: { readonly name: string | undefined } | undefined
  return () => (found ??= { name: named(asText(keyword({ ...place, delegate: nobody, scope: scopeOf({ ...place, delegate: nobody }) }, 'delegateTo'))) }).name
}

function named(host: string | undefined): string | undefined {
  if (host === '') throw new NobodyError('Cannot delegate: Empty hostname produced from delegate_to')
  return host
}

/** Keywords are the task's own: whoever does it, they are meant as `asker` sees them. */
function scopeOf(place: Omit<Site, 'scope'>, asker?: () => Site): Scope {
  const { ahead } = place
  const scope = variablesOf(place)
  return {
    get(name) {
      if (name === 'ansible_delegated_vars') return delegatedVars(place)
      if (name === 'ansible_host') return scope.get(name) ?? scope.get('ansible_ssh_host') ?? addressOf(place)
      const found = scope.get(name)
      return found === undefined ? connectionFallback(name, asker ?? (() => withVariables(place)), scope) : found
    },
    names: () => scope.names(),
    ...(ahead && { ahead }),
  }
}

/** The place as it looks without what is worked out: keywords may be written in terms of the variables that fall back on them. */
function withVariables(place: Omit<Site, 'scope'>): Site {
  return { ...place, delegate: nobody, scope: variablesOf(place) }
}

function variablesOf(place: Omit<Site, 'scope'>): Scope {
  return place.play.run.request.variables.scope(variablePlace(place, place.special))
}

/** Where nobody says otherwise a host is reached by its name; a delegated task sees the address of who does it. */
function addressOf(place: Omit<Site, 'scope'>): Value {
  const delegate = place.delegate()
  if (delegate === undefined) return place.host
  const scope = scopeOf({ ...place, host: delegate, delegate: nobody })
  return place.play.run.request.templar.evaluate(scope.get('ansible_host') ?? delegate, scope)
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

/** What the task would see on the host that does it, under that one's name; but it is still the task of the first. */
function delegatedVars(place: Omit<Site, 'scope'>): Value | undefined {
  const name = place.delegate()
  if (name === undefined) return undefined
  const { templar } = place.play.run.request
  const scope = scopeOf({ ...place, host: name, delegate: nobody })
  const dict = new LazyDict({
    keys: () => [...scope.names()].filter((key) => !ENDLESS.has(key)),
    get(key) {
      if (key === 'inventory_hostname') return place.host
      const raw = typeof key === 'string' ? scope.get(key) : undefined
      return raw === undefined ? undefined : templar.evaluate(raw, scope)
    },
  })
  return new Map<Value, Value>([[name, dict]])
}

/** Whoever prints them all would never end. */
const ENDLESS: ReadonlySet<string> = new Set(['hostvars', 'vars', 'ansible_delegated_vars'])
