import type { Play, RoleUse } from '../../playbook/ast.ts'
import type { PlayAddress } from '../../run/run-event.ts'
import type { Dict } from '../../value/value.ts'
import type { HandlerNames, HandlerTable } from '../flow/handler-table.ts'
import type { RunContext } from '../run-context.ts'
import type { Semaphore } from '../semaphore.ts'
import type { RoleProgress } from './role-progress.ts'
import type { PlaySettings } from './play-settings.ts'

/** One play as it runs on one batch of hosts. */
export interface PlayContext {
  readonly run: RunContext
  readonly play: Play
  readonly address: PlayAddress
  /** Every host of the play. */
  readonly hosts: readonly string[]
  /** Hosts of this batch, in their order. */
  readonly batch: readonly string[]
  /** Hosts that failed or went away for good. */
  readonly removed: Set<string>
  /** Hosts that `meta: end_host` has led out. */
  readonly leftEarly: Set<string>
  readonly handlers: HandlerTable
  readonly hostvars: Dict
  /** Roles that include_role made public to the rest of the play. */
  readonly publicRoles: RoleUse[]
  /** All roles that include_role brought. */
  readonly includedRoles: RoleUse[]
  /** By task id. */
  readonly throttles: Map<number, Semaphore>
  /** Evaluated tags by task id. */
  readonly tags: Map<number, readonly string[]>
  /** Names of handlers that are no templates, by task id. */
  readonly handlerNames: Map<number, HandlerNames>
  readonly settings: PlaySettings
  readonly roles: RoleProgress
  /** `meta: end_batch`, `end_play`, a failure that is fatal for all, or more failures than are allowed, after which nothing is rescued. */
  ended: 'batch' | 'play' | 'broken' | 'halted' | undefined
}
