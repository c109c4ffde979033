import type { Keywords, RoleUse } from '../../playbook/ast.ts'
import type { Scope } from '../../template/types.ts'
import { TemplateString } from '../../value/template-string.ts'
import type { Dict } from '../../value/value.ts'
import type { Route } from '../session-pool.ts'
import type { Site } from './site.ts'

/**
 * Ways to hosts that have been worked out: about thirty variables decide on one, and they hardly ever change.
 * Whoever changes a variable they may hang on calls `forget`.
 */
export class RouteCache {
  readonly #routes = new Map<string, Route>()
  readonly #roles = new WeakMap<RoleUse, number>()
  #lastRole = 0

  /** The route that `make` yields, which is kept unless a template had a part in it. */
  route(site: Site, host: string, make: (scope: (scope: Scope) => Scope) => Route): Route {
    const key = this.#key(site, host)
    const known = key === undefined ? undefined : this.#routes.get(key)
    if (known) return known
    let isFixed = true
    const route = make((scope) => watched(scope, () => { isFixed = false }))
    if (key !== undefined && isFixed) this.#routes.set(key, route)
    return route
  }

  forget(): void {
    this.#routes.clear()
  }

  /** Undefined where the task's own variables or keywords may make a difference. */
  #key(site: Site, host: string): string | undefined {
    const { play, step: { frame } } = site
    const keywords = DECISIVE.map((name) => frame.keywords[name])
    if (keywords.some((value) => typeof value === 'object' && value !== null)) return undefined
    if ([...frame.taskVars, ...frame.includeParameters, site.special].some(namesConnection)) return undefined
    return JSON.stringify([play.address.index, site.host, host, frame.role ? this.#roleNumber(frame.role) : 0, ...keywords])
  }

  #roleNumber(role: RoleUse): number {
    const number = this.#roles.get(role) ?? ++this.#lastRole
    this.#roles.set(role, number)
    return number
  }
}

const DECISIVE = [
  'connection', 'port', 'remoteUser', 'become', 'becomeUser', 'becomeMethod', 'becomeFlags', 'becomeExe', 'checkMode',
] as const satisfies readonly (keyof Keywords)[]

/** Loop variables of Ansible's own are no connection variables. */
const HARMLESS = /^ansible_(?:loop|index|failed)/

/** Whether a name may be one that connections are made by. */
export function isConnectionName(name: unknown): boolean {
  return typeof name === 'string' && name.startsWith('ansible_') && !HARMLESS.test(name)
}

function namesConnection(dict: Dict): boolean {
  for (const name of dict.keys()) if (isConnectionName(name)) return true
  return false
}

function watched(scope: Scope, sawTemplate: () => void): Scope {
  return {
    ...scope,
    get(name) {
      const value = scope.get(name)
      if (value instanceof TemplateString) sawTemplate()
      return value
    },
  }
}
