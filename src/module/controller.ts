import type { TemplateOptions } from '../template/types.ts'
import type { SettingName } from '../config/settings.ts'
import type { ModuleResult } from './module.ts'
import type { Json, Value } from '../value/value.ts'
import type { Remote } from '../remote/remote.ts'

/** How a template is asked for. */
export interface AskedTemplate {
  /** The name that the task gave. */
  readonly name: string
  /** Where it goes. */
  readonly destination: string
  readonly options?: TemplateOptions
}

/** What a module may use of the control host and of the task it runs for. */
export interface Controller {
  /** Absolute path of a file of the role or playbook: `files/`, `templates/`, `vars/`, then the play's folder. Throws `ModuleFailure` naming the places tried. */
  findFile(name: string, kind: 'files' | 'templates' | 'vars'): string
  /** Whole content; vault-encrypted files arrive decrypted, unless that is not wanted. */
  readFile(path: string, options?: { readonly decrypt?: boolean }): Promise<Buffer>
  /** Renders a template file in the task's scope. `.njk` is Nunjucks, all else is Jinja. */
  renderTemplate(path: string, asked: AskedTemplate): string
  /** Evaluates a bare expression in the task's scope (`assert`); the text comes from the task's own source. */
  condition(expression: Json): boolean
  /** A variable of the task's scope, evaluated; undefined when no source defines it (`debug: var=`). */
  variable(name: string): Json | undefined
  /** The same with its types: floats, dicts with keys of any kind (`validate_argument_spec`). Throws when it uses what is undefined. */
  value(name: string): Value | undefined
  /** The conversation with another host of the inventory, with the same user settings (`synchronize`, `pg_standby`, `pg_merge`). */
  remote(host: string): Promise<Remote>
  /** Ends the connection with the host of the task; its conversation over a new one. */
  reconnect(): Promise<Remote>
  /** The conversation with the control host itself. */
  local(): Promise<Remote>
  /** Asks the person at the terminal; without one, rejects with `ModuleFailure`, or waits `seconds` if given (`pause`). */
  prompt(question: PromptQuestion): Promise<string>
  /** Whether there is somebody to ask. */
  readonly isInteractive: boolean
  /** The task's name as people see it. */
  taskName(): string
  /** How the host of the task is reached, for programs that make their own connection. */
  readonly target: ReachableHost
  /** The task says `delegate_to`, if only to its own host. */
  readonly isDelegated?: boolean
  /** False where the setting jinja2_native is written as false: texts that read like booleans become booleans in set_fact. */
  readonly jinjaIsNative?: boolean
  /** 0 to 5: the number of -v. */
  readonly verbosity: number
  /** `async` and `poll` of a task whose module sees to them itself. */
  readonly background?: { readonly seconds: number, readonly poll: number }
  /** Tasks that were left running. Absent outside a run. */
  readonly jobs?: JobAccess
  /** What the task says besides its module's arguments: for modules that are told what others leave to the engine. */
  readonly task?: TaskTraits
}

/** Both fail where there is no job of that name. */
export interface JobAccess {
  status(jid: string, remote: Remote): Promise<ModuleResult>
  /** Nothing is kept of it. */
  forget(jid: string, remote: Remote): Promise<ModuleResult>
}

export interface TaskTraits {
  /** Nothing may be changed. */
  readonly check: boolean
  readonly diff: boolean
  readonly noLog: boolean
  readonly environment: Readonly<Record<string, string>>
  /** Seconds after which it is given up. */
  readonly seconds: number | undefined
  readonly job?: BackgroundJob
  /** Its evaluated arguments, with the types that plain data does not have: floats, dicts with keys of any kind. */
  readonly values: ReadonlyMap<string, Value>
  /** A variable of the host that does the task, which may be a delegate; undefined when no source defines it. */
  variable(name: string): Json | undefined
  /** A setting as that host sees it: its variables overrule what holds for the run. */
  setting?(name: SettingName): Json | undefined
  /** Runs another module in place of the task's own; undefined when there is no such module. For modules that say that they call others. */
  instead?(other: OtherModule): Promise<ModuleResult | undefined>
}

/** A module that runs in place of another. What its arguments do not say the task's `module_defaults` may. */
export interface OtherModule {
  readonly name: string
  readonly args: ReadonlyMap<string, Value>
  /** After which it is ended. */
  readonly seconds?: number
}

/** The task is to be left running on the host (`async` with `poll: 0`). */
export interface BackgroundJob {
  readonly name: string
  /** After which it is ended. */
  readonly seconds: number
  /** `ansible_async_dir`. */
  readonly folder: string | undefined
}

export interface ReachableHost {
  readonly host: string
  readonly address: string
  readonly port: number | undefined
  readonly user: string | undefined
  /** `ssh`, `local` ... */
  readonly kind?: string
  readonly privateKeyFile?: string
  readonly knownHostsFile?: string
  /** Further options of the ssh program. */
  readonly sshArgs?: string
  readonly hostKeyChecking?: boolean
}

export interface PromptQuestion {
  readonly text: string
  readonly echo: boolean
  /** How long to wait; what is typed meanwhile is not looked at. */
  readonly seconds?: number
  /** Ctrl-C asks whether to go on, rather than ending the run at once. */
  readonly asksToGoOn?: boolean
}
