import type { Remote } from '../remote/remote.ts'
import type { Effects } from '../remote/write.ts'
import type { Json, JsonObject } from '../value/value.ts'
import type { ArgumentSpec, ArgumentsOf } from './argument-spec.ts'
import type { Controller } from './controller.ts'

/** Any module, whatever its arguments. */
// Erased on purpose: the registry holds modules of every spec, and only `defineModule` knows how they fit together.
export type Module = StateModule<never, never, never> | ActionModule<never>

interface ModuleBase<Spec extends ArgumentSpec> {
  /** Short name, as in `ansible.builtin.NAME`. */
  readonly name: string
  /** Other names it answers to: `community.general.ini_file`, `systemd_service`. */
  readonly aliases?: readonly string[]
  readonly summary: string
  readonly args: Spec
  /** The argument that free text (`command: ls /`) goes into. */
  readonly freeForm?: keyof Spec & string
  /** Arguments of which at most one, or at least one, or all or none, may be given; and conditional requirements. */
  readonly constraints?: Constraints
  /** What a run says of a missing argument, where playbooks look for certain words; `''` is for what `oneOf` misses. */
  readonly missing?: Readonly<Record<string, string>>
  /** What it says of an argument that it cannot take, likewise. */
  readonly refusals?: Readonly<Record<string, string>>
  /** Of arguments that it does not know it says which it takes, as modules of hosts do. */
  readonly namesSupported?: boolean
  /** Its result tells differences as a list, be it of one, as Ansible's does. */
  readonly listsDiffs?: boolean
  /** Extra arguments are kept instead of refused (`set_fact`). */
  readonly acceptsAnyArgument?: boolean
  /** Its arguments are its own business: `args` has but those that are secret, at whatever depth they stand. */
  readonly hasOwnSpec?: boolean
  /** Its questions depend on the task's environment too (`HOME` of git, `PATH`): they are asked within it. */
  readonly asksInEnvironment?: boolean
  /** A task of it with `async` fails, as in Ansible: one might believe that it lives on when the run is over, as a command does. */
  readonly refusesAsync?: boolean
  /** It sees to `async` and `poll` itself, by `controller.background`; its result is the task's. */
  readonly ownsAsync?: boolean
  /** A task of it with `check_mode` in a run that is none is skipped, as in Ansible: what it brings is not there for the tasks after it. */
  readonly skippedByCheckMode?: boolean
  readonly examples: readonly Example[]
  /** All that it may change, told by its arguments alone: in check mode that is not known after a task that cannot be told. Absent: the paths among its arguments. */
  readonly touches?: (args: ArgumentsOf<Spec>) => Effects
  /** What its author wrote of it, where its arguments are its own business. */
  readonly documentation?: () => string | undefined
  /** Why it cannot be used although it is there, where that is so. */
  readonly obstacle?: () => Obstacle | undefined
}

export interface Obstacle {
  readonly summary: string
  readonly hint?: string
}

export interface Constraints {
  readonly exclusive?: readonly (readonly string[])[]
  readonly oneOf?: readonly (readonly string[])[]
  readonly together?: readonly (readonly string[])[]
  /** `[argument, value, needed arguments]`. */
  readonly requiredIf?: readonly (readonly [string, Json, readonly string[]])[]
  /** Where all of some arguments have these values, at least one of others is needed. */
  readonly requiredAnyIf?: readonly AnyNeeded[]
}

export interface AnyNeeded {
  readonly when: JsonObject
  readonly any: readonly string[]
}

export interface Example {
  readonly name: string
  readonly args: JsonObject
  /** Why each further run changes something again; absent: the second one changes nothing. */
  readonly again?: string
}

/** Manages a piece of state. Knows nothing of check mode, diffs, journal or undo: the engine has them from `{before, after}`. */
export interface StateModule<Spec extends ArgumentSpec, Wanted, State> extends ModuleBase<Spec> {
  readonly kind: 'state'
  /** Work on the controller before looking at the host: find and read files, render templates. Default: the arguments themselves. */
  readonly prepare?: (args: ArgumentsOf<Spec>, controller: Controller) => Promise<Wanted>
  /** Reads what is there; no writes. May be called ahead of the task's turn, and again. */
  readonly observe: (wanted: Wanted, remote: Remote) => Promise<State>
  /** What must change, if anything. Pure and synchronous. Throws `ModuleFailure` when the state cannot be reached. */
  readonly diff: (wanted: Wanted, before: State) => Change<State> | undefined
  /** Makes it so, by the remote's typed writes wherever one fits. What it returns is added to the task's result. */
  readonly apply: (wanted: Wanted, change: Change<State>, remote: Remote) => Promise<JsonObject | undefined>
  /** Fields of the task's result besides `changed` and `diff`. */
  readonly result?: (wanted: Wanted, state: State) => JsonObject
  /** What a person should know of a prediction, asked in check mode only: it is told as warnings, of failures too. */
  readonly cautions?: (wanted: Wanted, remote: Remote) => Promise<readonly string[]>
  /** Paths whose content `apply` destroys: the engine journals it before. */
  readonly destroys?: (wanted: Wanted, change: Change<State>) => readonly string[]
  /**
   * What `apply` will have done, for modules whose `apply` cannot be told by typed writes (it needs answers of commands).
   * In check mode the engine then believes these effects instead of calling `apply`.
   */
  readonly effects?: (wanted: Wanted, change: Change<State>) => Effects
  /** `apply` may change other hosts too, behind the back of their conversations: every answer about every host is dropped after it. */
  readonly reachesOthers?: boolean
  /** `swap` unless a change cannot be taken back; then why. A function where that depends on the change. */
  readonly undo?: Undo | ((wanted: Wanted, change: Change<State>) => Undo)
}

