import type { Play } from '../../playbook/ast.ts'
import type { PlayAddress } from '../../run/run-event.ts'
import { HandlerTable } from '../flow/handler-table.ts'
import type { RunContext } from '../run-context.ts'
import { hostvarsOf } from './host-scope.ts'
import type { PlayContext } from './play-context.ts'
import type { PlayPlan } from './play-plan.ts'
import { RoleProgress } from './role-progress.ts'
import type { PlaySettings } from './play-settings.ts'

export interface ContextParts {
  readonly run: RunContext
  readonly play: Play
  readonly address: PlayAddress
  readonly hosts: readonly string[]
  readonly batch: readonly string[]
  readonly settings: PlaySettings
  readonly plan: PlayPlan
}

/** A fresh context for a batch. */
export function contextOf({ run, play, address, hosts, batch, settings, plan }: ContextParts): PlayContext {
  const handlers = new HandlerTable()
  handlers.add(plan.handlers)
  const context: PlayContext = {
    run, play, address, hosts, batch, handlers, settings,
    hostvars: hostvarsOf(() => context),
    removed: new Set(hosts.filter((host) => run.failed.has(host) || run.unreachable.has(host))),
    leftEarly: new Set(),
    publicRoles: [],
    includedRoles: [],
    throttles: new Map(),
    tags: new Map(),
    handlerNames: new Map(),
    roles: new RoleProgress(),
    ended: undefined,
  }
  return context
}
