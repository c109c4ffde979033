/** One thing in which the two hosts, or what was said of them, differ. */
export interface Difference {
  /** What kind of thing: a section of a host's state, `files`, `results`, `second run`, `exit code`. */
  readonly about: string
  /** The thing itself: a path, a task's name, a line. */
  readonly subject: string
  readonly text: string
}