/** A change is taken back by `apply` with before and after swapped, or not at all. */
export type Undo = 'swap' | { readonly impossible: string }

export interface Change<State> {
  readonly before: State
  readonly after: State
  /** What `--diff` shows; several for several files. Absent: before and after as YAML. */
  readonly diff?: readonly TextDiff[]
  /** Fields of the task's result that only the change can tell (`msg: line added`), in check mode too. */
  readonly fields?: JsonObject
}

export interface TextDiff {
  readonly before: string
  readonly after: string
  readonly beforeHeader?: string
  readonly afterHeader?: string
  /** The same in the words of the program that makes the change, which results tell too. */
  readonly prepared?: string
}

/** Does something rather than keeping something so: `command`, `uri`, `wait_for`, `debug`. */
export interface ActionModule<Spec extends ArgumentSpec> extends ModuleBase<Spec> {
  readonly kind: 'action'
  /** `controller` never touches the target, so no connection is made for it. */
  readonly where: 'host' | 'controller'
  /**
   * What check mode does. `run`: the action changes nothing, so it runs for real. `predict`: `predict` tells the result.
   * `tell`: it runs on the real host, is told so, and changes nothing then. A pure action's run may also be asked ahead of its turn.
   */
  readonly check: 'run' | 'predict' | 'tell'
  /** All that `run` does is one command, so that `async` with `poll: 0` may leave it running on the host when the run is over. Results tell it as words or as a line. */
  readonly detaches?: 'words' | 'line'
  /** It runs others in its place, by `controller.task.instead`. */
  readonly callsOthers?: boolean
  /** With `async` and `poll: 0` it is told the job's name, leaves it running on the host, and returns at once. */
  readonly startsJobs?: boolean
  /** Reads that `run` and `predict` begin with: the engine may ask them ahead of the task's turn, as it does for state modules. */
  readonly observe?: (args: ArgumentsOf<Spec>, remote: Remote) => Promise<unknown>
  readonly run: (args: ArgumentsOf<Spec>, context: ActionContext) => Promise<ModuleResult>
  /** What `run` would return; `unknown: true` when only running it can tell. The remote is the predicted one. */
  readonly predict?: (args: ArgumentsOf<Spec>, context: ActionContext) => Promise<ModuleResult>
}

export interface ActionContext {
  readonly remote: Remote
  readonly controller: Controller
}

/** A task's result as registered. Fields besides these are the module's own; all of it is data. */
export interface ModuleResult {
  readonly changed: boolean
  readonly failed?: boolean
  readonly skipped?: boolean
  readonly msg?: string
  /** In check mode: the outcome cannot be told without running it. */
  readonly unknown?: boolean
  /** Fields of the result that only a run could tell: they become `Unknown` values. */
  readonly unknownFields?: readonly string[]
  /** In check mode: that it changes something is known, though not all that it returns. */
  readonly certain?: boolean
  readonly diff?: readonly TextDiff[]
  /** What the run's own state gains: facts, hosts, groups, stats. */
  readonly effects?: readonly ControlEffect[]
  readonly fields?: JsonObject
}

export type ControlEffect =
  | { readonly kind: 'facts', readonly facts: JsonObject, readonly cacheable?: boolean }
  /** Variables of the `set_fact` level. Values come from the task's evaluated arguments. */
  | { readonly kind: 'variables', readonly variables: JsonObject }
  /** Variables of the `include_vars` level: loaded from a source file, so they may hold templates; a path to load. */
  | { readonly kind: 'include-vars', readonly files: readonly string[], readonly name?: string, readonly merge?: boolean }
  | { readonly kind: 'add-host', readonly name: string, readonly groups: readonly string[], readonly variables: JsonObject }
  | { readonly kind: 'add-to-groups', readonly groups: readonly string[], readonly parents: readonly string[] }
  | { readonly kind: 'stats', readonly data: JsonObject, readonly perHost: boolean, readonly aggregate: boolean }
  /** Services or the machine came back different: forget connections (`reset_connection`, reboot). */
  | { readonly kind: 'reset-connection' }

/** The state cannot be reached, or the action failed: becomes a failed outcome with these fields. */
export class ModuleFailure extends Error {
  readonly kind = 'module'
  readonly fields: JsonObject

  constructor(message: string, fields: JsonObject = {}) {
    super(message)
    this.name = 'ModuleFailure'
    this.fields = fields
  }
}
