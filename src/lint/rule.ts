import type { SourceRange } from '../diagnostics/types.ts'
import type { LintFile } from './lint-file.ts'
import type { LintPlay, LintTask } from './lint-model.ts'

/** A set of rules, each holding those before it. */
export const PROFILES = ['min', 'basic', 'moderate', 'safety', 'shared', 'production'] as const

export type Profile = typeof PROFILES[number]

/** A habit that is worth a second thought. One rule, one entry: what it is called, why, how to mend it, and examples that a test runs. */
export interface Rule {
  /** Stable; what `# noqa:` and skip_list name. A part of it stands in brackets: `name[missing]`. */
  readonly id: string
  /** The first profile that holds it. */
  readonly profile: Profile
  /** Off unless enable_list names it. */
  readonly optional?: true
  readonly meaning: string
  readonly mend: string
  /** Tasks that break it, and tasks that do not; of `file`, when it is about something else than tasks. */
  readonly bad: string
  readonly good: string
  /** What the examples are: tasks unless said otherwise. Named as they would be in a role: `defaults/main.yml`. */
  readonly file?: string
  readonly task?: (task: LintTask) => readonly Finding[]
  readonly play?: (play: LintPlay) => readonly Finding[]
  readonly source?: (file: LintFile) => readonly Finding[]
}

export interface Finding {
  /** One line, no final period. */
  readonly message: string
  readonly range: SourceRange
  readonly hint?: string
}

/** One finding where a condition holds: what, where, and what to do about it. */
export function when(broken: boolean | undefined | '', message: string, ...[range, hint]: readonly [SourceRange, string?]): readonly Finding[] {
  return broken ? [{ message, range, ...hint !== undefined && { hint } }] : []
}
