import type { Duplex } from 'node:stream'
import type { Channel, DialTarget } from '../connection/connection.ts'
import type { ExecRequest, ExecResult } from './exec.ts'
import type { FileAttributes, FileEntry, FileStat, ListOptions } from './files.ts'
import type { Probe } from './probe.ts'
import type { Effects, Write } from './write.ts'

/**
 * A conversation with one host as one user. The real remote and the predicted one of check mode are the same to a module.
 * Every method may reject with a `ConnectionError`; reads of the predicted one may reject with an `UnknownValueError`.
 */
export interface Remote extends FileReads, FileWrites {
  /** Inventory name of the host. */
  readonly host: string
  /** The user that commands run as. */
  readonly user: string
  /** Asks without changing anything. */
  read<T>(probe: Probe<T>): Promise<T>
  /** Makes a change with declared effects; rejects with `CommandError` when the command's status is not 0. */
  write(change: Write): Promise<ExecResult>
  /**
   * Runs a command that may change anything: every cached answer is dropped after it, unless `effects` says what it touches.
   * The predicted remote does not run it, makes what `effects` names unknown, and rejects with `UnknownValueError`.
   */
  exec(request: ExecRequest, effects?: Effects): Promise<ExecResult>
  /** Opens a stream to something reachable from the host, such as its PostgreSQL server. */
  dial(target: DialTarget): Promise<Duplex>
  /** Starts a shell of its own, as the same user, to be turned into a program that is spoken to; to be kept as a `resource`. */
  start(): Promise<ProgramChannel>
  /** Something kept open for the rest of the run, such as a database session; `dispose` is called when the host is closed. */
  resource<T>(key: string, create: () => Promise<Resource<T>>): Promise<T>
  /** Forgets every cached answer. */
  forget(): void
}

export interface ProgramChannel extends Channel {
  /** To be called when something is asked; the result is to be called when the answer is there. */
  readonly asked: () => () => void
  /** Whether the connection is still there, when the program has ended. */
  readonly connected: () => boolean
}

export interface Resource<T> {
  readonly value: T
  dispose(): Promise<void>
}

export interface FileReads {
  /** Undefined when nothing is at the path. Follows a symbolic link at its end. */
  stat(path: string): Promise<FileStat | undefined>
  /** Like `stat`, for the symbolic link itself. */
  lstat(path: string): Promise<FileStat | undefined>
  /** Undefined when there is no such file. Rejects with `CommandError` for folders and unreadable files. */
  readFile(path: string): Promise<Buffer | undefined>
  /** `readFile` as UTF-8. */
  readText(path: string): Promise<string | undefined>
  /** Lower-case hexadecimal; undefined when there is no such file. */
  sha256(path: string): Promise<string | undefined>
  /** All entries below a folder, the folder itself left out; undefined when there is no such folder. Links are not followed. */
  list(path: string, options?: ListOptions): Promise<readonly FileEntry[] | undefined>
}

/** Atomic: content is written beside the target with its final owner and mode, synced, then renamed over it. */
export interface FileWrites {
  writeFile(path: string, content: Uint8Array | string, attributes?: FileAttributes): Promise<void>
  setAttributes(path: string, attributes: FileAttributes, options?: { readonly recursive?: boolean, readonly followLink?: boolean }): Promise<void>
  /** Makes missing parents too, with the same attributes. */
  makeDirectory(path: string, attributes?: FileAttributes): Promise<void>
  makeSymbolicLink(path: string, target: string): Promise<void>
  makeHardLink(path: string, target: string): Promise<void>
  /** Removes a file, or a folder with everything in it. Nothing there is not an error. */
  remove(path: string): Promise<void>
  /** Renames; falls back to copy and remove between file systems. */
  move(from: string, to: string): Promise<void>
  copy(from: string, to: string, attributes?: FileAttributes): Promise<void>
}

/** A command of ours failed on the host; `stderr` says why. */
export class CommandError extends Error {
  readonly kind = 'command'
  readonly result: ExecResult

  constructor(summary: string, result: ExecResult) {
    const said = result.stderr.toString('utf8').trim() || result.stdout.toString('utf8').trim()
    super(`Cannot ${summary}: ${said || `exit status ${result.status}`}`)
    this.name = 'CommandError'
    this.result = result
  }
}
