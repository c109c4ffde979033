import type { ExecResult } from './exec.ts'

/**
 * A question about a host that has no side effects. Probes asked in the same tick travel in one round trip; answers are cached by `key`
 * until a write touches them, and may have been asked ahead of time.
 */
export type Probe<T> = FileProbe<T> | ScriptProbe<T>

/** A question about one path, which a predicted remote can answer from its overlay. Made by the functions of `file-probes.ts`. */
export interface FileProbe<T> {
  readonly kind: 'stat' | 'content' | 'sha256' | 'list'
  readonly key: string
  readonly path: string
  /** For `stat`: follow a symbolic link at the end of the path. */
  readonly follow: boolean
  /** For `content`: the greatest number of bytes wanted; more is an error. */
  readonly limit?: number
  /** For `list`: how many levels below the folder; absent means all. */
  readonly depth?: number
  readonly parse: (raw: unknown) => T
}

/** A question that only a small POSIX sh script can answer: package versions, service states, accounts. */
export interface ScriptProbe<T> {
  readonly kind: 'script'
  /** Unique for the question: `package:nginx`, `service:cron`. A write names keys, or prefixes of them, to make answers stale. */
  readonly key: string
  /** Run in a subshell by the long-lived shell with stdin closed; must change nothing. */
  readonly script: string
  readonly parse: (result: ExecResult) => T
  /** Paths (with everything below them) that the answer is computed from. */
  readonly readsPaths?: readonly string[]
  /** What the answer is about a file that was just made where nothing was, for questions about one path: it has no extended attributes yet. */
  readonly fresh?: T
  /** It keeps a processor busy for a second or so: not asked before the turn of the task that needs it. */
  readonly isCostly?: boolean
}
