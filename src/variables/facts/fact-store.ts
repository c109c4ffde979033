import type { Dict, Value } from '../../value/value.ts'
import { injectable } from './clean-facts.ts'
import type { FactCache } from './fact-cache.ts'

/** Facts by host: as they were gathered, as `ansible_facts`, and as variables of their own. */
export class FactStore {
  readonly #cache: FactCache
  readonly #injects: boolean
  readonly #known = new Map<string, HostFacts | undefined>()

  constructor(cache: FactCache, injects: boolean) {
    this.#cache = cache
    this.#injects = injects
  }

  add(host: string, facts: Dict): void {
    const all: Dict = new Map([...this.raw(host) ?? [], ...facts])
    this.#known.set(host, new HostFacts(all))
    this.#cache.set(host, all)
  }

  clear(host: string): void {
    this.#known.set(host, undefined)
    this.#cache.delete(host)
  }

  /** As they were gathered. */
  raw(host: string): Dict | undefined {
    return this.#of(host)?.raw
  }

  /** `{ansible_facts: …}`: empty before anything is known. */
  named(host: string): Dict {
    return this.#of(host)?.named ?? NOTHING
  }

  /** Variables of their own. `ansible_local` always is. */
  injected(host: string): Dict | undefined {
    const facts = this.#of(host)
    return this.#injects ? facts?.injected : facts?.local
  }

  #of(host: string): HostFacts | undefined {
    if (!this.#known.has(host)) {
      const cached = host === '' ? undefined : this.#cache.get(host)
      this.#known.set(host, cached && new HostFacts(cached))
    }
    return this.#known.get(host)
  }
}

const NOTHING: Dict = new Map([['ansible_facts', new Map<Value, Value>()]])

class HostFacts {
  readonly raw: Dict
  readonly named: Dict
  readonly injected: Dict
  readonly local: Dict

  constructor(raw: Dict) {
    this.raw = raw
    this.named = new Map([['ansible_facts', new Map([...raw].map(([key, value]) => [factName(key), value]))]])
    this.injected = injectable(raw)
    this.local = new Map([...raw].filter(([key]) => key === 'ansible_local'))
  }
}

/** Below `ansible_facts` names have no `ansible_`; `ansible_local` keeps it. */
function factName(key: Value): Value {
  return typeof key === 'string' && key.startsWith('ansible_') && key !== 'ansible_local' ? key.slice('ansible_'.length) : key
}
