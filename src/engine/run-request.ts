import type { Config } from '../config/config.ts'
import type { ConnectionTarget } from '../connection/connection.ts'
import type { Inventory } from '../inventory/inventory.ts'
import type { PromptQuestion } from '../module/controller.ts'
import type { ModuleRegistry } from '../module/registry.ts'
import type { Playbook } from '../playbook/ast.ts'
import type { Loader } from '../playbook/loader.ts'
import type { HostSession } from '../remote/session.ts'
import type { Journal } from '../run/journal.ts'
import type { RunEvent } from '../run/run-event.ts'
import type { Templar } from '../template/types.ts'
import type { Variables } from '../variables/host-variables.ts'
import type { Secrets } from './secrets.ts'

/** Everything a run needs, put together by the composition root. */
export interface RunRequest {
  /** Of the run: the name of its journal. */
  readonly id: string
  readonly playbooks: readonly Playbook[]
  readonly inventory: Inventory
  readonly loader: Loader
  readonly variables: Variables
  readonly templar: Templar
  readonly modules: ModuleRegistry
  /** Called once for each distinct way to reach a host; connects on first use. */
  readonly openSession: (host: string, target: ConnectionTarget) => HostSession
  /** The control host itself. */
  readonly localSession: HostSession
  readonly journal: Journal
  readonly emit: (event: RunEvent) => void
  /** Whether there is somebody to ask: standard input is a terminal. */
  readonly isInteractive: boolean
  /** Asks the person at the terminal. */
  readonly prompt: (question: PromptQuestion) => Promise<string>
  readonly readFile: ReadFile
  /** Reads the inventory sources again (`meta: refresh_inventory`). */
  readonly refreshInventory?: () => Promise<void>
  /** Texts never to be shown; whoever decrypts a vault value adds it here. */
  readonly secrets: Secrets
  readonly config: Config
  readonly options: RunOptions
  readonly signal: AbortSignal
  /** Ends the run, as Ctrl-C does. */
  readonly interrupt?: () => void
}

/** Reads a file of the control host; vault-encrypted ones arrive decrypted, unless that is not wanted. */
export type ReadFile = (path: string, options?: { readonly decrypt?: boolean }) => Promise<Buffer>

export interface RunOptions {
  readonly check: boolean
  readonly diff: boolean
  readonly tags: readonly string[]
  readonly skipTags: readonly string[]
  readonly limit?: string
  readonly startAtTask?: string
  readonly step: boolean
  readonly forks: number
  /** 0 to 5: the number of -v. */
  readonly verbosity: number
  readonly connection: ConnectionDefaults
  readonly become: BecomeDefaults
  readonly inventorySources: readonly string[]
  /** Tell the arguments of tasks, as they are written. */
  readonly tellArguments?: boolean
  /** Tasks looked at ahead of their turn; 0 turns look-ahead off. */
  readonly lookAhead?: number
}

/** From the command line and the settings: weaker than keywords and variables. */
export interface ConnectionDefaults {
  readonly kind: string
  readonly user?: string
  readonly port?: number
  readonly password?: string
  readonly privateKeyFile?: string
  readonly privateKey?: string
  readonly privateKeyPassphrase?: string
  readonly sshConfigFile?: string
  readonly knownHostsFile?: string
  readonly sshArgs?: string
  readonly sshCommonArgs?: string
  readonly sshExtraArgs?: string
  readonly hostKeyChecking: boolean
  readonly retries?: number
  /** Seconds. */
  readonly timeout: number
}

export interface BecomeDefaults {
  readonly enabled: boolean
  readonly method: string
  /** From a prompt or a file. */
  readonly password?: string
}
