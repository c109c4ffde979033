import type { Diagnostic, SourceRange } from '../diagnostics/types.ts'
import type { TextDiff } from '../module/module.ts'
import type { JsonObject } from '../value/value.ts'
import type { Outcome } from './outcome.ts'

/** Everything that happens in a run, in order. Consumers switch on `kind`; values are masked before they get here. */
export type RunEvent =
  | RunStarted | PlayStarted | PlaySkipped | TaskStarted | HostStarted | ItemEnded | HostEnded | TaskRetried | TaskEnded
  | Included | HandlerNotified | ChangeBegun | ChangeEnded | Warned | Displayed | FactsGathered | StatsSet | RunEnded

export interface RunStarted {
  readonly kind: 'run-started'
  readonly id: string
  readonly time: string
  readonly playbooks: readonly string[]
  readonly options: ToldOptions
}
/** What the run was asked to do, as far as it concerns those who read of it. */
interface ToldOptions {
  readonly check: boolean
  readonly diff: boolean
  readonly forks: number
  readonly verbosity: number
  readonly tags: readonly string[]
  readonly skipTags: readonly string[]
  readonly limit: string | undefined
}
export interface PlayStarted { readonly kind: 'play-started', readonly play: PlayAddress, readonly hosts: readonly string[] }
export interface PlaySkipped { readonly kind: 'play-skipped', readonly play: PlayAddress, readonly reason: 'no-hosts-matched' | 'no-hosts-remaining' }
export interface TaskStarted { readonly kind: 'task-started', readonly task: TaskAddress, readonly hosts: number }
export interface HostStarted { readonly kind: 'host-started', readonly task: TaskAddress, readonly host: string }
/** One item of a task's loop is through. */
export interface ItemEnded {
  readonly kind: 'item-ended'
  readonly task: TaskAddress
  readonly host: string
  readonly label: string
  readonly outcome: Outcome
  readonly diff: readonly TextDiff[]
  readonly delegate?: string
  readonly args?: JsonObject
}
export interface HostEnded {
  readonly kind: 'host-ended'
  readonly task: TaskAddress
  readonly host: string
  readonly outcome: Outcome
  readonly diff: readonly TextDiff[]
  /** The host that did it, when delegated. */
  readonly delegate?: string
  /** Outcome is of a task with a loop: items were reported before. */
  readonly looped: boolean
  readonly seconds: number
  /** Evaluated arguments, masked; for failures and -vvv. */
  readonly args?: JsonObject
}
/** An attempt did not satisfy `until`; `left` more are made. */
export interface TaskRetried {
  readonly kind: 'task-retried'
  readonly task: TaskAddress
  readonly host: string
  readonly attempt: number
  readonly left: number
  readonly outcome: Outcome
}
export interface TaskEnded { readonly kind: 'task-ended', readonly task: TaskAddress }
/** Hosts go through a file of tasks, or a role, that a task includes; `path` is a role's name. */
export interface Included { readonly kind: 'included', readonly task: TaskAddress, readonly path: string, readonly hosts: readonly string[], readonly label?: string }
export interface HandlerNotified { readonly kind: 'handler-notified', readonly host: string, readonly handler: string }
/** Written and synced by the journal before the change is made. */
export interface ChangeBegun {
  readonly kind: 'change-begun'
  readonly change: string
  readonly task: TaskAddress
  readonly host: string
  readonly module: string
  /** Evaluated arguments, masked. */
  readonly args: JsonObject
  readonly before: JsonObject
  readonly after: JsonObject
  readonly destroyed: readonly DestroyedContent[]
  readonly undo: 'swap' | { readonly impossible: string }
}
export interface ChangeEnded { readonly kind: 'change-ended', readonly change: string, readonly host: string, readonly result: 'made' | 'failed' }
export interface Warned { readonly kind: 'warned', readonly diagnostic: Diagnostic, readonly host?: string }
export interface Displayed { readonly kind: 'displayed', readonly text: string, readonly verbosity: number }
export interface FactsGathered { readonly kind: 'facts-gathered', readonly host: string }
export interface StatsSet { readonly kind: 'stats-set', readonly host: string | undefined, readonly data: JsonObject }
export interface RunEnded {
  readonly kind: 'run-ended'
  readonly time: string
  readonly exitCode: number
  readonly recap: ReadonlyMap<string, HostRecap>
  readonly figures: RunFigures
}

export interface HostRecap {
  readonly ok: number
  readonly changed: number
  readonly unreachable: number
  readonly failed: number
  readonly skipped: number
  readonly rescued: number
  readonly ignored: number
  readonly unknown: number
}

export interface RunFigures {
  readonly seconds: number
  readonly roundTrips: number
  readonly bytesSent: number
  readonly bytesReceived: number
  /** Task results over all hosts. */
  readonly tasks: number
  /** Round trips by host. */
  readonly roundTripsByHost: ReadonlyMap<string, number>
}

export interface PlayAddress {
  readonly index: number
  readonly name: string
  readonly range: SourceRange | undefined
  readonly strategy?: string
  /** In check mode. */
  readonly check?: boolean
}
export interface TaskAddress {
  /** Unique within the run, in order of appearance; included tasks get new ones. */
  readonly id: number
  readonly play: PlayAddress
  readonly name: string
  readonly role: string | undefined
  readonly module: string
  readonly isHandler: boolean
  /** In check mode. */
  readonly check?: boolean
  readonly range: SourceRange | undefined
  /** As they are written, without secrets; only where a report asks for them. */
  readonly args?: string
}

/** Content that a change is about to overwrite or remove. */
export interface DestroyedContent {
  readonly path: string
  /** sha256 of the stored blob: a file's bytes, or a tar of a folder. */
  readonly blob: string
  readonly form: 'file' | 'tar'
  readonly mode: number
  readonly owner: string
  readonly group: string
}
