/** What look-ahead remembers during a run. */
export interface LookAheadState {
  /** By host. */
  readonly seen: Map<string, SeenTasks>
  /** How many tasks to look at next time. */
  window: number
}

/** Tasks, by id, since the last answers were dropped: asked for, or how often they could not be evaluated. */
export type SeenTasks = Map<number, 'seen' | number>

const FIRST_WINDOW = 128

export function newLookAhead(): LookAheadState {
  return { seen: new Map(), window: FIRST_WINDOW }
}
