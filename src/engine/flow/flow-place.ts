import type { Step } from '../plan/steps.ts'
import type { PlayContext } from '../play/play-context.ts'
import type { Parted } from './parted.ts'

/** Where in the play steps run. */
export interface FlowPlace {
  readonly play: PlayContext
  /** Within a block that has a rescue section: a failure here is not final. */
  readonly rescuable: boolean
  /** Within an always section, which runs even after a fatal failure. */
  readonly always: boolean
  /** Hosts whose failures `clear_host_errors` took back, one set for each always section around, innermost last. */
  readonly pardons: readonly Set<string>[]
  /** Runs steps from within a step: handlers, included tasks. */
  readonly walk: Walk
}

export type Walk = (steps: readonly Step[], hosts: readonly string[], at: FlowPlace) => Promise<Parted>
