import type { Duplex, Readable, Writable } from 'node:stream'

/** A way to a host: starts commands and opens streams there. Implementations: ssh, openssh, local, chroot, containers. */
export interface Connection {
  /** For people: `ssh://root@172.16.80.2:22`, `local`. */
  readonly description: string
  /** Who logs in. */
  readonly user: string
  /** Starts one command (normally the long-lived shell) by the remote user's login shell. */
  start(command: string, options?: StartOptions): Promise<Channel>
  /** Opens a TCP connection or a Unix socket as seen from the host. */
  dial(target: DialTarget): Promise<Duplex>
  close(): Promise<void>
  /** Why it can no longer be used, once that is so. */
  readonly failure: ConnectionError | undefined
  readonly traffic: Traffic
}

export interface StartOptions {
  /** Ask for a terminal, which some su and sudo set-ups demand. */
  readonly terminal?: boolean
}

export type DialTarget =
  | { readonly kind: 'tcp', readonly host: string, readonly port: number }
  | { readonly kind: 'socket', readonly path: string }

/** A started command. `ended` resolves once, whatever the reason; it never rejects. */
export interface Channel {
  readonly stdin: Writable
  readonly stdout: Readable
  readonly stderr: Readable
  readonly ended: Promise<ChannelEnd>
  kill(): void
}

export type ChannelEnd =
  | { readonly kind: 'exited', readonly status: number }
  | { readonly kind: 'lost', readonly reason: string, readonly error?: ConnectionError }

/** Bytes both ways, and the request/answer exchanges that waited for the network. */
export interface Traffic {
  bytesSent: number
  bytesReceived: number
  roundTrips: number
}

/** How to reach a host: the `ansible_*` connection variables, evaluated, with `~/.ssh/config` applied by the ssh connection. */
export interface ConnectionTarget {
  readonly kind: string
  /** The inventory name, for messages and known_hosts when `address` is absent. */
  readonly host: string
  readonly address?: string
  readonly port?: number
  readonly user?: string
  readonly password?: string
  readonly privateKeyFile?: string
  /** The key itself, in PEM or OpenSSH form; it is tried first. */
  readonly privateKey?: string
  readonly privateKeyPassphrase?: string
  readonly knownHostsFile?: string
  readonly sshConfigFile?: string
  /** `ansible_ssh_common_args`/`ansible_ssh_extra_args`: the `-o`, `-F`, `-J`, `-i`, `-p` options in them are honoured. */
  readonly sshArgs?: string
  /** What only one kind of connection understands, by the names of `KIND_VARIABLES`. */
  readonly options?: Readonly<Record<string, string>>
  /** Where commands begin, for `local` alone: the playbook's folder, which relative paths are seen from. Absent: where tsplay was started. */
  readonly folder?: string
  readonly hostKeyChecking: boolean
  /** Seconds until a connection attempt, a silent peer or a lost one is given up. */
  readonly timeout: number
  /** How often a connection that cannot be made is tried again. */
  readonly retries?: number
}

/** Why a host cannot be reached or went away; becomes an `unreachable` outcome once, at the host boundary. */
export class ConnectionError extends Error {
  readonly kind: ConnectionErrorKind

  constructor(kind: ConnectionErrorKind, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'ConnectionError'
    this.kind = kind
  }
}

export type ConnectionErrorKind =
  | 'refused' | 'timeout' | 'resolve' | 'authentication' | 'host-key-unknown' | 'host-key-changed' | 'lost' | 'become' | 'unsupported'
