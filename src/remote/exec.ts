/** A command for the long-lived shell; it may change anything. */
export interface ExecRequest {
  /** POSIX sh source. Commands given as argv are quoted by `text/shell-quote.ts` before. */
  readonly script: string
  readonly stdin?: Uint8Array
  /** Exported for this command only; values never appear in a process's argv. */
  readonly environment?: Readonly<Record<string, string>>
  readonly directory?: string
  /** Seconds; the command's process group is ended after that and `ExecTimeoutError` is thrown. */
  readonly timeout?: number
  /** Runs the script by this program instead of the session's sh: `/bin/bash`. */
  readonly executable?: string
}

export interface ExecResult {
  readonly status: number
  readonly stdout: Buffer
  readonly stderr: Buffer
}

export class ExecTimeoutError extends Error {
  readonly kind = 'exec-timeout'
}
