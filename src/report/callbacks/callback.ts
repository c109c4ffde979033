import type { Config } from '../../config/config.ts'
import type { Reporter } from '../../run/reporter.ts'

/** What a report besides the screen gets. */
export interface CallbackOptions {
  readonly config: Config
  readonly verbosity: number
  /** A person looks at the screen: no line for each task. */
  readonly isForPeople: boolean
  /** Prints between what the screen shows. */
  readonly say: (text: string) => void
}

export type Callback = (options: CallbackOptions) => Reporter

/** `timer` for `ansible.posix.timer`. */
export function shortCallbackName(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1)
}
