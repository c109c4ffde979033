/** A text that a user wrote, kept whole so that a diagnostic can quote it. */
export interface SourceFile {
  /** Path as the user would name it, or `<name>` for text without a file, such as `<--extra-vars>`. */
  readonly path: string
  readonly text: string
  /** It was decrypted: places in it are named, but its text is never shown. */
  readonly secret?: boolean
}

/** A stretch of a source file. Offsets count UTF-16 units from 0; `end` is exclusive. */
export interface SourceRange {
  readonly file: SourceFile
  readonly start: number
  readonly end: number
}

export type Severity = 'error' | 'warning'

/** One thing wrong with what a user gave us: collected and shown together, never thrown one at a time. */
export interface Diagnostic {
  /** Stable, kebab-case: `unknown-keyword`, `undefined-variable`. */
  readonly code: string
  readonly severity: Severity
  /** One line, active, no final period: "Cannot find role 'web': no folder of that name in roles/". */
  readonly summary: string
  readonly detail?: string
  readonly hint?: string
  /** The same in ansible-playbook's words, where scripts are known to look for them: the first line where output is not a terminal. */
  readonly ansible?: string
  readonly range?: SourceRange
}
