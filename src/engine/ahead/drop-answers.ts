import type { PlayContext } from '../play/play-context.ts'

const SMALLEST_WINDOW = 8

/**
 * After a command that may have changed anything: forgets every answer about every host, since it may have reached others too.
 * Looking far ahead is not worth much while commands come one after another, so the window shrinks.
 */
export function dropAnswers({ run }: PlayContext): void {
  run.sessions.forgetAll()
  run.lookAhead.seen.clear()
  run.lookAhead.window = SMALLEST_WINDOW
}
