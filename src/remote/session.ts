import type { Connection, ConnectionTarget, Traffic } from '../connection/connection.ts'
import type { Remote } from './remote.ts'

/** One host of a run: its connection (opened on first use) and one shell per user. */
export interface HostSession {
  readonly host: string
  /** The remote for a user: `undefined` is the login user. The same object for the same become settings. */
  remote(become?: Become): Promise<Remote>
  /** The predicted counterpart, whose overlay lasts for the whole run and is shared by all users of the host. */
  predicted(become?: Become): Promise<Remote>
  /** A predicted counterpart that begins with nothing predicted: for one task with `check_mode: true` in a run that is real. */
  trial(become?: Become): Promise<Remote>
  /** Drops the connection and all caches, so that the next use connects anew (reboot, reset_connection). */
  reset(): Promise<void>
  close(): Promise<void>
  readonly traffic: Traffic
}

export interface Become {
  readonly method: 'sudo' | 'su' | 'doas'
  readonly user: string
  readonly password?: string
  readonly flags?: string
  readonly executable?: string
  /** Become the user even where that is who logs in. */
  readonly always?: true
}

/** Opens the connection of a target: ssh or local. Handed to the session so that tests can give another. */
export type Connect = (target: ConnectionTarget) => Promise<Connection>
