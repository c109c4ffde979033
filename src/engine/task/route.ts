import type { Scope } from '../../template/types.ts'
import type { Route } from '../session-pool.ts'
import { becomeOf } from './become.ts'
import { connectionTarget } from './connection-target.ts'
import { asBoolean, keyword } from './keyword.ts'
import { scopeOn, type Site } from './site.ts'

/** How to reach the host that does the task, as whom, and whether to predict only. */
export function routeOf(site: Site, delegate: string | undefined): Route {
  return routeTo(site, delegate ?? site.host)
}

export function routeTo(site: Site, host: string): Route {
  return site.play.run.routes.route(site, host, (watched) => {
    const scope: Scope = watched(host === site.host ? site.scope : scopeOn(site, host))
    return { target: connectionTarget(site, host, scope), become: becomeOf(site, scope), predicted: isPredicted(site) }
  })
}

/** Whether the task only predicts: `check_mode` of the task wins over the run's option. */
function isPredicted(site: Site): boolean {
  return asBoolean(keyword(site, 'checkMode'), site.play.run.request.options.check)
}
