/** A typed change of files, as sh source of `set -e` kind: every line must succeed. */
export interface FileChange {
  /** For errors: "write /etc/hosts". */
  readonly summary: string
  readonly lines: readonly string[]
  readonly touches: readonly string[]
  /** Bytes for stdin, when they are too many to be part of the source. */
  readonly payload?: Uint8Array
}

/** The source of a change: it stops at the first line that fails, with that line's status. */
export function changeSource({ lines }: FileChange): string {
  return lines.join(' || exit\n')
}
